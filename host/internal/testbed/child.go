package testbed

import (
	"os/exec"
	"runtime"
	"time"
)

// Child is a process that was started here, at the head of a group of its own. Where the system knows how, it ends
// with the tests, also when they are killed.
type Child struct {
	Cmd  *exec.Cmd
	gone chan struct{}
}

// Launch starts a process. What is in reading is done before it is waited for, as os/exec wants it of who reads its
// pipes.
func Launch(cmd *exec.Cmd, reading ...func()) (*Child, error) {
	if err := startOn(cmd); err != nil {
		return nil, err
	}
	c := &Child{Cmd: cmd, gone: make(chan struct{})}
	go func() {
		for _, read := range reading {
			read()
		}
		_ = cmd.Wait()
		close(c.gone)
	}()
	return c, nil
}

// Gone is closed when the process has ended; then Cmd.ProcessState says how.
func (c *Child) Gone() <-chan struct{} { return c.gone }

// Kill ends it at once, as a crash would.
func (c *Child) Kill() {
	_ = c.Cmd.Process.Kill()
	<-c.gone
}

// end waits for a process that was asked to end; then what is left of it and of its group is killed. It says whether
// the process ended by itself.
func (c *Child) end(patience time.Duration) (willing bool) {
	select {
	case <-c.gone:
		willing = true
	case <-time.After(patience):
		c.Kill()
	}
	_ = killGroup(c.Cmd.Process.Pid)
	return willing
}

// Run is cmd.Run, of a command with a context: with that context all ends that the command has started.
func Run(cmd *exec.Cmd) error {
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	if err := startOn(cmd); err != nil {
		return err
	}
	return cmd.Wait()
}

// starting starts processes on one thread that lives as long as the tests: Linux ends a child that asks for it with
// the thread that started it.
var starting = func() chan func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range work {
			f()
		}
	}()
	return work
}()

func startOn(cmd *exec.Cmd) error {
	cmd.SysProcAttr = bound()
	result := make(chan error)
	starting <- func() { result <- cmd.Start() }
	return <-result
}
