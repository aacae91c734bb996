package dialect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
	"golang.org/x/tools/txtar"
)

// TestFiveMeanings: what each client makes of the same entry, which none of them says. The vector has the entry, and a
// table for where the variable is set, and one for where it is not.
func TestFiveMeanings(t *testing.T) {
	path := filepath.Join(folder, "five-meanings.txtar")
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, e := config.Read(claudeCode, ".mcp.json", archive.Files[0].Data)
	if e != nil {
		t.Fatal(e.Title)
	}
	for i, env := range []map[string]string{{"T": "fake-token"}, nil} {
		got := table(file.Entries[0], env)
		if *update {
			archive.Files[i+1].Data = []byte(got)
		} else if want := string(archive.Files[i+1].Data); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", archive.Files[i+1].Name, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// table is a line for each client: what it sends, and over what, or why it does not use the entry.
func table(five *config.Entry, env map[string]string) string {
	var b strings.Builder
	for _, d := range All {
		m := five.As(d).Mean(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
		b.WriteString(d.ID + strings.Repeat(" ", 16-len(d.ID)))
		if m.Refused != "" {
			b.WriteString("not used: " + m.Refused + "\n")
			continue
		}
		b.WriteString(strings.Join(m.Transports, ", then "))
		if len(m.Headers) == 0 {
			b.WriteString("; no header")
		}
		for _, h := range m.Headers {
			b.WriteString("; " + h.Name + ": " + h.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}
