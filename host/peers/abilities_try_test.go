package peers

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// rig is one API with one server.
type rig struct {
	able
	*serving
	api api
	// begun is how many sessions were begun when this one was.
	begun int
	// input is a file with all that a server over its standard streams is sent, while it is overheard.
	input string
}

func (r *rig) connect(t *testing.T) {
	t.Helper()
	c := must(t, r.api, step{Do: "connect", Config: configText(t, "peer", r.entry), How: everyAnswer(r.pin)})
	if r.wire != nil {
		r.begun = r.wire.count(initialize)
	}
	transport := map[string]string{"http": streamable, "sse": legacySSE, "stdio": "stdio"}[r.kind]
	if c.Revision != r.revision || c.Transport != transport {
		t.Errorf("revision %q over %q, not %q over %q", c.Revision, c.Transport, r.revision, transport)
	}
}

const initialize = `"method":"initialize"`

// try does what an ability is, and says what has to come of it.
func (r *rig) try(t *testing.T, ability string, o offer) {
	defer func() {
		if t.Failed() && r.wire != nil {
			path := filepath.Join(testbed.Folder(), strings.ReplaceAll(t.Name(), "/", "-")+"-wire.log")
			if err := os.WriteFile(path, []byte(r.wire.text()), 0o600); err != nil {
				t.Error(err)
			}
			t.Log("what went over the wire is in", path)
		}
	}()
	switch ability {
	case "cancel":
		r.cancel(t, o)
	case "resume":
		r.resume(t, o)
	case "dies":
		r.dies(t, o)
	case "session-loss":
		r.lose(t, o)
	default:
		r.plain(t, ability, o)
	}
}

func (r *rig) plain(t *testing.T, ability string, o offer) {
	if ability == "roots" && r.revision != "2026-07-28" {
		must(t, r.api, step{Do: "rootsChanged"})
	}
	c := r.api.do(t, o.step)
	if o.code != 0 {
		if c.Error == nil || c.Error.RPCCode != o.code || c.Error.Outcome != serverError || !strings.Contains(c.Error.RPCData, o.says) {
			t.Errorf("it answered %s %+v, not error %d with %q", c.Result, c.Error, o.code, o.says)
		}
		return
	}
	if c.Error != nil {
		t.Fatalf("%s %s: %+v", o.step.Do, o.step.Name, *c.Error)
	}
	requireNames(t, c.Names, o.names)
	requireResult(t, c.Result, o)
	var asked strings.Builder
	for _, params := range c.Asked {
		asked.Write(params)
	}
	if !strings.Contains(asked.String(), o.asks) || o.asks != "" && len(c.Asked) != 1 {
		t.Errorf("it asked %s, not once %q", asked.String(), o.asks)
	}
	requireProgress(t, c.Progress, o)
	switch ability {
	case "pages":
		if n := len(c.Names); n != len(o.names) {
			t.Errorf("%d names over all pages, not %d: %q", n, len(o.names), c.Names)
		}
		if r.wire.count(`"cursor":`) == 0 {
			t.Error("no further page was asked for")
		}
	case "logging":
		if !has(c.Messages, o.step.Await) {
			t.Errorf("%s did not come", o.step.Await)
		}
	case "listen":
		if !has(c.Heard, "notifications/subscriptions/acknowledged") || !has(c.Heard, o.step.Await) {
			t.Errorf("%s did not come: %v", o.step.Await, methods(c.Heard))
		}
	}
}

func requireResult(t *testing.T, result json.RawMessage, o offer) {
	t.Helper()
	var is struct{ IsError bool }
	if len(result) > 0 {
		if err := json.Unmarshal(result, &is); err != nil {
			t.Error(err)
		}
	}
	if !strings.Contains(string(result), o.says) || is.IsError {
		t.Errorf("it answered %s, without %q", result, o.says)
	}
}

// requireProgress says that each step was told once, in order.
func requireProgress(t *testing.T, got []float64, o offer) {
	t.Helper()
	want := []float64{}
	for i := range o.progress {
		want = append(want, float64(i+1))
	}
	if o.lossy && len(got) == o.progress-1 {
		want = want[:o.progress-1]
	}
	if o.progress > 0 && !slices.Equal(got, want) {
		t.Errorf("progress was %v, not %v", got, want)
	}
}

func methods(all []notification) (names []string) {
	for _, n := range all {
		names = append(names, n.Method)
	}
	return names
}

