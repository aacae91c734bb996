package host

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// inherited are the variables that a process gets from us: what programs on Windows do not start without.
var inherited = []string{"APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATH", "PATHEXT", "PROCESSOR_ARCHITECTURE",
	"PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR"}

const separators = `\/:`

func sameVariable(a, b string) bool { return strings.EqualFold(a, b) }

// fileNames are the files that a command's name may mean, in the order of PATHEXT.
func fileNames(name string, env []string) []string {
	extensions := value(env, "PATHEXT")
	if extensions == "" {
		extensions = ".COM;.EXE;.BAT;.CMD"
	}
	var names []string
	for _, e := range strings.Split(extensions, ";") {
		if e != "" && strings.EqualFold(filepath.Ext(name), e) {
			return []string{name}
		}
		if e != "" {
			names = append(names, name+e)
		}
	}
	return names
}

// resolve adds the extension that a path was written without: os/exec would, and then quote for a batch file as for
// other programs.
func resolve(path, dir string, env []string) string {
	for _, name := range fileNames(path, env) {
		at := name
		if !filepath.IsAbs(at) {
			at = filepath.Join(dir, at)
		}
		if info, err := os.Stat(at); err == nil && !info.IsDir() {
			return name
		}
	}
	return path
}

// executable is said by the name here.
func executable(fs.FileInfo) bool { return true }

// viaInterpreter has cmd.exe run a batch file, with a command line of our own.
func viaInterpreter(cmd *exec.Cmd) error {
	if !isBatch(cmd.Path) {
		return nil
	}
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return err
	}
	shell := filepath.Join(system, "cmd.exe")
	line, err := batchLine(shell, cmd.Path, cmd.Args[1:])
	cmd.Path, cmd.SysProcAttr = shell, &syscall.SysProcAttr{CmdLine: line}
	return err
}

// ownGroup has the process lead a group, which Ctrl-Break can be sent to.
func ownGroup(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.CreationFlags |= windows.CREATE_NEW_PROCESS_GROUP
	cmd.SysProcAttr.HideWindow = true
}

// group is a process in a job object, with all that it starts once it is in there.
type group struct {
	leader *os.Process
	job    windows.Handle
}

// newGroup goes without a job where the system gives none: then only the leader is killed.
func newGroup(leader *os.Process) *group {
	g := &group{leader: leader}
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return g
	}
	if err := assign(job, leader); err != nil {
		_ = windows.CloseHandle(job)
		return g
	}
	g.job = job
	return g
}

func assign(job windows.Handle, leader *os.Process) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(leader.Pid))
	if err != nil {
		return err
	}
	defer windows.CloseHandle(process)
	return windows.AssignProcessToJobObject(job, process)
}

// terminate sends Ctrl-Break, which reaches programs that share our console.
func (g *group) terminate() {
	_ = windows.GenerateConsoleCtrlEvent(windows.CTRL_BREAK_EVENT, uint32(g.leader.Pid))
}

func (g *group) kill() {
	if g.job != 0 {
		_ = windows.TerminateJobObject(g.job, 1)
		return
	}
	_ = g.leader.Kill()
}

func (g *group) free() {
	if g.job != 0 {
		_ = windows.CloseHandle(g.job)
	}
}
