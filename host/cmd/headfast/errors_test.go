package main

import (
	"strings"
	"testing"
)

// trouble is one way to fail.
type trouble struct {
	name, config string
	key          string
	args         string
	exit         int
	code         string
	pieces       []string
	auth         bool // the decision is known, so --json has it
}

func troubles(url func(string) string) []trouble {
	const tools = "tools acme"
	at := func(path string) string { return acme(url(path)) }
	return []trouble{
		{"wrong key", at("/modern"), wrongKey, tools, 5, "HF101", []string{"X-API-Key", "ACME_KEY", ".mcp.json:6", "Missing or invalid API key", "9a2b"}, true},
		{"wrong key, OAuth on offer", at("/oauth"), wrongKey, tools, 5, "HF101", []string{"X-API-Key", ".mcp.json:6", "also offers sign-in"}, true},
		{"no key", bare(url("/modern")), "", tools, 6, "HF103", []string{"none is configured"}, true},
		{"sign-in wanted", bare(url("/oauth")), "", tools, 6, "HF104", []string{"Sign in to"}, true},
		{"variable unset", at("/modern"), "", tools, 3, "HF102", []string{"ACME_KEY is not set", ".mcp.json:6"}, true},
		{"variable unset, explained", at("/modern"), "", "explain acme", 3, "HF102", []string{"ACME_KEY"}, true},
		{"wrong path", at("/wrong"), goodKey, tools, 4, "HF105", []string{"404"}, true},
		{"a page", at("/html"), goodKey, tools, 4, "HF110", []string{"Sign in"}, true},
		{"redirected away", at("/redirect/307/cross"), goodKey, tools, 4, "HF109", []string{"does not follow"}, true},
		{"cut off", at("/cut"), goodKey, tools, 4, "HF111", nil, true},
		{"dies", at("/die"), goodKey, tools, 4, "HF111", []string{"changes nothing"}, true},
		{"foreign endpoint", strings.Replace(at("/sse-foreign"), `"http"`, `"sse"`, 1), goodKey, tools, 4, "HF118", []string{"another origin"}, true},
		{"server down", bare("http://127.0.0.1:1/mcp"), "", tools, 4, "HF107", []string{"127.0.0.1:1", "refused"}, true},
		{"too slow", at("/hang"), goodKey, "tools acme --timeout 300ms", 4, "HF107", []string{"No answer in 0.3 s"}, true},
		{"JSON-RPC error", at("/rpc-error?on=tools/list"), goodKey, tools, 7, "HF114", nil, true},
		{"HTTP error", at("/status/503?body=text"), goodKey, tools, 7, "HF116", []string{"503"}, true},
		{"tool error", at("/open"), goodKey, "call acme fail", 7, "HF115", nil, true},
		{"no configuration", "", "", tools, 3, "HF200", []string{"here or in a parent folder"}, false},
		{"not JSON", "{\n  \"mcpServers\": {,}\n}", "", tools, 3, "HF201", []string{".mcp.json:2:18"}, false},
		{"another client's file", `{"servers": {}}`, "", tools, 3, "HF202", []string{"mcpServers"}, false},
		{"bad URL", bare("ftp://x/y"), "", tools, 3, "HF204", nil, true},
		{"unknown server", at("/open"), goodKey, "tools other", 3, "HF206", []string{"acme"}, false},
		{"no such program", `{"mcpServers": {"acme": {"command": "no-such-program-here"}}}`, "", tools, 4, "HF122", []string{"no-such-program-here", "in PATH"}, true},
		{"no server named", `{"mcpServers": {"a": {"command": "x"}, "b": {"command": "y"}}}`, "", "tools", 2, "HF301", []string{"a and b"}, false},
		{"unknown flag", at("/open"), goodKey, "tools acme --nope", 2, "HF301", []string{"--nope", "headfast tools --help"}, false},
		{"unknown command", at("/open"), goodKey, "toolz", 2, "HF301", []string{"Did you mean headfast tools?"}, false},
		{"too many words", at("/open"), goodKey, "tools acme more", 2, "HF301", []string{"Type: headfast tools NAME"}, false},
		{"too few words", at("/open"), goodKey, "call acme", 2, "HF301", []string{"Type: headfast call NAME TOOL"}, false},
		{"bad arguments", at("/open"), goodKey, "call acme echo {x", 2, "HF301", []string{"not JSON"}, false},
		{"bad answer", at("/open"), goodKey, "tools acme --answer x", 2, "HF301", []string{"--answer key=value"}, false},
		{"bad log level", at("/open"), goodKey, "tools acme --log-level loud", 2, "HF301", []string{"debug"}, false},
		{"no such folder", at("/open"), goodKey, "tools acme --root gone", 2, "HF301", []string{"no folder"}, false},
		{"key alone", at("/open"), goodKey, "tools acme --key k.pem", 2, "HF301", []string{"--cert"}, false},
		{"certificate without TLS", at("/open"), goodKey, "tools acme --cert k.pem", 2, "HF301", []string{"https://"}, false},
		{"no such authority", at("/open"), goodKey, "tools acme --cacert gone.pem", 2, "HF301", []string{"gone.pem", "--cacert"}, false},
		{"bad proxy", at("/open"), goodKey, "tools acme --proxy ftp://x", 2, "HF301", []string{"--proxy"}, false},
		{"a revision that is not known", at("/open"), goodKey, "tools acme --revision 1999-01-01", 2, "HF301", []string{"2025-11-25"}, true},
		{"unknown tool", at("/open"), goodKey, "call acme ecko text=x", 7, "HF114", []string{"Did you mean echo?"}, true},
		{"unknown tool, an object", at("/open"), goodKey, "call acme ecko {}", 7, "HF114", []string{"Did you mean echo?"}, true},
		{"a prompt's number", at("/open"), goodKey, `prompt acme greet {"n":1}`, 2, "HF301", []string{"texts"}, false},
		{"too few to complete", at("/open"), goodKey, "complete acme prompt:x a", 2, "HF301", []string{"prompt:PROMPT"}, false},
		{"bad time-out", at("/open"), goodKey, "tools acme --timeout 0", 2, "HF301", []string{"30s"}, false},
	}
}

