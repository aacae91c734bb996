package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// put writes files below a folder.
func put(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const vsCodeFile = `{
  // with a comment, and a comma too many
  "servers": {
    "acme": { "url": "https://acme.example/mcp", "headers": { "X-API-Key": "${env:ACME_KEY}" } },
    "foreign": { "url": "https://acme.example/mcp", "headers": { "X-API-Key": "${ACME_KEY}" } },
  },
}`

// TestServersOfAllClients: each client's file is found where that client looks for it, and read as it reads it; what is
// hidden by a file before it is told.
func TestServersOfAllClients(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	p := at(t, acme("https://acme.example/mcp"), "ACME_KEY="+goodKey, "HOME="+home, "USERPROFILE="+home)
	put(t, p.dir, map[string]string{
		".vscode/mcp.json":   vsCodeFile,
		".codex/config.toml": "[mcp_servers.acme]\nurl = \"https://project.example/mcp\"\n",
	})
	put(t, home, map[string]string{
		".codex/config.toml": "[mcp_servers.acme]\nurl = \"https://home.example/mcp\"\nbearer_token_env_var = \"ACME_KEY\"\n",
	})
	o := p.run("servers").want(0, "Claude Code, project", "VS Code, project", "Codex CLI, project", "Codex CLI, user",
		".codex/config.toml:1:14 is used instead", "Authorization is configured", "VS Code writes it ${env:ACME_KEY}.")
	if n := strings.Count(o.out, "shadowed"); n != 1 {
		t.Errorf("%d entries are shadowed:\n%s", n, o.out)
	}
	var servers []struct{ Client, Scope, ShadowedBy string }
	for _, raw := range p.run("servers", "--from", "codex", "--json").want(0).document().Servers {
		servers = append(servers, struct{ Client, Scope, ShadowedBy string }{})
		if err := json.Unmarshal(raw, &servers[len(servers)-1]); err != nil {
			t.Fatal(err)
		}
	}
	if len(servers) != 2 || servers[0].Client != "codex" || servers[0].Scope != "project" || servers[1].ShadowedBy == "" {
		t.Errorf("%+v", servers)
	}
	p.run("servers", "--from", "nobody").want(2, "HF301", "--from does not know nobody", "vs-code")
}

// TestAs: a file is read as the client's whose it is, by where it lies, by its top key, or as --as says.
func TestAs(t *testing.T) {
	t.Parallel()
	p := at(t, acme("https://acme.example/mcp"), "ACME_KEY="+goodKey)
	put(t, p.dir, map[string]string{
		".vscode/mcp.json": vsCodeFile, "any.json": vsCodeFile, "any.toml": "[mcp_servers.acme]\nurl = 'https://acme.example/mcp'\nbearer_token_env_var = 'ACME_KEY'\n",
	})
	for _, args := range []string{"-c .vscode/mcp.json", "-c any.json", "-c any.json --as vs-code"} {
		p.run(strings.Fields("explain acme "+args)...).want(0, "X-API-Key", "....7f3c", "environment")
	}
	p.run("explain", "acme", "-c", "any.toml").want(0, "Authorization", "Bearer ....7f3c", "any.toml:3")
	p.run("tools", "foreign", "-c", "any.json").want(3, "HF102", "X-API-Key would go out with ${ACME_KEY} as it is written", "any.json:5:79", "${env:ACME_KEY}")
	p.run("servers", "-c", "any.json", "--as", "claude-code").want(3, "HF201", "strict JSON")
	p.run("servers", "-c", "any.json", "--as", "nobody").want(2, "HF301", "nobody", "vs-code")
	p.run("servers", "-c", "any.json", "--as", "codex", "--as", "vs-code").want(2, "HF301", "--as is given twice")
}

// TestExplainAs: what other clients would make of the same entry, without any value.
func TestExplainAs(t *testing.T) {
	t.Parallel()
	p := at(t, `{"mcpServers": {"five": {"url": "https://five.example/mcp", "headers": {"Authorization": "Bearer ${ACME_KEY}"}}}}`, "ACME_KEY="+goodKey)
	o := p.run("explain", "--as", "all").want(3, "Elsewhere  3 of 20 clients would send it as configured, 8 with something else in a header", "Claude Code", "not used",
		"http, then sse; Authorization: ${ACME_KEY} as it is written", "-v says more of each")
	if strings.Contains(o.out, "does not read headers") || strings.Index(o.out, "Gemini CLI") > strings.Index(o.out, "VS Code") {
		t.Errorf("in full, or in another order:\n%s", o.out)
	}
	for _, args := range []string{"--as all -v", "--compare all --verbose"} {
		p.run(append([]string{"explain"}, strings.Fields(args)...)...).want(3, "Elsewhere", "Codex CLI does not read headers")
	}
	p.run("explain", "--compare", "vscode", "--compare", "Gemini-CLI").want(3, "1 of 2 clients", "VS Code", "Gemini CLI")
	p.run("explain", "--compare", "codex", "-c", ".mcp.json", "--as", "claude").want(3, "Codex CLI", "0 of 1 client")
	p.run("explain", "-c", ".mcp.json", "--as", "cursor").want(3, "HF102", "Cursor writes it ${env:ACME_KEY}.")
	var doc struct {
		Meanings []struct {
			Used    bool
			Headers []struct{ Note string }
		}
	}
	o = p.run("explain", "--as", "vs-code", "--json").want(3)
	if err := json.Unmarshal([]byte(o.out), &doc); err != nil || len(doc.Meanings) != 1 || !doc.Meanings[0].Used || doc.Meanings[0].Headers[0].Note == "" {
		t.Errorf("%v %s", err, o.out)
	}
	p.run("explain", "--as", "nobody").want(2, "HF301", "vs-code")
}

// TestNoValueShown: no value of a URL, an argument, a default or a variable is shown, in whichever client's form it is
// written, also where the URL cannot be used.
func TestNoValueShown(t *testing.T) {
	t.Parallel()
	const canary = "fake-CANARY-0123456789"
	p := at(t, "", "SECRET_NAME="+canary)
	put(t, p.dir, map[string]string{
		"claude.json": `{"mcpServers": {
			"user": {"type": "http", "url": "https://bob:` + canary + `@h.example/p?api_key=` + canary + `"},
			"query": {"type": "http", "url": "https://h.example/p?api_key=` + canary + `"},
			"path": {"type": "http", "url": "https://h.example/${SECRET_NAME}/mcp"},
			"fallback": {"type": "http", "url": "https://h.example/${UNSET_NAME:-` + canary + `}/mcp"},
			"args": {"command": "npx", "args": ["mcp-remote", "https://bob:` + canary + `@h.example/", "--header", "Authorization: Bearer ` + canary + `",
				"-H", "X-API-Key:` + canary + `", "--header=X-Other: ` + canary + `"]}}}`,
		"opencode.json": `{"mcp": {"o": {"type": "remote", "url": "https://h.example/{env:SECRET_NAME}/mcp"}}}`,
		"vscode.json":   `{"servers": {"v": {"url": "https://h.example/mcp", "headers": {"X-API-Key": "${SECRET_NAME:-` + canary + `}"}}}}`,
	})
	for _, c := range [][]string{
		{"claude.json", "user"}, {"claude.json", "query"}, {"claude.json", "path"}, {"claude.json", "fallback"}, {"claude.json", "args"},
		{"opencode.json", "o"}, {"vscode.json", "v"},
	} {
		for _, args := range [][]string{{"servers"}, {"servers", "--json"}, {"explain", c[1], "--as", "all"}, {"explain", c[1], "--as", "all", "--json"}} {
			o := p.run(append(args, "-c", c[0])...)
			if strings.Contains(o.out+o.err, canary) {
				t.Errorf("%s of %s shows a value:\n%s%s", args, c, o.out, o.err)
			}
		}
	}
}
