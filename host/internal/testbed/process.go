package testbed

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// goodbye is how long a process has to end by itself when its test is over.
const goodbye = 2 * time.Second

// Process is a server that a test started. It is ended by its id when the test is over, also when it failed; the end
// of its log is then shown.
type Process struct {
	*Child
	t   *testing.T
	log string // a path
}

var started atomic.Int32

// Start runs a server; what it prints goes to its log.
func Start(t *testing.T, cmd *exec.Cmd) *Process {
	t.Helper()
	p := &Process{t: t}
	log := p.openLog()
	defer log.Close()
	cmd.Stdout, cmd.Stderr = log, log
	var err error
	if p.Child, err = Launch(cmd); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		p.end(goodbye)
		p.tell()
	})
	return p
}

func (p *Process) openLog() *os.File {
	p.t.Helper()
	name := strings.NewReplacer("/", "-", " ", "-").Replace(p.t.Name())
	p.log = filepath.Join(Folder(), fmt.Sprintf("%s-%d.log", name, started.Add(1)))
	log, err := os.Create(p.log)
	if err != nil {
		p.t.Fatal(err)
	}
	return log
}

// Text is the log so far.
func (p *Process) Text() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		p.t.Error(err)
	}
	return string(text)
}

// tell shows the end of the log of a test that failed.
func (p *Process) tell() {
	if p.t.Failed() {
		p.t.Logf("the end of %s:\n%s", p.log, tail(p.Text(), 60))
	}
}

// tail is the last lines of a text.
func tail(text string, most int) []byte {
	lines := bytes.Split([]byte(text), []byte("\n"))
	return bytes.Join(lines[max(0, len(lines)-most):], []byte("\n"))
}