// TestErrors: every failure has its exit code, says what happened and what to do, as a screen and as JSON.
func TestErrors(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, c := range troubles(s.URL) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := at(t, c.config)
			if c.key != "" {
				p.env = append(p.env, "ACME_KEY="+c.key)
			}
			args := strings.Fields(c.args)
			screen := p.run(args...).want(c.exit, append(c.pieces, c.code)...)
			if !strings.Contains(screen.err, "x ") || strings.Contains(screen.err, p.dir) || strings.Contains(screen.err, "goroutine") {
				t.Errorf("stderr:\n%s", screen.err)
			}
			doc := p.run(append(args, "--json", "--trace")...).want(c.exit).document()
			if doc.Error == nil || doc.Error.Code != c.code || doc.Error.Exit != c.exit || doc.Error.Title == "" || doc.Error.Message == "" {
				t.Errorf("%+v", doc.Error)
			}
			if (doc.Auth != nil) != c.auth {
				t.Errorf("auth: %+v", doc.Auth)
			}
		})
	}
}

// TestRefusedInOneLine: header, file, line and the server's words are in one line.
func TestRefusedInOneLine(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := at(t, acme(s.URL("/mcp")), "ACME_KEY="+wrongKey).run("tools", "acme").want(5)
	for _, line := range strings.Split(o.err, "\n") {
		if strings.Contains(line, "X-API-Key") && strings.Contains(line, ".mcp.json:6") && strings.Contains(line, "Missing or invalid API key") {
			return
		}
	}
	t.Errorf("no such line in\n%s", o.err)
}

func TestUnsetVariableSendsNothing(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/modern")))
	p.run("tools", "acme").want(3)
	p.run("call", "acme", "echo", "text=x").want(3)
	if n := len(s.Requests()); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

// TestNoDiscovery: a refused key is never followed by a look for sign-in.
func TestNoDiscovery(t *testing.T) {
	t.Parallel()
	s := start(t)
	at(t, acme(s.URL("/oauth")), "ACME_KEY="+wrongKey).run("tools", "acme").want(5)
	for _, r := range s.Requests() {
		if r.Path != "/oauth" {
			t.Errorf("%s %s", r.Method, r.Path)
		}
	}
}
