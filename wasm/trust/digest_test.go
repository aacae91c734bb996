package trust_test

import (
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/trust"
)

// entry reads the entry of that name.
func entry(t *testing.T, client, path, text, name string) *config.Entry {
	t.Helper()
	file, e := config.Read(dialect.Find(client), path, []byte(text))
	if e != nil || file.Find(name) == nil {
		t.Fatalf("%s cannot be read: %+v", path, e)
	}
	return file.Find(name)
}

// TestWhatElseOfTheFileCounts: what an entry takes from elsewhere in its file, and where it is read, is part of what was
// agreed to; what other entries say is not.
func TestWhatElseOfTheFileCounts(t *testing.T) {
	type file struct{ client, source, text string }
	input := func(more string) string {
		return `{"inputs": [{"id": "key", "type": "promptString"` + more + `}], "servers": {"acme": {"type": "http", "url": "https://acme.example", "headers": {"X-A": "${input:key}"}}}}`
	}
	shared := func(header string) string {
		return "requestOptions:\n  headers: { " + header + " }\nmcpServers:\n  - { name: acme, type: sse, url: https://acme.example }\n"
	}
	plain := `{"mcpServers": {"acme": {"type": "http", "url": "https://acme.example"}}}`
	for name, c := range map[string]struct {
		before, after file
		same          bool
	}{
		"an input's definition":     {file{"vs-code", "/a", input("")}, file{"vs-code", "/a", input(`, "password": true`)}, false},
		"another input":             {file{"vs-code", "/a", input("")}, file{"vs-code", "/a", input(`}, {"id": "other", "type": "promptString"`)}, true},
		"a header for all servers":  {file{"continue", "/a", shared("X-A: b")}, file{"continue", "/a", shared("X-A: c")}, false},
		"the client":                {file{"claude-code", "/a", plain}, file{"cursor", "/a", plain}, false},
		"the file":                  {file{"claude-code", "/a", plain}, file{"claude-code", "/b", plain}, false},
		"white space":               {file{"claude-code", "/a", plain}, file{"claude-code", "/a", "\n " + plain + "\n"}, true},
		"a comment":                 {file{"vs-code", "/a", input("")}, file{"vs-code", "/a", "// new\n" + input("")}, true},
		"another way to write it":   {file{"claude-code", "/a", plain}, file{"claude-code", "/a", `{"mcpServers": {"acme": {"\u0074ype": "http", "url": "https:\/\/acme.example"}}}`}, true},
		"another entry of the file": {file{"claude-code", "/a", plain}, file{"claude-code", "/a", `{"mcpServers": {"b": {"command": "b"}, "acme": {"type": "http", "url": "https://acme.example"}}}`}, true},
	} {
		before := trust.Digest(c.before.source, entry(t, c.before.client, c.before.source, c.before.text, "acme"))
		after := trust.Digest(c.after.source, entry(t, c.after.client, c.after.source, c.after.text, "acme"))
		if (before == after) != c.same {
			t.Errorf("%s: it still stands: %v, want %v", name, before == after, c.same)
		}
	}
	helped := entry(t, "claude-code", "/a", plain, "acme")
	before := trust.Digest("/a", helped)
	helped.HelperDir = "/tmp"
	if trust.Digest("/a", helped) == before {
		t.Error("a program would be run in another folder, and what was agreed to still stands")
	}
}

// TestNamesAreNoPaths: names that a file system would take for another, or for a place, have keys of their own.
func TestNamesAreNoPaths(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"../../x", "x", "X", "CON", "a\x00b", "a", "\u00e9", "e\u0301", ".", "", "a/b", string(make([]byte, 10<<10))} {
		for _, source := range []string{"/a", "/A", "/a/../a"} {
			key := trust.Key(source, &config.Entry{Name: name})
			if other := seen[key]; other != "" || len(key) != 32 {
				t.Errorf("%q has the key of %q, or one that is no hash", name, other)
			}
			seen[key] = source + " " + name
		}
	}
}

// TestRecord: what is kept is read again, and what is no record was agreed to by nobody.
func TestRecord(t *testing.T) {
	r := trust.Record{Digest: "d", Server: "\x1b]8;;\u202e\"", File: `C:\a`, At: 7, Facts: []msg.Fact{{Name: "a", Text: "\x00\n"}, {Name: "b"}}}
	got := trust.Decode(r.Encode())
	if got.Digest != "d" || len(got.Facts) != 2 || got.Facts[0].Text != "\x00\n" || got.Facts[1].Name != "b" {
		t.Errorf("%+v", got)
	}
	for _, bad := range []string{"", "{", "[]", `{"digest":7}`, `{"digest":{"a":[]}}`, `{"facts":[["a"],"b",[1,2]]}`, r.Encode()[:40]} {
		if got := trust.Decode(bad); got.Digest != "" {
			t.Errorf("%q was agreed to", bad)
		}
	}
}
