// Package warm has the module compiled in the background, once, so that the next run starts fast.
package warm

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/headfast/headfast/host"
)

// Off is the environment variable that keeps runs from starting a background process.
const Off = "HEADFAST_NO_WARM"

// stale is how old a lock may be before its owner is taken for dead: compiling takes a second or two.
const stale = 2 * time.Minute

// Start lets another process of this program compile, unless that is done, under way or not wanted. It does
// not wait, and a failure is no matter: the next run starts as slowly as this one did.
func Start(command string) {
	if os.Getenv(Off) != "" || host.Cached("") {
		return
	}
	if lock, err := lockPath(); err != nil || held(lock) {
		return
	}
	program, err := os.Executable()
	if err != nil {
		return
	}
	child := exec.Command(program, command)
	child.SysProcAttr = Detached()
	if child.Start() == nil {
		_ = child.Process.Release()
	}
}

// Run compiles into the user's cache. When another process already does, it does nothing.
func Run() error {
	lock, err := lockPath()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(lock), 0o700); err != nil {
		return err
	}
	if !held(lock) {
		_ = os.Remove(lock)
	}
	f, err := os.OpenFile(lock, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer os.Remove(lock)
	_ = f.Close()
	return host.Warm("")
}

// held says that a process compiles now.
func held(lock string) bool {
	info, err := os.Stat(lock)
	return err == nil && time.Since(info.ModTime()) < stale
}

func lockPath() (string, error) {
	base, err := os.UserCacheDir()
	return filepath.Join(base, "headfast", "warm.lock"), err
}
