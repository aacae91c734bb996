package main

import (
	"strings"
	"testing"
)

func TestToolsOfEveryServer(t *testing.T) {
	t.Parallel()
	s := start(t)
	for path, tool := range map[string]string{
		"/modern": "echo", "/oauth": "echo", "/legacy": "echo", "/legacy-json": "echo", "/mcp": "test_tool", "/mcp-v1": "test_tool",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := at(t, acme(s.URL(path)), "ACME_KEY="+goodKey)
			o := p.run("tools", "acme").want(0, "ok acme", "key from ACME_KEY", "Call one: headfast call acme "+tool)
			if !strings.HasPrefix(o.out, tool) {
				t.Errorf("stdout begins with %q", o.out)
			}
			doc := p.run("tools", "--json").want(0).document()
			if doc.Server != "acme" || doc.URL != s.URL(path) || (doc.Revision == "") != strings.HasPrefix(path, "/mcp") || doc.Auth.Mode != "headers" || len(doc.Tools) == 0 || doc.Error != nil {
				t.Errorf("server %q, URL %q, revision %q, auth %+v, %d tools, error %+v", doc.Server, doc.URL, doc.Revision, doc.Auth, len(doc.Tools), doc.Error)
			}
		})
	}
}

func TestLegacySSE(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, strings.Replace(acme(s.URL("/sse")), `"http"`, `"sse"`, 1), "ACME_KEY="+goodKey)
	p.run("call", "acme", "echo", "text=over SSE").want(0, "over SSE\n")
}

func TestToolsTable(t *testing.T) {
	t.Parallel()
	p := at(t, bare(start(t).URL("/open")))
	o := p.run("tools").want(0, "no credential")
	for _, line := range []string{
		"echo      text* region  Gives the text back.  read-only\n",
		"fail      -             Fails as a tool does: isError.\n",
	} {
		if !strings.Contains(o.out, line) {
			t.Errorf("no %q in\n%s", line, o.out)
		}
	}
}

func TestExplainAndServersSendNothing(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")), "ACME_KEY="+goodKey)
	p.run("explain").want(0, "POST "+s.URL("/modern"), "X-API-Key", "....7f3c, 27 characters", "ACME_KEY (.mcp.json:6)", "rule  configured-header", "Nothing was sent")
	doc := p.run("explain", "acme", "--json").want(0).document()
	h := doc.Auth.Headers[0]
	if h.Name != "X-API-Key" || h.Source != ".mcp.json:6" || h.Variable[0] != "ACME_KEY" || h.Fingerprint != "....7f3c, 27 characters" {
		t.Errorf("%+v", h)
	}
	p.run("servers").want(0, "acme  http  "+s.URL("/modern")+"  .mcp.json:3", "headers: X-API-Key is configured")
	if doc := p.run("servers", "--json").want(0).document(); len(doc.Servers) != 1 {
		t.Errorf("%+v", doc)
	}
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestServersTellsProblems(t *testing.T) {
	t.Parallel()
	p := at(t, `{"mcpServers": {
		"a": {"url": "https://a.example/mcp"},
		"b": {"type": "http", "url": "https://b.example/mcp"},
		"b": {"type": "http", "url": "https://c.example/mcp"}}}`)
	p.run("servers").want(0, "2 servers", "HF209", "HF207", ".mcp.json:2")
	p.run("explain", "b").want(0, "! \"b\" is defined twice  HF207")
	if doc := p.run("explain", "b", "--json").want(0).document(); len(doc.Warnings) != 1 {
		t.Errorf("%+v", doc)
	}
}

// TestServersTellsWhatTheNextCommandMeets: a problem that explain and ping have is not hidden by the list.
func TestServersTellsWhatTheNextCommandMeets(t *testing.T) {
	t.Parallel()
	p := at(t, `{"mcpServers": {
		"bare": {"type": "http", "url": "https://a.example/mcp", "auth": "headers"},
		"clear": {"type": "http", "url": "http://b.example/mcp", "headers": {"X-API-Key": "${ACME_KEY}"}},
		"unset": {"type": "http", "url": "https://c.example/mcp", "headers": {"X-API-Key": "${GONE_KEY}"}}}}`, "ACME_KEY="+goodKey)
	o := p.run("servers").want(0, "HF210", "HF208", "HF102")
	for _, code := range []string{"HF210", "HF208", "HF102"} {
		if strings.Count(o.out, code) != 1 {
			t.Errorf("%s is told more than once:\n%s", code, o.out)
		}
	}
	if d := p.run("servers", "--json").want(0); !strings.Contains(d.out, "HF210") {
		t.Errorf("%s", d.out)
	}
}

func TestCleartextWarning(t *testing.T) {
	t.Parallel()
	p := at(t, acme("http://mcp.example/mcp"), "ACME_KEY="+goodKey)
	o := p.run("explain").want(0, "HF208", "over plain http")
	if strings.Contains(o.out, "HF208") {
		t.Error("the warning is on stdout")
	}
}

func TestFoundInAParentFolder(t *testing.T) {
	t.Parallel()
	p := at(t, acme("http://127.0.0.1:1/mcp"))
	inner := p
	inner.dir = t.TempDir()
	inner.run("servers").want(3, "HF200", "There is no .mcp.json here or in a parent folder", `"mcpServers"`)
	inner.run("servers", "-c", p.dir+"/.mcp.json").want(0, p.dir+"/.mcp.json  1 server") // as it was typed
	inner.run("servers", "-c", "gone.json").want(3, "gone.json cannot be read", "HF200")
}
