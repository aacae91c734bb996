package testbed

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// run is this run of a suite: its name, as "peers", its folder, and what its guard is told by, when it is over.
var run struct {
	suite, folder string
	alive         io.Closer
}

// guarded has the test binary be the guard of a folder.
const guarded = "HEADFAST_TEST_GUARD"

// Main runs the tests of a suite, whose folder is host/SUITE, and gives the exit code. All that they and their
// processes make in the system's temporary folder is in the run's own, which is gone afterwards: but for the servers'
// logs where a test failed, or the run did not come to its end. What is in closing is done when the tests are over.
func Main(m *testing.M, suite string, closing ...func()) int {
	if folder := os.Getenv(guarded); folder != "" {
		watch(folder)
		return 0
	}
	if err := begin(suite); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	for _, each := range closing {
		each()
	}
	kept := tidy(run.folder, code == 0)
	_ = run.alive.Close()
	if kept {
		fmt.Fprintln(os.Stderr, "the servers' logs are in", run.folder)
	}
	return code
}

// Folder keeps what a run builds and the logs of its servers, whose names end in ".log".
func Folder() string { return run.folder }

func begin(suite string) error {
	folder, err := os.MkdirTemp("", "headfast-"+suite+"-")
	if err != nil {
		return err
	}
	run.suite, run.folder = suite, folder
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} { // os.TempDir's, of all systems
		if err := os.Setenv(name, folder); err != nil {
			return err
		}
	}
	return guard(folder)
}

// guard starts a process that clears the folder away when this one ends without having done it, whatever it ends of.
func guard(folder string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self)
	cmd.Dir, cmd.Env = filepath.Dir(folder), append(os.Environ(), guarded+"="+folder)
	if run.alive, err = cmd.StdinPipe(); err != nil {
		return err
	}
	ready, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	_, err = io.ReadFull(ready, make([]byte, 1))
	return err
}

// watch is the guard. Its input is over when the tests are. A Ctrl-C comes to it too; who presses it wants no logs.
func watch(folder string) {
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin)
	for range 20 { // the processes of the tests end with them, and may be at it still
		if _, err := os.Stat(folder); err != nil {
			return
		}
		tidy(folder, len(interrupted) > 0)
		time.Sleep(100 * time.Millisecond)
	}
}

// tidy removes the folder, but for the logs where the tests failed; kept says that there were some.
func tidy(folder string, passed bool) (kept bool) {
	all, _ := os.ReadDir(folder)
	for _, e := range all {
		if !passed && filepath.Ext(e.Name()) == ".log" {
			kept = true
			continue
		}
		_ = os.RemoveAll(filepath.Join(folder, e.Name()))
	}
	if !kept {
		_ = os.RemoveAll(folder)
	}
	return kept
}
