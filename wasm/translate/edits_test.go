package translate

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"golang.org/x/tools/txtar"
)

// seeds are files of a client: those of its vectors, each also with CRLF, a comment and a byte order mark.
func seeds(t testing.TB, d *config.Dialect) (all [][]byte) {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(sources, d.ID, "*.txtar"))
	comment := "# a comment\n"
	if d.Format < config.TOML {
		comment = "// a comment\n"
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := archive.Files[0].Data
		crlf := bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		all = append(all, text, crlf, bytes.TrimRight(text, "\n"), append([]byte(comment), text...), append([]byte(mark), text...))
	}
	if d.Format != config.TOML {
		all = append(all, []byte("{}"), []byte("{\n}\n"))
	}
	if d.Format < config.TOML {
		all = append(all, []byte("{ // a comment\n}"))
	}
	return append(all, nil, []byte("\n"), []byte(comment))
}

// newcomers are entries with everything, from several dialects.
func newcomers(t testing.TB) (all []*config.Entry) {
	t.Helper()
	for _, text := range []string{
		`{"mcpServers": {"newcomer": {"type": "http", "url": "https://n.example/${P}", "headers": {"Authorization": "Bearer ${N_TOKEN}", "X-A": "b c"}}}}`,
		`{"mcpServers": {"new comer": {"command": "npx", "args": ["-y", "a \"b\" \\ c"], "env": {"N_TOKEN": "${N_TOKEN}", "A": "é"}}}}`,
	} {
		file, e := config.Read(dialect.Find("claude-code"), ".mcp.json", []byte(text))
		if e != nil {
			t.Fatal(e.Title)
		}
		all = append(all, file.Entries...)
	}
	file, e := config.Read(dialect.Find("vs-code"), "mcp.json",
		[]byte(`{"inputs": [{"id": "k", "type": "promptString", "description": "d"}], "servers": {"asks": {"type": "http", "url": "https://n.example/", "headers": {"X-Key": "${input:k}"}}}}`))
	if e != nil {
		t.Fatal(e.Title)
	}
	return append(all, file.Entries...)
}

// TestEdits: put into any file of the client, an entry leaves every other byte and every other entry as they were; put in
// once more, it is found to be there.
func TestEdits(t *testing.T) {
	put, refused := 0, 0
	for _, d := range dialect.All {
		for _, seed := range seeds(t, d) {
			for _, entry := range newcomers(t) {
				out, e := Entry(entry, d, "f", seed)
				if e != nil {
					refused++
					if d.Fill == nil && !broken(d, seed) && !strings.Contains(e.Title, "processes only") {
						t.Errorf("%s: %s\n%q", d.ID, e.Title, seed)
					}
					continue
				}
				put++
				text, ok := msg.ApplyEdits(seed, out.Edits)
				if !ok {
					t.Fatalf("%s: the edits do not apply: %+v", d.ID, out.Edits)
				}
				untouched(t, d, seed, out.Edits, text)
				again, e := Entry(entry, d, "f", text)
				if e != nil || !again.Replaces || len(again.Edits) != 0 {
					t.Errorf("%s: it is not found again: %v\n%s", d.ID, e, text)
				}
			}
		}
	}
	t.Logf("%d put, %d refused", put, refused)
	if put < 2000 {
		t.Errorf("only %d were put in", put)
	}
}

// broken says that the client cannot read the file by itself.
func broken(d *config.Dialect, text []byte) bool {
	file, e := config.Read(d, "f", bytes.TrimPrefix(text, []byte(mark)))
	if e != nil {
		return e.Code != "HF202"
	}
	for _, p := range file.Problems {
		if p.Severity == "error" {
			return true
		}
	}
	return false
}

// untouched says that nothing was taken away, and that what was there means what it did.
func untouched(t *testing.T, d *config.Dialect, seed []byte, edits []msg.Edit, text []byte) {
	t.Helper()
	for _, e := range edits {
		if taken := seed[e.At.Start:e.At.End]; len(bytes.Trim(taken, " \t\r\n[]")) > 0 {
			t.Errorf("%s: %q is taken away from\n%s", d.ID, taken, seed)
		}
		if bytes.Contains(seed, []byte("\r\n")) && strings.Count(e.Text, "\n") != strings.Count(e.Text, "\r\n") {
			t.Errorf("%s: the line ends differ: %q", d.ID, e.Text)
		}
	}
	before, e := config.Read(d, "f", bytes.TrimPrefix(seed, []byte(mark)))
	if e != nil {
		return
	}
	after, e := config.Read(d, "f", bytes.TrimPrefix(text, []byte(mark)))
	if e != nil {
		t.Fatalf("%s: %s\n%s", d.ID, e.Title, text)
	}
	for _, was := range before.Entries {
		var is *config.Entry
		for _, one := range after.Entries {
			if one.Name == was.Name && one.Project == was.Project {
				is = one
			}
		}
		if is == nil || !same(was, is) {
			t.Errorf("%s: %q is not what it was\n%s", d.ID, was.Name, text)
		}
	}
}

// TestReplace: in the place of an entry of its name, an entry leaves what is outside of that as it was.
func TestReplace(t *testing.T) {
	replaced := 0
	for _, d := range dialect.All {
		for _, seed := range seeds(t, d) {
			file, e := config.Read(d, "f", bytes.TrimPrefix(seed, []byte(mark)))
			if e != nil {
				continue
			}
			for _, old := range file.Entries {
				entry := *newcomers(t)[0]
				if entry.Name = old.Name; old.Project != "" {
					continue
				}
				out, e := Entry(&entry, d, "f", seed)
				if e != nil || len(out.Edits) == 0 || told(out.Losses, "it becomes") {
					continue
				}
				text, ok := msg.ApplyEdits(seed, out.Edits)
				if !ok {
					t.Fatalf("%s: the edits do not apply: %+v", d.ID, out.Edits)
				}
				replaced++
				after, e := config.Read(d, "f", bytes.TrimPrefix(text, []byte(mark)))
				if e != nil || !out.Replaces || len(after.Entries) != len(file.Entries) {
					t.Fatalf("%s: %v\n%s\nbecame\n%s", d.ID, e, seed, text)
				}
				for i, was := range file.Entries {
					if is := after.Entries[i]; d.Format != config.TOML && (was.Name != is.Name || was.Name != old.Name && !same(was, is)) {
						t.Errorf("%s: %q is not what it was\n%s\nbecame\n%s", d.ID, was.Name, seed, text)
					}
				}
			}
		}
	}
	if replaced < 500 {
		t.Errorf("only %d were replaced", replaced)
	}
}
