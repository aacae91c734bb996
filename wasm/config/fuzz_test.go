package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// FuzzClaudeCode: any text gives a file or a typed problem with a place inside the text; what encoding/json
// refuses is refused, every position points at the token it names, and expansion never panics.
func FuzzClaudeCode(f *testing.F) {
	seeds, _ := filepath.Glob("../testdata/vectors/config-*.txtar")
	for _, path := range seeds {
		if text, err := os.ReadFile(path); err == nil {
			f.Add(text)
		}
	}
	f.Add([]byte(`{"mcpServers":{"a":{"type":"http","url":"https://${H:-x}/","headers":{"A":"${B}"},"auth":"none","credentials":["A"]}}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file, problem := Read(ClaudeCode, "f", text)
		if (file == nil) == (problem == nil) {
			t.Fatal("neither or both of a file and a problem")
		}
		if problem != nil {
			if problem.Code == "" || problem.Title == "" || problem.Where.Line == 0 {
				t.Fatalf("a problem without words or place: %+v", problem)
			}
			return
		}
		if !json.Valid(text) {
			t.Fatal("encoding/json refuses what was read")
		}
		for _, e := range file.Entries {
			checkEntry(t, text, e)
		}
	})
}

func checkEntry(t *testing.T, text []byte, e *Entry) {
	t.Helper()
	if c := charAt(text, int(e.Where.Line), int(e.Where.Column)); c != '"' {
		t.Fatalf("%q at %d:%d stands at %q, not at its quotation mark", e.Name, e.Where.Line, e.Where.Column, c)
	}
	for _, h := range e.Headers {
		if c := charAt(text, int(h.Value.Where.Line), int(h.Value.Where.Column)); c != '"' {
			t.Fatalf("the value of %q stands at %q", h.Name, c)
		}
		if got, _, long := h.Value.Expand(func(string) (string, bool) { return "", true }); !long && len(h.Value.Variables()) == 0 && got != h.Value.Text {
			t.Fatalf("a value without variables changes: %q, %q", h.Value.Text, got)
		}
	}
	for _, p := range e.Problems {
		if p.Where.Line == 0 || p.Title == "" || p.Server != e.Name {
			t.Fatalf("a problem without words or place: %+v", p)
		}
	}
}

// charAt is the character at a line and a UTF-16 column, found by walking from the front.
func charAt(text []byte, line, column int) rune {
	l, c, cr := 1, 1, false
	for _, r := range string(text) {
		if l == line && c == column {
			return r
		}
		switch {
		case r == '\n' && cr:
			cr = false
		case r == '\n' || r == '\r':
			l, c, cr = l+1, 1, r == '\r'
		default:
			cr = false
			c++
			if r > 0xFFFF {
				c++
			}
		}
	}
	return 0
}
