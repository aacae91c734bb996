package dialect

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is read into the vectors; read them afterwards")

const folder = "../testdata/dialects"

// TestVectors: each file of testdata/dialects/CLIENT is a configuration, the environment and what the client makes of it.
// The section "file" may have any extension; "env" has NAME=value lines; "meaning" is what is expected.
func TestVectors(t *testing.T) {
	for _, d := range All {
		files, _ := filepath.Glob(filepath.Join(folder, d.ID, "*.txtar"))
		for _, path := range files {
			t.Run(d.ID+"/"+strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { vector(t, d, path) })
		}
		if len(files) < 10 {
			t.Errorf("%s has %d vectors, want 10 at least", d.ID, len(files))
		}
	}
}

func vector(t *testing.T, d *config.Dialect, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file, want *txtar.File
	env := map[string]string{}
	for i := range archive.Files {
		f := &archive.Files[i]
		switch f.Name {
		case "env":
			env = variables(string(f.Data))
		case "meaning":
			want = f
		default:
			file = f
		}
	}
	if file == nil || want == nil || !strings.Contains(string(archive.Comment), "Source: ") {
		t.Fatal("a vector has a configuration, a meaning, and in its comment a line \"Source: …\"")
	}
	got := meanings(d, file.Name, file.Data, env)
	if *update {
		want.Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != string(want.Data) {
		t.Errorf("got\n%s\nwant\n%s", got, want.Data)
	}
}

func variables(text string) map[string]string {
	env := map[string]string{}
	for line := range strings.Lines(text) {
		if name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "="); ok {
			env[name] = value
		}
	}
	return env
}

// meanings writes what the client makes of a file, an entry after the other.
func meanings(d *config.Dialect, path string, text []byte, env map[string]string) string {
	var b strings.Builder
	file, e := config.Read(d, path, text)
	if e != nil {
		return "error at" + strings.Replace(at(e.Where), "@", "", 1) + ": " + e.Title + "\n"
	}
	for _, entry := range file.Entries {
		m := entry.Mean(func(name string) (string, bool) { v, ok := env[name]; return v, ok })
		write(&b, entry, m)
	}
	for _, p := range file.Problems {
		b.WriteString("problem: " + p.Title + "\n")
	}
	return b.String()
}

// at is a place as it is written in a vector.
func at(where msg.Position) string {
	return " @" + strconv.Itoa(int(where.Line)) + ":" + strconv.Itoa(int(where.Column))
}

func write(b *strings.Builder, e *config.Entry, m *config.Meaning) {
	if e.Project != "" {
		b.WriteString(e.Project + " ")
	}
	b.WriteString(e.Name + at(e.Where) + "\n")
	if m.Refused != "" {
		b.WriteString("  not used: " + m.Refused + "\n")
	} else {
		b.WriteString("  " + strings.Join(m.Transports, ", then "))
		for _, s := range append([]config.Sent{m.Command, m.URL}, m.Args...) {
			if s.Where.Line != 0 {
				b.WriteString(" " + s.Text + at(s.Where))
			}
		}
		b.WriteString("\n")
		for _, s := range append(m.Headers, m.Env...) {
			b.WriteString("  " + s.Name + ": " + s.Text + at(s.Where))
			for _, v := range s.Literal {
				b.WriteString(" (" + v + " as it is)")
			}
			for _, v := range s.Empty {
				b.WriteString(" (" + v + " is empty)")
			}
			if s.Once != "" {
				b.WriteString(" (once " + s.Once + ")")
			}
			b.WriteString("\n")
		}
		if m.Client.Where.Line != 0 {
			b.WriteString("  client " + m.Client.Text + at(m.Client.Where) + "\n")
		}
	}
	for _, n := range m.Notes {
		b.WriteString("  note: " + n.Text + at(n.Where) + "\n")
	}
}
