package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sick are files with something wrong in each, of four clients.
var sick = map[string]string{
	".mcp.json":             "{\n  \"mcpServers\": {\n    \"acme\": {\n      \"url\": \"https://acme.example/mcp\", // ours\n      \"headers\": { \"X-API-Key\": \"${env:ACME_KEY}\" },\n    }\n  }\n}\n",
	".vscode/mcp.json":      "{\n  // ours\n  \"mcpServers\": {\n    \"acme\": { \"url\": \"https://acme.example/mcp\", \"headers\": { \"X-API-Key\": \"${ACME_KEY}\" } }\n  }\n}\n",
	".codex/config.toml":    "# ours\n[mcp_servers.acme]\nurl = \"https://acme.example/mcp\"\nheaders = { X-Org = \"1\" } # the team\n",
	".roo/mcp.json":         "{ \"mcpServers\": { \"other\": { \"type\": \"http\", \"url\": \"https://other.example/mcp\" } } }",
	".gemini/settings.json": "{ \"theme\": \"dark\" }",
}

// mended are the same files after --fix.
var mended = map[string]string{
	".mcp.json":             "{\n  \"mcpServers\": {\n    \"acme\": {\n      \"type\": \"http\",\n      \"url\": \"https://acme.example/mcp\", // ours\n      \"headers\": { \"X-API-Key\": \"${ACME_KEY}\" }\n    }\n  }\n}\n",
	".vscode/mcp.json":      "{\n  // ours\n  \"servers\": {\n    \"acme\": { \"url\": \"https://acme.example/mcp\", \"headers\": { \"X-API-Key\": \"${env:ACME_KEY}\" } }\n  }\n}\n",
	".codex/config.toml":    "# ours\n[mcp_servers.acme]\nurl = \"https://acme.example/mcp\"\nhttp_headers = { X-Org = \"1\" } # the team\n",
	".roo/mcp.json":         "{ \"mcpServers\": { \"other\": { \"type\": \"streamable-http\", \"url\": \"https://other.example/mcp\" } } }",
	".gemini/settings.json": "{ \"theme\": \"dark\" }",
}

// ward is a folder with these files, and a home without any.
func ward(t *testing.T, files map[string]string) place {
	t.Helper()
	home := t.TempDir()
	p := at(t, "", "ACME_KEY="+goodKey, "HOME="+home, "USERPROFILE="+home, "APPDATA="+home)
	put(t, p.dir, files)
	return p
}

func (p place) holds(files map[string]string) {
	p.t.Helper()
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
		if err != nil || string(got) != want {
			p.t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, want)
		}
	}
}

// TestDoctor: all files are looked at, each as its client reads it; what is wrong is told with its place and what to do.
func TestDoctor(t *testing.T) {
	t.Parallel()
	p := ward(t, sick)
	o := p.run("doctor").want(1, ".mcp.json  Claude Code, project", "a comment stands in a file that is strict JSON.  HF201  .mcp.json:4:42", "--fix does it",
		".vscode/mcp.json", `Rename "mcpServers" to "servers".`, ".codex/config.toml:4:1", "Roo Code does not know this type", "Nothing was sent.", "headfast doctor --fix")
	if strings.Contains(o.out, "settings.json") {
		t.Errorf("a file without servers is told of:\n%s", o.out)
	}
	p.run("doctor", "other").want(1, ".roo/mcp.json:1:38", "1 error, 0 warnings and 0 notes in 1 file.")
	p.run("doctor", "--from", "codex").want(0, "HF203", "in 1 file.")
	p.run("doctor", "--from", "codex", "--strict").want(1)
	p.run("doctor", "-c", ".vscode/mcp.json", "--as", "cursor").want(1, "Cursor takes this variable")
	p.run("doctor", "-c", "none.json").want(3, "HF200", "none.json cannot be read")
	p.run("doctor", "nobody").want(3, "HF206", "nobody")
	p.run("doctor", "--from", "nobody").want(2, "HF301", "nobody")
	p.run("doctor", "--dry-run").want(2, "HF301")
	p.run("doctor", "--list-checks").want(0, "trailing-comma", "literal-secret")
	ward(t, nil).run("doctor").want(3, "HF200", "There is no configuration")
}

