package peers

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/demo"
)

// canary is the key in every fault: it must never come out. It has what quoting and encoding change.
const canary = `canary+/9%5c"k7<&>f2e1d0`

// fault is one thing that goes wrong, and what has to come of it.
type fault struct {
	name, path string
	kind       string // the transport in .mcp.json, "http" where it is empty
	call       bool   // it goes wrong in tools/call, else in connecting or listing
	// code is empty where all goes well in spite of it.
	code    host.Code
	outcome string
	exit    int
	// wait is the time-out that is given; 5 s where it is not.
	wait time.Duration
	// says is a part of what the person is told.
	says string
}

// memoryBound is what no answer may drive the CLI over.
const memoryBound = 700 << 20

// TestFaults has each fault come to the Go API and to the command line.
func TestFaults(t *testing.T) {
	for _, f := range faults() {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			t.Run("go", f.byGo)
			t.Run("cli", f.byCLI)
		})
	}
}

// serve starts the demo server and gives the entry for the fault's path.
func (f fault) serve(t *testing.T) (*demo.Server, entry) {
	t.Helper()
	server, err := demo.Start(demo.Options{Key: canary})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	return server, keyed(cmp.Or(f.kind, "http"), server.URL(f.path), canary)
}

func (f fault) timeout() time.Duration {
	return cmp.Or(f.wait, 5*time.Second)
}

func (f fault) byGo(t *testing.T) {
	server, e := f.serve(t)
	c, seen := client(t, host.Options{})
	begin := time.Now()
	err := f.attempt(t, c, e)
	within(t, begin, f.timeout()+3*time.Second)
	f.requireReason(t, err)
	f.requireTraffic(t, server)
	forbid(t, seen.text(), canary)
}

// attempt connects and does the one thing.
func (f fault) attempt(t *testing.T, c *host.Client, e entry) error {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	session, err := dial(t, c, e, host.WithConnectTimeout(f.timeout()))
	if err != nil {
		return err
	}
	if f.call {
		_, err = session.Call(ctx, "echo", map[string]any{"text": "hello"}, host.WithTimeout(f.timeout()))
	} else {
		_, err = session.Tools(ctx, host.WithTimeout(f.timeout()))
	}
	return errors.Join(err, session.Close(ctx))
}

func (f fault) requireReason(t *testing.T, err error) {
	t.Helper()
	if f.code == "" {
		if err != nil {
			t.Error(err)
		}
		return
	}
	var reason *host.Error
	if !errors.As(err, &reason) {
		t.Fatalf("got %v, not %s", err, f.code)
	}
	if !errors.Is(err, f.code) || reason.Outcome != f.outcome || !strings.Contains(err.Error(), f.says) {
		t.Errorf("got %s, outcome %q; not %s, outcome %q, with %q", err, reason.Outcome, f.code, f.outcome, f.says)
	}
	forbid(t, err.Error()+string(reason.RPCData)+reason.URL, canary)
}

// requireTraffic says what held on the wire whatever went wrong: the key went to the configured origin with
// every request and to no other; nothing looked for a sign-in; no call was sent twice.
func (f fault) requireTraffic(t *testing.T, server *demo.Server) {
	t.Helper()
	calls := 0
	for _, r := range server.Requests() {
		if got := r.Header.Values("X-API-Key"); len(got) != 1 || got[0] != canary {
			t.Errorf("%s %s arrived with the keys %q", r.Method, r.Path, got)
		}
		if strings.Contains(r.Path, "well-known") || strings.Contains(r.Path, "register") {
			t.Errorf("%s %s was asked", r.Method, r.Path)
		}
		if strings.Contains(string(r.Body), `"tools/call"`) {
			calls++
		}
	}
	if strings.HasPrefix(f.path, "/redirect/") && f.code == "" {
		calls /= 2 // the one that is redirected did not run
	}
	if f.call && calls != 1 {
		t.Errorf("the call was sent %d times", calls)
	}
	if foreign := server.Foreign(); len(foreign) > 0 {
		t.Errorf("the other origin got %d requests", len(foreign))
	}
}

func (f fault) byCLI(t *testing.T) {
	server, e := f.serve(t)
	args := []string{"tools", "peer"}
	if f.call {
		args = []string{"call", "peer", "echo", `{"text":"hello"}`}
	}
	o := headfast(t, configText(t, "peer", e), append(args, "--json", "--trace", "--timeout", f.timeout().String())...)
	forbid(t, o.all(), canary)
	if o.took > f.timeout()+5*time.Second {
		t.Errorf("it took %v", o.took)
	}
	if o.memory > memoryBound {
		t.Errorf("%d MB were resident", o.memory>>20)
	}
	if d := o.document(t); f.code == "" {
		if o.code != 0 {
			t.Errorf("exit %d: %s", o.code, o.stdout)
		}
	} else if d.Error == nil {
		t.Errorf("no error: %s", o.stdout)
	} else if d.Error.Code != string(f.code) || d.Error.Outcome != f.outcome || d.Error.Exit != f.exit || o.code != f.exit {
		t.Errorf("exit %d, %+v; not exit %d, %s, outcome %q", o.code, *d.Error, f.exit, f.code, f.outcome)
	}
	f.requireTraffic(t, server)
}
