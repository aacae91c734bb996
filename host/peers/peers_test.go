package peers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestPeers connects to each server of the roster in the four ways that Headfast has: TestPeers/NAME/cli,
// /go, /node and /chromium; and, where it has what they need, /go-close, /go-progress, /go-cancel and /go-listen.
func TestPeers(t *testing.T) {
	for _, p := range roster() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			process, url := p.run(t)
			e := entry{Type: p.kind, URL: url}
			t.Run("cli", func(t *testing.T) { p.byCLI(t, e) })
			t.Run("go", func(t *testing.T) { p.byGo(t, e) })
			t.Run("go-close", func(t *testing.T) { p.closes(t, e, process) })
			if p.steps != nil {
				t.Run("go-progress", func(t *testing.T) { p.progresses(t, e) })
			}
			if p.long != nil {
				t.Run("go-cancel", func(t *testing.T) { p.cancels(t, e) })
			}
			if p.hears != "" {
				t.Run("go-listen", func(t *testing.T) { p.listens(t, e) })
			}
			t.Run("node", func(t *testing.T) { p.byNode(t, e) })
			t.Run("chromium", func(t *testing.T) { p.byPage(t, e) })
		})
	}
}

func (p peer) byCLI(t *testing.T, e entry) {
	config := configText(t, "peer", e)
	o := headfast(t, config, "tools", "peer", "--json")
	d := o.document(t)
	if len(p.tools) == 0 {
		if o.code == 0 && len(d.Tools) != 0 || o.code != 0 && d.Error.Outcome != "server_error" {
			t.Errorf("exit %d: %s", o.code, o.all())
		}
		return
	}
	var names []string
	for _, tool := range d.Tools {
		names = append(names, tool.Name)
	}
	if o.code != 0 || d.Revision != p.revision {
		t.Errorf("exit %d, revision %q, not %q: %.2000s", o.code, d.Revision, p.revision, o.all())
	}
	p.requireTools(t, names)
	if p.call == "" {
		return
	}
	o = headfast(t, config, "call", "peer", p.call, p.args, "--json")
	if o.code != 0 {
		t.Fatalf("exit %d: %s", o.code, o.all())
	}
	p.requireAnswer(t, o.document(t).Result)
}

func (p peer) byNode(t *testing.T, e entry) {
	v, _ := inNode(t, p.errand(t, e))
	p.requireVisit(t, v)
}

func (p peer) byPage(t *testing.T, e entry) {
	v := inPage(t, p.errand(t, e))
	if p.page == "" {
		p.requireVisit(t, v)
		return
	}
	if v.Error == nil || v.Error.Code != p.page {
		t.Errorf("the page got %+v, not %s", v, p.page)
	}
}

func (p peer) errand(t *testing.T, e entry) errand {
	return errand{Config: configText(t, "peer", e), Tool: p.call, Args: json.RawMessage(p.args)}
}

func (p peer) requireVisit(t *testing.T, v visited) {
	t.Helper()
	if len(p.tools) == 0 && v.Error != nil && v.Error.Outcome == "server_error" {
		return
	}
	if v.Error != nil {
		t.Fatalf("%+v", *v.Error)
	}
	if v.Revision != p.revision || v.Transport != p.transport {
		t.Errorf("revision %q over %q, not %q over %q", v.Revision, v.Transport, p.revision, p.transport)
	}
	p.requireTools(t, v.Tools)
	if p.call != "" {
		p.requireAnswer(t, v.Result)
	}
}

func (p peer) requireTools(t *testing.T, names []string) {
	t.Helper()
	for _, name := range p.tools {
		if !slices.Contains(names, name) {
			t.Errorf("there is no tool %q in %q", name, names)
		}
	}
}

func (p peer) requireAnswer(t *testing.T, result json.RawMessage) {
	t.Helper()
	if !strings.Contains(string(result), p.says) {
		t.Errorf("%s %s answered %s, without %q", p.call, p.args, result, p.says)
	}
	var answer struct{ IsError bool }
	if err := json.Unmarshal(result, &answer); err != nil || answer.IsError {
		t.Errorf("%s answered %s: %v", p.call, result, err)
	}
}
