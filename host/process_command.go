package host

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/headfast/headfast/jsbridge/msg"
)

// command is what a Spawn asks for, ready to be started. There is no shell: the arguments arrive as they are.
func command(s *msg.Spawn, env []string) (*exec.Cmd, error) {
	if s.Dir != "" {
		if info, err := os.Stat(s.Dir); err != nil || !info.IsDir() {
			return nil, errNoFolder
		}
	}
	path, err := look(s.Command, s.Dir, env)
	if err != nil {
		return nil, err
	}
	cmd := &exec.Cmd{Path: path, Args: append([]string{s.Command}, s.Args...), Env: env, Dir: s.Dir}
	return cmd, viaInterpreter(cmd)
}

// Why a process is not started.
var (
	errNoCommand = errors.New("there is no such command in its PATH")
	errNoFolder  = errors.New("its folder is not there")
)

// look finds a command in the PATH that the process itself gets. A name with a separator is a path, from the
// process's folder. A part of PATH that is not absolute is passed over: it would be another folder for each process.
func look(name, dir string, env []string) (string, error) {
	if strings.ContainsAny(name, separators) {
		return resolve(name, dir, env), nil
	}
	refused := errNoCommand
	for _, folder := range filepath.SplitList(value(env, "PATH")) {
		if name == "" || !filepath.IsAbs(folder) {
			continue
		}
		for _, file := range fileNames(name, env) {
			path := filepath.Join(folder, file)
			info, err := os.Stat(path)
			switch {
			case err != nil || info.IsDir():
			case executable(info):
				return path, nil
			default:
				refused = fs.ErrPermission
			}
		}
	}
	return "", refused
}

// spawnDetail says why a process could not be started. The words are short, and neither arguments nor variables
// are among them: the system's own errors may quote a path, which is left out.
func spawnDetail(err error) string {
	switch {
	case errors.Is(err, errNoCommand), errors.Is(err, errNoFolder), errors.Is(err, errBatch):
		return err.Error()
	case errors.Is(err, fs.ErrPermission):
		return "no permission to run it"
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file, or what should interpret it is missing"
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return "the system refuses it"
}