// cancel gives up a long call: the server is told, by notifications/cancelled or, in 2026-07-28 over HTTP, by the
// end of the stream; what comes next works.
func (r *rig) cancel(t *testing.T, o offer) {
	told := func() bool { return r.wire.hungUp() }
	if r.revision != "2026-07-28" {
		before := r.heard("notifications/cancelled")
		told = func() bool { return r.heard("notifications/cancelled") > before }
	}
	if r.kind == "stdio" {
		defer r.overhear(t)()
		told = func() bool { return r.heard("notifications/cancelled") > 0 }
	}
	before := strings.Count(r.text(t), o.logs)
	o.step.CancelMS = 400
	c := r.api.do(t, o.step)
	if c.Error == nil || c.Error.Outcome != "cancelled" || c.MS > 2400 {
		t.Errorf("a call that was given up gives %s %+v after %d ms", c.Result, c.Error, c.MS)
	}
	eventually(t, "the server is told", told)
	if o.logs != "" {
		eventually(t, "the server says "+o.logs, func() bool { return strings.Count(r.text(t), o.logs) > before })
	}
	must(t, r.api, r.offers["call"].step)
}

// heard is how often the server was sent a text.
func (r *rig) heard(text string) int {
	if r.wire != nil {
		return r.wire.count(text)
	}
	sent, _ := os.ReadFile(r.input)
	return strings.Count(string(sent), text)
}

// text is what the server wrote.
func (r *rig) text(t *testing.T) string {
	if r.wire != nil {
		return r.process.Text()
	}
	wrote, err := os.ReadFile(r.input + ".err")
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
	return string(wrote)
}

// overhear begins the session anew with a server whose input and standard error are written down, until what it
// returns is called.
func (r *rig) overhear(t *testing.T) func() {
	plain := *r.serving
	must(t, r.api, step{Do: "close"})
	r.input = filepath.Join(t.TempDir(), "input")
	r.entry.Args = append([]string{"-c", `tee "$0" | "$@" 2>"$0.err"`, r.input, r.entry.Command}, r.entry.Args...)
	r.entry.Command = "sh"
	r.connect(t)
	return func() {
		must(t, r.api, step{Do: "close"})
		*r.serving = plain
		r.connect(t)
	}
}

// resume cuts the connection in the middle of the call's answer: the rest comes by Last-Event-ID, and the tool runs
// once.
func (r *rig) resume(t *testing.T, o offer) {
	ran, resumed := r.wire.count(toolsCall), r.wire.count("last-event-id:")
	r.wire.cutAfter(o.asks)
	c := must(t, r.api, o.step)
	requireResult(t, c.Result, o)
	if !r.wire.wasCut() {
		t.Errorf("%q was not in an answer: nothing was cut", o.asks)
	}
	if n := r.wire.count(toolsCall) - ran; n != 1 {
		t.Errorf("the call was sent %d times", n)
	}
	if r.wire.count("last-event-id:") == resumed {
		t.Error("nothing was resumed")
	}
	requireProgress(t, c.Progress, o)
}

// dies ends the server's process in the middle of a call: it may have run, and is not sent again.
func (r *rig) dies(t *testing.T, o offer) {
	before := 0
	if r.wire != nil {
		before = r.wire.count(toolsCall)
	}
	pids := marked(r.mark)
	got := make(chan came, 1)
	go func() { got <- r.api.do(t, o.step) }()
	if r.wire != nil {
		eventually(t, "the call is sent", func() bool { return r.wire.count(toolsCall) > before })
		time.Sleep(100 * time.Millisecond)
		r.process.Kill()
	} else {
		time.Sleep(300 * time.Millisecond)
		killAll(pids)
	}
	select {
	case c := <-got:
		if c.Error == nil || c.Error.Outcome != unknown {
			t.Errorf("a call to a server that died gives %s %+v", c.Result, c.Error)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the call does not end with the server")
	}
	if r.wire != nil {
		time.Sleep(300 * time.Millisecond)
		if n := r.wire.count(toolsCall) - before; n != 1 {
			t.Errorf("the call was sent %d times", n)
		}
		r.process = r.start()
	}
}

// lose calls a server that was begun anew on the same port, by dies or here: in a new session.
func (r *rig) lose(t *testing.T, o offer) {
	switch {
	case r.offers["dies"].step.Do != "":
	case r.wire != nil:
		r.process.Kill()
		r.process = r.start()
	default:
		killAll(marked(r.mark))
	}
	c := r.api.do(t, o.step)
	if r.wire == nil && c.Error != nil && c.Error.Outcome == unknown { // it was written to the process that is ending
		c = must(t, r.api, o.step)
	} else if c.Error != nil {
		t.Fatalf("%+v", *c.Error)
	}
	requireResult(t, c.Result, o)
	if r.wire == nil || r.revision == "2026-07-28" || r.kind == "http" && r.wire.count("mcp-session-id:") == 0 {
		return // there is no session that a server could know
	}
	if anew := r.wire.count(initialize) > r.begun; anew == o.keeps {
		t.Errorf("a session was begun anew: %t", anew)
	}
}
