package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// homed is a project and a home with files, by their paths.
func homed(t *testing.T, project, home map[string]string, env ...string) place {
	t.Helper()
	h := t.TempDir()
	p := at(t, "", append([]string{"HOME=" + h, "USERPROFILE=" + h}, env...)...)
	put(t, p.dir, project)
	put(t, h, home)
	return p
}

// server is a file of mcpServers with one entry.
func server(name, url string) string {
	return `{"mcpServers": {"` + name + `": {"type": "http", "url": "` + url + `"}}}`
}

// TestFindsElsewhere: a server is found by its name in any client's file, and read as that client reads it; the nearest
// .mcp.json goes before them all.
func TestFindsElsewhere(t *testing.T) {
	t.Parallel()
	s := start(t)
	cursor := `{"mcpServers": {"acme": {"url": "` + s.URL("/modern") + `", "headers": {"X-API-Key": "${env:ACME_KEY}"}}}}`
	p := homed(t, nil, map[string]string{".cursor/mcp.json": cursor}, "ACME_KEY="+goodKey)
	p.run("tools", "acme").want(0, "echo", "key from ACME_KEY")
	p.run("tools").want(0, "echo")
	p.run("explain", "acme").want(0, "Read  as Cursor reads it", "~/.cursor/mcp.json:1", "Try it: headfast tools acme\n")
	p.run("tools", "acme", "--from", "cursor").want(0, "echo")
	p.run("tools", "acme", "--from", "codex").want(3, "HF206", "no such server in the files of codex")
	p.run("tools", "acme", "--from", "nobody").want(2, "HF301", "--from does not know nobody")
	p.run("tools", "acme", "--from", "cursor", "-c", "x.json").want(2, "HF301", "contradicts")
	p.run("tools", "acne").want(3, "HF206", "Did you mean acme?")
	put(t, p.dir, map[string]string{".mcp.json": server("other", s.URL("/open"))})
	p.run("tools", "acme").want(0, "echo", "key from ACME_KEY")
	p.run("tools", "nothing").want(3, "HF206", `.mcp.json has no server "nothing"`, "It has other.", "No file of another client has one")
	p.run("tools", "--trust").want(0, "no credential")
	put(t, p.dir, map[string]string{".mcp.json": server("acme", s.URL("/open"))})
	o := p.run("explain", "acme", "--json").want(0)
	var doc struct {
		URL, Client, Scope string
		AlsoIn             []string
	}
	if err := json.Unmarshal([]byte(o.out), &doc); err != nil || doc.URL != s.URL("/open") || doc.Client != "claude-code" || doc.Scope != "project" ||
		len(doc.AlsoIn) != 1 || !strings.HasPrefix(doc.AlsoIn[0], "~/.cursor/mcp.json:1:") {
		t.Errorf("%v %s", err, o.out)
	}
	p.run("explain", "acme").want(0, "Not used", `"acme" is also at ~/.cursor/mcp.json:1:17 (Cursor)`)
}

// TestFindsSeveral: where clients have different entries of one name a person has to choose; where they are the same, or
// one client's, they need not.
func TestFindsSeveral(t *testing.T) {
	t.Parallel()
	codex := "[mcp_servers.acme]\nurl = \"https://codex.example/mcp\"\n"
	p := homed(t, map[string]string{".codex/config.toml": codex}, map[string]string{
		".cursor/mcp.json": server("acme", "https://cursor.example/mcp"), ".codex/config.toml": strings.Replace(codex, "codex.example", "home.example", 1),
	})
	o := p.run("explain", "acme").want(2, "HF301", `"acme" is configured differently for several clients`, "--from codex or --from cursor", "~/.cursor/mcp.json:1:17 (Cursor)", ".codex/config.toml:1:14 (Codex CLI)")
	if strings.Contains(o.out, "POST") {
		t.Errorf("%s", o.out)
	}
	p.run("explain", "acme", "--from", "Codex").want(0, "https://codex.example/mcp", "Read  as Codex CLI reads it", "also at", "--from Codex")
	same := homed(t, nil, map[string]string{".cursor/mcp.json": server("acme", "https://one.example/mcp"), ".kiro/settings/mcp.json": server("acme", "https://one.example/mcp")})
	same.run("explain", "acme").want(0, "https://one.example/mcp", "also at")
	two := homed(t, nil, map[string]string{".cursor/mcp.json": server("a", "https://a.example/mcp"), ".kiro/settings/mcp.json": server("b", "https://b.example/mcp")})
	two.run("explain").want(2, "Which server?", "a", "b")
	homed(t, nil, nil).run("explain", "acme").want(3, "HF200", "There is no configuration")
}

// TestCompletesAll: names of all files are offered.
func TestCompletesAll(t *testing.T) {
	t.Parallel()
	p := homed(t, map[string]string{".mcp.json": server("here", "https://a.example/mcp")}, map[string]string{".cursor/mcp.json": server("there", "https://b.example/mcp")})
	lines := strings.Fields(p.run("__complete", "tools", "").want(0).out)
	if !slices.Contains(lines, "here") || !slices.Contains(lines, "there") {
		t.Errorf("%q", lines)
	}
}

// TestUnreadableFileElsewhere: a file that cannot be read hides no other.
func TestUnreadableFileElsewhere(t *testing.T) {
	t.Parallel()
	p := homed(t, nil, map[string]string{".cursor/mcp.json": "{", ".kiro/settings/mcp.json": server("acme", "https://one.example/mcp")})
	p.run("explain", "acme").want(0, "https://one.example/mcp")
	p.run("servers").want(0, "HF201", "https://one.example/mcp")
}

// TestServersTells: an entry that is switched off, one that costs its client the whole file, and one with two ways to it
// are told; a question that a person is asked when the server is used is nothing wrong.
func TestServersTells(t *testing.T) {
	t.Parallel()
	p := homed(t, map[string]string{".vscode/mcp.json": `{"inputs": [{"id": "key", "type": "promptString"}], "servers": {
		"asks": {"type": "http", "url": "https://a.example/mcp", "headers": {"X-API-Key": "${input:key}"}}}}`}, map[string]string{
		".cline/data/settings/cline_mcp_settings.json": `{"mcpServers": {
			"off": {"type": "streamableHttp", "url": "https://b.example/mcp", "disabled": true},
			"bad": {"type": "http", "url": "https://c.example/mcp"}}}`,
		".cursor/mcp.json": `{"mcpServers": {"two": {"url": "https://d.example/mcp", "command": "x"}}}`,
	})
	o := p.run("servers").want(0, "switched off", `Cline uses no server of this file, since "bad" cannot be read`, `"two" has a command and a url`)
	if strings.Contains(o.out, "input:key is not set") {
		t.Errorf("%s", o.out)
	}
	var doc struct {
		Servers []struct {
			Name     string
			Disabled bool
		}
	}
	if err := json.Unmarshal([]byte(p.run("servers", "--json").want(0).out), &doc); err != nil {
		t.Fatal(err)
	}
	for _, s := range doc.Servers {
		if s.Disabled != (s.Name == "off") {
			t.Errorf("%+v", s)
		}
	}
}
