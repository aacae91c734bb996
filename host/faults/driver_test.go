package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
)

// entry is one server of a configuration.
type entry struct {
	Type    string            `json:"type,omitempty"`
	URL     string            `json:"url,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	Command string            `json:"command,omitempty"`
	Args    []string          `json:"args,omitempty"`
	Env     map[string]string `json:"env,omitempty"`
}

func (e entry) config() string {
	text, err := json.Marshal(map[string]any{"mcpServers": map[string]entry{"peer": e}})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// driver is one client: the Go host, or the npm package in Node.
type driver interface {
	name() string
	connect(e entry, timeout time.Duration) (session, outcome)
	// memory is what the client takes, in bytes: the core's linear memory, or all of Node's process.
	memory() int
	// close ends the client and says what it left behind.
	close() error
}

// session is one session of a driver.
type session interface {
	// call calls the tool with a nonce, progress says whether it wants to be told.
	call(nonce string, o options) outcome
	list(timeout time.Duration) outcome
	// listen subscribes to x://seq until the session is closed.
	listen()
	// heard is what came besides answers.
	heard() heard
	close() outcome
}

type options struct {
	timeout  time.Duration
	progress bool
	// after gives the call up, where it is not 0.
	after time.Duration
	// pad is how many bytes the arguments have besides.
	pad int
}

func (o options) bound() time.Duration {
	if o.timeout == 0 {
		return 20 * time.Second
	}
	return o.timeout
}

// outcome is how a request ended. Kind is "result" or the outcome of the error; Text is a call's result.
type outcome struct {
	Kind, Code, Text, Message string
	// Progress counts the notifications of the call, Disorder those out of order or after the end.
	Progress, Disorder int
	took               time.Duration
}

// heard counts what a session was told: the numbered notifications, those that were not the next, and gaps.
type heard struct {
	Count, Last, Disorder int
	Gaps                  []string
	Logs, LogBytes        int
}

func (h *heard) take(params []byte) {
	var p struct{ Seq int }
	if json.Unmarshal(params, &p) != nil || p.Seq == 0 {
		return
	}
	h.Count++
	if p.Seq != h.Last+1 {
		h.Disorder++
	}
	h.Last = p.Seq
}

// drivers runs a test with each driver; each closes clean, or the test fails. With -short it is the Go host only.
func drivers(t *testing.T, run func(t *testing.T, open func(testing.TB) driver)) {
	t.Run("go", func(t *testing.T) { run(t, openGo) })
	if !testing.Short() {
		t.Run("node", func(t *testing.T) { run(t, openNode) })
	}
}

// goDriver is the Go host with the compiled core.
type goDriver struct {
	t      testing.TB
	client *host.Client
	core   *probe
}

// probe is the core with its memory told after each step.
type probe struct {
	*host.Instance
	size atomic.Uint32
}

func (p *probe) Step(batch, out []byte) ([]byte, error) {
	out, err := p.Instance.Step(batch, out)
	p.size.Store(p.Instance.MemoryBytes())
	return out, err
}

// warm has the core compiled before goroutines are counted.
var warm = sync.OnceValue(func() error {
	in, err := host.OpenInstance(context.Background(), host.Compiler, cache())
	if err != nil {
		return err
	}
	return in.Close(context.Background())
})

func openGo(t testing.TB) driver {
	t.Helper()
	if err := warm(); err != nil {
		t.Fatal(err)
	}
	d := &goDriver{t: t, core: &probe{}}
	var err error
	d.client, err = host.Open(t.Context(), host.Options{
		Name: "faults", Version: "1", Proxy: "none",
		Core: func(ctx context.Context) (host.Core, error) {
			in, err := host.OpenInstance(ctx, host.Compiler, cache())
			d.core.Instance = in
			return d.core, err
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *goDriver) name() string { return "go" }

func (d *goDriver) memory() int { return int(d.core.size.Load()) }

func (d *goDriver) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	return d.client.Close(ctx)
}

type goSession struct {
	s      *host.Session
	end    context.CancelFunc
	ctx    context.Context
	done   sync.WaitGroup
	mu     sync.Mutex
	counts heard
}

func (d *goDriver) connect(e entry, timeout time.Duration) (session, outcome) {
	begin := time.Now()
	config, err := d.client.Load(".mcp.json", []byte(e.config()))
	if err != nil {
		return nil, outcomeOf("", err, begin)
	}
	g := &goSession{}
	g.ctx, g.end = context.WithCancel(context.Background())
	g.s, err = config.Connect(g.ctx, "peer", host.WithConnectTimeout(timeout),
		host.OnMessage(func(_ string, params []byte) { g.locked(func() { g.counts.take(params) }) }),
		host.OnGap(func(why string) { g.locked(func() { g.counts.Gaps = append(g.counts.Gaps, why) }) }),
		host.OnLog(func(line string) { g.locked(func() { g.counts.Logs += linesOf(line); g.counts.LogBytes += len(line) }) }))
	return g, outcomeOf("", err, begin)
}

func (g *goSession) locked(f func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f()
}

func (g *goSession) heard() (h heard) {
	g.locked(func() { h = g.counts })
	return h
}

func (g *goSession) call(nonce string, o options) outcome {
	begin := time.Now()
	ctx := g.ctx
	if o.after > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.after)
		defer cancel()
	}
	choices := []host.CallOption{host.WithTimeout(o.bound())}
	var count, disorder int
	var over atomic.Bool
	if o.progress {
		choices = append(choices, host.OnProgress(func(_ string, params []byte) {
			var p struct{ Progress int }
			_ = json.Unmarshal(params, &p)
			if count++; p.Progress != count || over.Load() {
				disorder++
			}
		}))
	}
	args := map[string]any{"nonce": nonce}
	if o.pad > 0 {
		args["pad"] = strings.Repeat("x", o.pad)
	}
	r, err := g.s.Call(ctx, "run", args, choices...)
	over.Store(true)
	text := ""
	if err == nil {
		var c struct{ Text string }
		if len(r.Content) == 1 {
			_ = json.Unmarshal(r.Content[0], &c)
		}
		text = c.Text
	}
	out := outcomeOf(text, err, begin)
	out.Progress, out.Disorder = count, disorder
	return out
}

func (g *goSession) list(timeout time.Duration) outcome {
	begin := time.Now()
	tools, err := g.s.Tools(g.ctx, host.WithTimeout(timeout), host.Fresh())
	if err == nil && len(tools) != 1 {
		err = errors.New("the list has not one tool")
	}
	return outcomeOf("", err, begin)
}

func (g *goSession) listen() {
	g.done.Go(func() {
		_ = g.s.Listen(g.ctx, host.Filter{URIs: []string{"x://seq"}}, func(_ string, params []byte) { g.locked(func() { g.counts.take(params) }) })
	})
}

func (g *goSession) close() outcome {
	begin := time.Now()
	err := g.s.Close(context.Background())
	g.end()
	g.done.Wait()
	return outcomeOf("", err, begin)
}

func outcomeOf(text string, err error, begin time.Time) outcome {
	o := outcome{Kind: "result", Text: text, took: time.Since(begin)}
	if err == nil {
		return o
	}
	var reason *host.Error
	if !errors.As(err, &reason) {
		o.Kind, o.Message = "no host.Error", err.Error()
		return o
	}
	o.Kind, o.Code, o.Message = reason.Outcome, reason.Code, reason.Error()
	return o
}

// finish closes a driver and demands that nothing is left of it. One that is lent goes on.
func finish(t testing.TB, d driver) {
	t.Helper()
	if d == driver(lent.d) {
		return
	}
	begin := time.Now()
	if err := d.close(); err != nil {
		t.Errorf("%s leaves behind: %v", d.name(), err)
	}
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("%s takes %v to close", d.name(), took)
	}
	if g, ok := d.(*goDriver); ok {
		g.settled(t)
	}
}

// settled waits until no goroutine of the host's and its core's is left, and none of net/http's for a connection.
func (d *goDriver) settled(t testing.TB) {
	t.Helper()
	var left []string
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if left = hosted(); len(left) == 0 {
			return
		}
	}
	t.Errorf("%d goroutines are left, such as\n%s", len(left), left[0])
}

// hosted are the goroutines that a Go host has started.
func hosted() (found []string) {
	buffer := make([]byte, 8<<20)
	buffer = buffer[:runtime.Stack(buffer, true)]
	for _, one := range strings.Split(string(buffer), "\n\n") {
		for _, of := range []string{"headfast/host.(", "headfast/host.Open", "net/http.(*persistConn)", "net/http.(*Transport)", "wazero"} {
			if strings.Contains(one, of) {
				found = append(found, one)
				break
			}
		}
	}
	return found
}

// linesOf is how many lines a Log tells of: of a flood only the number.
func linesOf(text string) int {
	n := 1
	if _, err := fmt.Sscanf(text, "and %d more line", &n); err != nil {
		return 1
	}
	return n
}
