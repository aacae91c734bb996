package peers

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/testbed"
)

// traffic is every exchange that a client performed, as its trace tells it.
type traffic struct {
	mu    sync.Mutex
	lines []host.Trace
}

func (x *traffic) add(line host.Trace) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lines = append(x.lines, line)
}

// find gives the lines of one HTTP method ("" for any), JSON-RPC method and phase.
func (x *traffic) find(method, rpc, phase string) []host.Trace {
	x.mu.Lock()
	defer x.mu.Unlock()
	var found []host.Trace
	for _, line := range x.lines {
		if (method == "" || line.Method == method) && (rpc == "" || line.RPC == rpc) && line.Phase == phase {
			found = append(found, line)
		}
	}
	return found
}

// text is all that the trace told.
func (x *traffic) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return fmt.Sprintf("%+v", x.lines)
}

// client opens the Go API; what it leaves behind when it is closed is an error.
func client(t *testing.T, options host.Options) (*host.Client, *traffic) {
	t.Helper()
	testbed.Need(t, cli) // its cache has the core compiled
	seen := &traffic{}
	options.Trace, options.CacheDir = seen.add, testbed.Cache()
	c, err := host.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return c, seen
}

// dial connects the Go API to one server. A time-out of 0 is the default.
func dial(t *testing.T, c *host.Client, e entry, options ...host.ConnectOption) (*host.Session, error) {
	t.Helper()
	config, err := c.Load(".mcp.json", []byte(configText(t, "peer", e)))
	if err != nil {
		t.Fatal(err)
	}
	return config.Connect(t.Context(), "peer", options...)
}

// within fails the test if it took longer.
func within(t *testing.T, begin time.Time, limit time.Duration) {
	t.Helper()
	if took := time.Since(begin); took > limit {
		t.Errorf("it took %v, more than %v", took.Round(time.Millisecond), limit)
	}
}

// eventually waits for what another process is about to do.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Errorf("not within 5 s: %s", what)
}
