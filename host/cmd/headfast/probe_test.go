package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// probed is what --probe found, in the document.
type probed struct {
	Probe struct {
		Transport, Revision, URL, Challenge string
		Requests                            []struct {
			Method, URL, Note string
			Status            int
			Credential        bool
		}
		Fix *struct {
			Title string
			Where string
			Edits []struct{ Text string }
		}
	}
}

func (o outcome) probed() (doc probed) {
	o.t.Helper()
	if err := json.Unmarshal([]byte(o.out), &doc); err != nil {
		o.t.Fatalf("%v\n%s", err, o.out)
	}
	return doc
}

// TestProbe: what each kind of server speaks is told, and no tool is called.
func TestProbe(t *testing.T) {
	t.Parallel()
	s := start(t)
	for path, want := range map[string][2]string{
		"/modern": {"http", "2026-07-28"}, "/legacy": {"http", "2025-11-25"}, "/mcp": {"http", ""}, "/sse": {"sse", "2024-11-05"},
	} {
		p := at(t, acme(s.URL(path)), "ACME_KEY="+goodKey)
		p.run("explain", "--probe").want(0, "no tool was called", "Speaks  MCP", s.URL(path), "Try it: headfast tools acme")
		doc := p.run("explain", "--probe", "--json").want(0).probed()
		if doc.Probe.Transport != want[0] || doc.Probe.Revision != want[1] || doc.Probe.URL != s.URL(path) {
			t.Errorf("%s: %+v", path, doc.Probe)
		}
	}
	for _, r := range s.Requests() {
		if bytes.Contains(r.Body, []byte(`"tools/`)) {
			t.Errorf("it asked for %s", r.Body)
		}
	}
}

// TestProbeElsewhere: where the path is wrong, the one where a server answers is told with what to write; the key goes to
// the entry's path only, and nobody is registered.
func TestProbeElsewhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/wrong")), "ACME_KEY="+goodKey)
	o := p.run("explain", "--probe", "--json").want(4)
	doc := o.probed()
	if f := doc.Probe.Fix; f == nil || len(f.Edits) != 1 || f.Edits[0].Text != "/mcp" || !strings.HasPrefix(f.Where, ".mcp.json:5:") {
		t.Errorf("%s", o.out)
	}
	if e := o.document().Error; e.Code != "HF105" || !strings.Contains(e.Message, s.URL("/mcp")) || !strings.Contains(e.Hint, "/mcp") {
		t.Errorf("%+v", e)
	}
	p.run("explain", "--probe", "--curl").want(4, "curl", "$ACME_KEY", s.URL("/wrong"), s.URL("/mcp"))
	p.run("explain", "--probe").want(4, "Fix  Change the path of url to /mcp", "without what is configured")
	for _, r := range s.Requests() {
		if with := r.Header.Get("X-API-Key") != ""; with != (r.Path == "/wrong") || strings.Contains(r.Path, "register") {
			t.Errorf("%s %s, the key: %v", r.Method, r.Path, with)
		}
	}
}

// TestProbeRefused: a key that is refused is told as connecting tells it, and --trace has every exchange.
func TestProbeRefused(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")), "ACME_KEY="+wrongKey)
	p.run("explain", "--probe", "--trace").want(5, "HF101", "what was sent is refused", "/.well-known/oauth-protected-resource/modern", "server/discover", "rule configured-header")
	if doc := p.run("explain", "--probe", "--json").want(5).probed(); len(doc.Probe.Requests) < 2 || doc.Probe.Requests[1].Credential {
		t.Errorf("%+v", doc.Probe)
	}
	p = at(t, acme("http://127.0.0.1:1/mcp"), "ACME_KEY="+goodKey)
	p.run("explain", "--probe").want(4, "HF107", "no answer (refused)")
	p = at(t, acme(s.URL("/modern")))
	p.run("explain", "--probe").want(3, "HF102")
}