// TestDoctorJSON: the findings with their extents, by which the token can be sliced out of the file.
func TestDoctorJSON(t *testing.T) {
	t.Parallel()
	p := ward(t, sick)
	var doc struct {
		Findings []struct {
			Check, Severity, Code, Client, Server, Where, Path string
			At                                                 struct{ Start, End, Line, Column, EndLine, EndColumn int }
			Fixes                                              []struct {
				Safe  bool
				Edits []struct{ Text string }
			}
		}
		Error any
	}
	o := p.run("doctor", "--json", "-c", ".mcp.json").want(1)
	if err := json.Unmarshal([]byte(o.out), &doc); err != nil || doc.Error != nil {
		t.Fatal(err, doc.Error)
	}
	var got []string
	for _, f := range doc.Findings {
		got = append(got, f.Check+" "+f.Severity+" "+f.Client+" "+sick[".mcp.json"][f.At.Start:f.At.End])
		if f.At.Line != f.At.EndLine || f.At.EndColumn-f.At.Column != f.At.End-f.At.Start {
			t.Errorf("%+v", f)
		}
	}
	want := `missing-type error claude-code "https://acme.example/mcp"|comment error claude-code // ours|wrong-variable error claude-code ${env:ACME_KEY}|trailing-comma error claude-code ,`
	if strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
}

// TestDoctorFix: what can only be meant is mended in all files, byte by byte as little as can be; what a person must decide
// stays; the second time there is nothing to do. The mode and a link stay.
func TestDoctorFix(t *testing.T) {
	t.Parallel()
	p := ward(t, sick)
	real, link := filepath.Join(p.dir, "real.json"), filepath.Join(p.dir, ".roo", "mcp.json")
	if err := os.Rename(link, real); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Skip("this system lets nobody make links: " + err.Error())
	}
	p.run("doctor", "--fix", "--dry-run").want(1, "would fix  Remove the comma", "- ${env:ACME_KEY}", "+ ${ACME_KEY}")
	p.holds(sick)
	p.run("doctor", "--fix").want(1, "fixed  Remove the comma", "a comment stands in a file that is strict JSON")
	p.holds(mended)
	if to, err := os.Readlink(link); err != nil || to != real {
		t.Errorf("%q, %v", to, err)
	}
	if o := p.run("doctor", "--fix").want(1); strings.Contains(o.out, "fixed") {
		t.Errorf("the second time changes something:\n%s", o.out)
	}
	p.holds(mended)
	var doc struct{ Fixed []struct{ Title string } }
	put(t, p.dir, map[string]string{".mcp.json": sick[".mcp.json"]})
	if o := p.run("doctor", "--fix", "--json", "-c", ".mcp.json"); json.Unmarshal([]byte(o.out), &doc) != nil || len(doc.Fixed) != 3 {
		t.Errorf("%s", o.out)
	}
}

// TestDoctorFacts: a secret in a file that git tracks is an error; a file that cannot be read is a finding, and the others
// are looked at.
func TestDoctorFacts(t *testing.T) {
	t.Parallel()
	p := ward(t, map[string]string{
		".mcp.json":         `{ "mcpServers": { "acme": { "type": "http", "url": "https://acme.example/mcp", "headers": { "X-API-Key": "fake-key-1234" } } } }`,
		".cursor/mcp.json":  strings.Repeat("[", 5<<20),
		".vscode/mcp.json":  "{ \"servers\": { \"a\": { \"command\": \"npx\" } } }",
		".amazonq/mcp.json": "\xff\xfe",
	})
	p.run("doctor").want(1, "warning", "a secret stands in this file, in X-API-Key", "the file has more than 4 MiB", "this is UTF-16", "ok  .vscode/mcp.json")
	gitIndex(t, p.dir, ".mcp.json")
	p.run("doctor", "-c", ".mcp.json").want(1, "which git tracks", ".mcp.json:1:107")
}

// TestSARIF: what is written for code scanning is what the published schema wants, and has every finding.
func TestSARIF(t *testing.T) {
	t.Parallel()
	p := ward(t, sick)
	put(t, p.dir, map[string]string{".amazonq/mcp.json": "{ \"é😀\": 1,", ".cursor/mcp.json": strings.Repeat(" ", 5<<20)})
	o := p.run("doctor", "--sarif", "-").want(1)
	schema, err := jsonschema.NewCompiler().Compile("testdata/sarif-2.1.0-rtm.5.json")
	if err != nil {
		t.Fatal(err)
	}
	log, err := jsonschema.UnmarshalJSON(strings.NewReader(o.out))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(log); err != nil {
		t.Error(err)
	}
	for _, piece := range []string{`"uri": ".mcp.json"`, `"ruleId": "trailing-comma"`, `"level": "error"`, `"startColumn": 42`, `"insertedContent"`} {
		if !strings.Contains(o.out, piece) {
			t.Errorf("no %s in\n%s", piece, o.out)
		}
	}
	p.run("doctor", "--sarif", "out.sarif").want(1, "Nothing was sent.")
	if text, err := os.ReadFile(filepath.Join(p.dir, "out.sarif")); err != nil || string(text) != o.out {
		t.Error("the file has something else", err)
	}
	p.run("doctor", "--sarif", "no/such/folder").want(2, "HF301")
	p.run("doctor", "--sarif", "-", "--json").want(2, "HF301")
}

// gitIndex has git track a file.
func gitIndex(t *testing.T, dir, name string) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q"}, {"add", name}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}
