package peers

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/testbed"
)

func (p peer) byGo(t *testing.T, e entry) {
	c, _ := client(t, host.Options{})
	var notified atomic.Int32
	session, err := dial(t, c, e, host.OnMessage(func(method string, _ []byte) {
		if method == p.notifies {
			notified.Add(1)
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	tools, err := session.Tools(t.Context())
	if len(p.tools) == 0 {
		var reason *host.Error
		if err != nil && (!errors.As(err, &reason) || reason.Outcome != "server_error") || len(tools) > 0 {
			t.Errorf("got %v and %v", tools, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range tools {
		names = append(names, tool.Name)
	}
	p.requireTools(t, names)
	if st := session.State(); st.Revision != p.revision || st.Transport != p.transport {
		t.Errorf("revision %q over %q, not %q over %q", st.Revision, st.Transport, p.revision, p.transport)
	}
	if p.call == "" {
		return
	}
	result, err := session.Call(t.Context(), p.call, json.RawMessage(p.args))
	if err != nil {
		t.Fatal(err)
	}
	p.requireAnswer(t, result.Raw)
	if p.notifies != "" {
		eventually(t, p.notifies, func() bool { return notified.Load() > 0 })
	}
}

func (p peer) progresses(t *testing.T, e entry) {
	c, _ := client(t, host.Options{})
	session, err := dial(t, c, e)
	if err != nil {
		t.Fatal(err)
	}
	var got []float64
	_, err = session.Call(t.Context(), p.steps.tool, json.RawMessage(p.steps.args), host.OnProgress(func(method string, params []byte) {
		var at struct{ Progress float64 }
		if err := json.Unmarshal(params, &at); err != nil || method != "notifications/progress" {
			t.Errorf("%s %s: %v", method, params, err)
		}
		got = append(got, at.Progress)
	}))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != p.steps.progress || !slices.IsSorted(got) {
		t.Errorf("progress was %v, not %d steps", got, p.steps.progress)
	}
}

// cancels gives up a call that takes half a minute: at once, told to the server, and the session goes on.
func (p peer) cancels(t *testing.T, e entry) {
	c, seen := client(t, host.Options{})
	session, err := dial(t, c, e)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	begin := time.Now()
	_, err = session.Call(ctx, p.long.tool, json.RawMessage(p.long.args))
	within(t, begin, 2*time.Second)
	var reason *host.Error
	if !errors.As(err, &reason) || !errors.Is(err, host.Cancelled) || !errors.Is(err, context.DeadlineExceeded) || reason.Outcome != "cancelled" {
		t.Errorf("a call that was given up gives %v", err)
	}
	eventually(t, "notifications/cancelled was accepted", func() bool {
		told := seen.find("POST", "notifications/cancelled", "head")
		return len(told) == 1 && told[0].Status == 202
	})
	if _, err := session.Tools(t.Context()); err != nil {
		t.Errorf("after a cancelled call: %v", err)
	}
}

// closes says that a session is deleted at the server, and that none is where there was none.
func (p peer) closes(t *testing.T, e entry, process *testbed.Process) {
	c, seen := client(t, host.Options{})
	before := strings.Count(process.Text(), p.deletes)
	session, err := dial(t, c, e)
	if err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	if err := session.Close(t.Context()); err != nil {
		t.Error(err)
	}
	within(t, begin, 2*time.Second)
	if _, err := session.Tools(t.Context()); !errors.Is(err, host.SessionEnded) && !errors.Is(err, host.Usage) {
		t.Errorf("a closed session answers %v", err)
	}
	deleted := seen.find("DELETE", "", "head")
	if p.session && (len(deleted) != 1 || deleted[0].Status/100 != 2) {
		t.Errorf("the session was not deleted: %+v", deleted)
	}
	if p.deletes != "" {
		eventually(t, "the server's log says "+p.deletes, func() bool { return strings.Count(process.Text(), p.deletes) > before })
	}
}

// listens waits for what the server says by itself.
func (p peer) listens(t *testing.T, e entry) {
	c, _ := client(t, host.Options{})
	heard := make(chan string, 100)
	if _, err := dial(t, c, e, host.OnMessage(func(method string, _ []byte) { heard <- method })); err != nil {
		t.Fatal(err)
	}
	select {
	case method := <-heard:
		if method != p.hears {
			t.Errorf("heard %s, not %s", method, p.hears)
		}
	case <-time.After(12 * time.Second):
		t.Errorf("%s did not come", p.hears)
	}
}
