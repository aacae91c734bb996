package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const keyFile = `{"mcpServers": {
  "acme": { "type": "http", "url": "https://acme.example/mcp", "headers": { "Authorization": "Bearer ${ACME_KEY}", "X-API-Key": "` + goodKey + `" } },
  "old": { "type": "sse", "url": "https://old.example/sse" }
}}`

// TestTranslate: the entry goes to the output, what is lost to the talk; no key is in either.
func TestTranslate(t *testing.T) {
	t.Parallel()
	p := at(t, keyFile)
	o := p.run("translate", "acme", "--to", "codex").want(0, "ACME_API_KEY", "the key in the header X-API-Key is not copied", ".mcp.json:2:")
	if want := "[mcp_servers.acme]\nurl = \"https://acme.example/mcp\"\nbearer_token_env_var = \"ACME_KEY\"\nenv_http_headers = { X-API-Key = \"ACME_API_KEY\" }\n"; o.out != want {
		t.Errorf("%q", o.out)
	}
	p.run("translate", "old", "--to", "codex").want(3, "HF203", "Codex CLI does not speak HTTP+SSE", ".mcp.json:3:")
	p.run("translate", "acme", "--to", "registry").want(3, "its author's to write")
	p.run("translate", "nobody", "--to", "codex").want(3, "HF206")
	p.run("translate", "--to", "codex").want(2, "Which server?", "acme and old")
	p.run("translate", "acme").want(2, "--to is missing")
	p.run("translate", "acme", "--to", "nobody").want(2, "--to does not know nobody", "vs-code")
	p.run("translate", "acme", "file", "--to", "codex").want(2, "without --write")
	p.run("translate", "acme", "--to", "all", "--write").want(2, "--write is for one client")
	p.run("translate", "acme", "--to", "all").want(0, "codex\n[mcp_servers.acme]", "x ", "goose\nextensions:")
	p.run("__complete", "translate", "acme", "--to", "").want(0, "all", "vs-code")
	var doc struct {
		Server      string
		Translation struct {
			Client, Text string
			Losses       []struct{ Text, Where string }
		}
	}
	if err := json.Unmarshal([]byte(p.run("translate", "acme", "--to", "zed", "--json").want(0).out), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Server != "acme" || doc.Translation.Client != "zed" || !strings.Contains(doc.Translation.Text, "context_servers") || len(doc.Translation.Losses) != 3 {
		t.Errorf("%+v", doc)
	}
}

// TestTranslateReads: the file is read as --as says, or as its client reads it.
func TestTranslateReads(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	put(t, p.dir, map[string]string{".cursor/mcp.json": `{"mcpServers": {"acme": {"url": "https://acme.example/mcp", "headers": {"X-Key": "${env:ACME_KEY}"}}}}`})
	p.run("translate", "-c", ".cursor/mcp.json", "--to", "claude-code").want(0, `"type": "http"`, `"X-Key": "${ACME_KEY}"`)
	p.run("translate", "-c", ".cursor/mcp.json", "--as", "cline", "--to", "claude-code").want(0, `"type": "sse"`)
}

// TestTranslateWrite: the entry is put into the client's own file, which is made where there is none; every other byte stays,
// and another entry of the name is replaced only by --replace.
func TestTranslateWrite(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	p := at(t, keyFile, "HOME="+home, "USERPROFILE="+home, "APPDATA="+home)
	file := filepath.Join(p.dir, ".vscode", "mcp.json")
	p.run("translate", "acme", "--to", "vs-code", "--dry-run").want(0, "+   \"servers\": {")
	if _, err := os.Stat(file); err == nil {
		t.Error("--dry-run made a file")
	}
	p.run("translate", "acme", "--to", "vs-code", "--write").want(0, "Made a file", filepath.Join(".vscode", "mcp.json"), "VS Code, project")
	p.run("translate", "acme", "--to", "vs-code", "--write").want(0, "already, just so")

	text := "\uFEFF{\r\n\t// mine\r\n\t\"servers\": {\r\n\t\t\"acme\": { \"url\": \"https://else.example/\", \"headers\": { \"X\": \"" + wrongKey + "\" } }, // a\r\n\t},\r\n}\r\n"
	put(t, p.dir, map[string]string{".vscode/mcp.json": text})
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	p.run("translate", "acme", "--to", "vs-code", "--write").want(3, "HF207", "has another entry \"acme\"", "--replace")
	p.run("translate", "acme", "--to", "vs-code", "--dry-run").want(0, "- 1 line, not shown", "ACME_API_KEY", "mcp.json:4:11")
	if now, _ := os.ReadFile(file); string(now) != text {
		t.Fatalf("it was changed:\n%s", now)
	}
	p.run("translate", "acme", "--to", "vs-code", "--write", "--replace").want(0, "Replaced \"acme\"")
	now, _ := os.ReadFile(file)
	before, after := "\uFEFF{\r\n\t// mine\r\n\t\"servers\": {\r\n\t\t\"acme\": {\r\n", "}, // a\r\n\t},\r\n}\r\n"
	if !strings.HasPrefix(string(now), before) || !strings.HasSuffix(string(now), after) || strings.Count(string(now), "\n") != strings.Count(string(now), "\r\n") ||
		!strings.Contains(string(now), "\t\t\t\"url\": \"https://acme.example/mcp\",\r\n") {
		t.Errorf("%q", now)
	}
	if info, _ := os.Stat(file); runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
}

// TestTranslateWhere: a file that is named, the person's where the client has none for a project, never another client's; a
// file that cannot be read is left as it is.
func TestTranslateWhere(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	p := at(t, keyFile, "HOME="+home, "USERPROFILE="+home, "APPDATA="+home)
	p.run("translate", "acme", "--to", "cline", "--write").want(0, "Cline, user")
	if _, err := os.Stat(filepath.Join(home, ".cline", "data", "settings", "cline_mcp_settings.json")); err != nil {
		t.Error(err)
	}
	p.run("translate", "acme", "--to", "copilot-cli", "--write").want(0, filepath.Join(".github", "mcp.json"))
	p.run("translate", "acme", "--to", "continue", "--write").want(0, filepath.Join(".continue", "mcpServers", "acme.yaml"))
	put(t, p.dir, map[string]string{"opencode.jsonc": "// mine\n{}\n", "broken.toml": "[a\n", ".gemini/settings.json": "{\n  \"ui\": {}\n}\n"})
	p.run("translate", "acme", "--to", "opencode", "--write").want(0, "opencode.jsonc")
	p.run("translate", "acme", "--to", "gemini", "--write").want(0, filepath.Join(".gemini", "settings.json"))
	p.run("translate", "acme", "--to", "codex", "--write", "broken.toml").want(3, "HF201", "broken.toml:1:")
	p.run("translate", "acme", "--to", "codex", "--write", ".").want(3, "HF200", "cannot be read")
	for name, want := range map[string]string{"opencode.jsonc": "// mine\n{\n  \"mcp\": {", "broken.toml": "[a\n", ".gemini/settings.json": "{\n  \"ui\": {},\n  \"mcpServers\": {"} {
		if text, _ := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name))); !strings.HasPrefix(string(text), want) {
			t.Errorf("%s: %q", name, text)
		}
	}
}
