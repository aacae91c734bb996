package peers

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// start runs a server that will listen on the port, and waits until it does. env is added to the tests' own.
func start(t *testing.T, port int, env []string, program string, args ...string) *testbed.Process {
	t.Helper()
	requireFree(t, port)
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), env...)
	p := testbed.Start(t, cmd)
	awaitPort(t, p, port)
	return p
}

func awaitPort(t *testing.T, p *testbed.Process, port int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		for _, host := range []string{"127.0.0.1", "::1"} {
			if c, err := net.DialTimeout("tcp", net.JoinHostPort(host, fmt.Sprint(port)), time.Second); err == nil {
				c.Close()
				return
			}
		}
		select {
		case <-p.Gone():
			t.Fatalf("%s ended: %v\n%s", p.Cmd, p.Cmd.ProcessState, p.Text())
		default:
		}
	}
	t.Fatalf("%s does not listen on port %d\n%s", p.Cmd, port, p.Text())
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
