package peers

import (
	"bytes"
	"fmt"
	"net"
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

// process is a server that a test started. It is ended by its id when the test is over, also when it
// failed; its log then stays.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	log  string
	gone chan struct{}
}

var started atomic.Int32

// start runs a server that will listen on the port, and waits until it does.
func start(t *testing.T, port int, env []string, program string, args ...string) *process {
	t.Helper()
	requireFree(t, port)
	name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name())
	p := &process{t: t, log: filepath.Join(folder, fmt.Sprintf("%s-%d.log", name, started.Add(1))), gone: make(chan struct{})}
	log, err := os.Create(p.log)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	p.cmd = exec.Command(program, args...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = endWithParent()
	if err := launch(p.cmd); err != nil {
		t.Fatal(err)
	}
	go func() { _ = p.cmd.Wait(); close(p.gone) }()
	t.Cleanup(p.end)
	p.waitFor(port)
	return p
}

func (p *process) waitFor(port int) {
	p.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for _, host := range []string{"127.0.0.1", "::1"} {
			if c, err := net.DialTimeout("tcp", net.JoinHostPort(host, fmt.Sprint(port)), time.Second); err == nil {
				c.Close()
				return
			}
		}
		select {
		case <-p.gone:
			p.t.Fatalf("%s ended: %v\n%s", p.cmd, p.cmd.ProcessState, p.text())
		default:
		}
	}
	p.t.Fatalf("%s does not listen on port %d\n%s", p.cmd, port, p.text())
}

// text is the log so far.
func (p *process) text() string {
	text, err := os.ReadFile(p.log)
	if err != nil {
		p.t.Error(err)
	}
	return string(text)
}

// kill ends it at once, as a crash would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.gone
}

func (p *process) end() {
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.gone:
	case <-time.After(2 * time.Second):
		p.kill()
	}
	killGroup(p.cmd.Process.Pid)
	if p.t.Failed() {
		log := []byte(p.text())
		if lines := bytes.Split(log, []byte("\n")); len(lines) > 60 {
			log = bytes.Join(lines[len(lines)-60:], []byte("\n"))
		}
		p.t.Logf("the end of %s:\n%s", p.log, log)
	}
}

// launching starts processes on one thread that lives as long as the tests: Linux ends a child that asks
// for it with the thread that started it.
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

// requireFree says so if another program has the port: some examples have theirs fixed. It has a second's patience,
// for a process that is just being started holds what we have open until it is itself.
func requireFree(t *testing.T, port int) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = isFree(port); err == nil {
			return
		}
	}
	t.Fatalf("this server has port %d, and another program has it now (ss -ltnp 'sport = :%d' names it): %v", port, port, err)
}

func isFree(port int) error {
	for _, at := range []string{"127.0.0.1", ""} {
		l, err := net.Listen("tcp", net.JoinHostPort(at, fmt.Sprint(port)))
		if err != nil {
			return err
		}
		l.Close()
	}
	return nil
}

// fixedPorts are those that examples have fixed; one test has one at a time.
var fixedPorts sync.Map

// holdPort waits until no other test has the port.
func holdPort(t *testing.T, port int) {
	mu, _ := fixedPorts.LoadOrStore(port, &sync.Mutex{})
	mu.(*sync.Mutex).Lock()
	t.Cleanup(mu.(*sync.Mutex).Unlock)
}

// lastPort is the one that was given last.
var lastPort atomic.Int32

// freePort is a port that nobody has now. It is none of those that systems give to whoever asks for any, so that no
// connection of another test takes it before the server does; nor is one given twice.
func freePort(t *testing.T) int {
	t.Helper()
	lastPort.CompareAndSwap(0, int32(20_000+os.Getpid()%8_000))
	for range 1000 {
		if port := int(lastPort.Add(1)); isFree(port) == nil {
			return port
		}
	}
	t.Fatal("there is no free port")
	return 0
}
