package signin_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// process is a server that a test started. It answers a line of its input with a line, and ends with its input; after
// the test it is ended by its id, also when the test failed.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	log   string
	in    io.WriteCloser
	lines chan []byte
	gone  chan struct{}
	mu    sync.Mutex // one question at a time
}

var started atomic.Int32

// start runs a server and reads the JSON of its first line into ready.
func start(t *testing.T, ready any, program string, args ...string) *process {
	t.Helper()
	name := fmt.Sprintf("%s-%d.log", strings.NewReplacer("/", "-", " ", "-").Replace(t.Name()), started.Add(1))
	p := &process{t: t, log: filepath.Join(folder, name), lines: make(chan []byte, 8), gone: make(chan struct{})}
	log, err := os.Create(p.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	p.cmd = exec.Command(program, args...)
	p.cmd.Stderr, p.cmd.SysProcAttr = log, endWithParent()
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in = in
	if err := launch(p.cmd); err != nil {
		t.Fatal(err)
	}
	go p.read(out)
	t.Cleanup(p.end)
	if err := p.answer(ready); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *process) read(out io.Reader) {
	for lines := bufio.NewScanner(out); lines.Scan(); {
		select {
		case p.lines <- bytes.Clone(lines.Bytes()):
		default: // nobody asked
		}
	}
	_ = p.cmd.Wait()
	close(p.gone)
}

// tell sends a line of JSON and waits until it is answered.
func (p *process) tell(what any) error {
	line, err := json.Marshal(what)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err := p.in.Write(append(line, '\n')); err != nil {
		return err
	}
	return p.answer(&struct{}{})
}

func (p *process) answer(into any) error {
	select {
	case line := <-p.lines:
		return json.Unmarshal(line, into)
	case <-p.gone:
		return fmt.Errorf("%s ended: %v\n%s", filepath.Base(p.cmd.Path), p.cmd.ProcessState, p.text())
	case <-time.After(30 * time.Second):
		return errors.New(p.log + ": the server does not answer")
	}
}

// text is the log so far.
func (p *process) text() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		return err.Error()
	}
	if lines := bytes.Split(text, []byte("\n")); len(lines) > 60 {
		text = bytes.Join(lines[len(lines)-60:], []byte("\n"))
	}
	return string(text)
}

// end closes its input, which lets it end, and kills what then is left of its group.
func (p *process) end() {
	_ = p.in.Close()
	select {
	case <-p.gone:
	case <-time.After(2 * time.Second):
		_ = p.cmd.Process.Kill()
		<-p.gone
	}
	killGroup(p.cmd.Process.Pid)
	if p.t.Failed() {
		p.t.Logf("the end of %s:\n%s", p.log, p.text())
	}
}

// launching starts processes on one thread that lives as long as the tests: Linux ends a child that asks for it with
// the thread that started it.
var launching = func() chan func() {
	work := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range work {
			f()
		}
	}()
	return work
}()

func launch(cmd *exec.Cmd) error {
	result := make(chan error)
	launching <- func() { result <- cmd.Start() }
	return <-result
}
