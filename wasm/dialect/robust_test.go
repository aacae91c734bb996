package dialect

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"golang.org/x/tools/txtar"
)

// TestAnyFile: every dialect reads every vector's file, whole, without each of its lines and without each of its words: it
// may refuse it, with a place, and never panics.
func TestAnyFile(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(folder, "*", "*.txtar"))
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range variants(archive.Files[0].Data) {
			for _, d := range All {
				file, e := config.Read(d, "f", text)
				if e != nil {
					if e.Where.Line == 0 || e.Title == "" {
						t.Fatalf("%s: %s refuses without a place or words:\n%s", path, d.ID, text)
					}
					continue
				}
				for _, entry := range file.Entries {
					if i == 0 {
						asAll(entry)
					}
					for _, v := range []string{"", "fake"} {
						entry.Mean(func(string) (string, bool) { return v, v != "" })
					}
				}
			}
		}
	}
}

// asAll reads an entry as each client would.
func asAll(e *config.Entry) {
	for _, d := range All {
		e.As(d).Mean(func(string) (string, bool) { return "fake", true })
	}
}

// variants are a text, the text without each of its lines, and with each quoted word replaced by a number.
func variants(text []byte) [][]byte {
	all := [][]byte{text}
	lines := bytes.SplitAfter(text, []byte("\n"))
	for i := range lines {
		all = append(all, bytes.Join(append(append([][]byte{}, lines[:i]...), lines[i+1:]...), nil))
	}
	words := strings.Split(string(text), `"`)
	for i := 1; i < len(words)-1; i += 2 {
		all = append(all, []byte(strings.Join(words[:i], `"`)+"7"+strings.Join(words[i+1:], `"`)))
		all = append(all, []byte(strings.Join(words[:i], `"`)+`"x"`+strings.Join(words[i+1:], `"`)))
	}
	return all
}
