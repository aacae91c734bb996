package lint_test

import (
	"flag"
	"fmt"
	"github.com/headfast/headfast/wasm/problem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/lint"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is found into the vectors; read them afterwards")

const folder = "../testdata/lint"

// vector is one file of testdata/lint: sections "CLIENT PATH", each a configuration; "env" with NAME=value lines; "facts"
// with words of scope, tracked, exposed; and "findings", what is expected.
type vector struct {
	archive *txtar.Archive
	loads   []*msg.Load
	env     map[string]string
	want    *txtar.File
}

func readVector(t *testing.T, path string) *vector {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := &vector{archive: archive, env: map[string]string{}}
	facts := ""
	for i := range archive.Files {
		f := &archive.Files[i]
		switch f.Name {
		case "env":
			for line := range strings.Lines(string(f.Data)) {
				name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
				v.env[name] = value
			}
		case "facts":
			facts = string(f.Data)
		case "findings":
			v.want = f
		default:
			client, path, _ := strings.Cut(f.Name, " ")
			v.loads = append(v.loads, &msg.Load{ID: uint32(i + 1), Path: path, Dialect: client, Text: special(f.Data)})
		}
	}
	for _, l := range v.loads {
		l.Tracked, l.Exposed = strings.Contains(facts, "tracked"), strings.Contains(facts, "exposed")
		for _, scope := range []string{"user", "project", "managed"} {
			if strings.Contains(facts, scope) {
				l.Scope = scope
			}
		}
	}
	return v
}

// special puts in what a vector cannot have: "‹BOM›", "‹CR›" at a line's end, "‹TAB›" and "‹END›", before which the text ends.
func special(text []byte) []byte {
	s, _, _ := strings.Cut(string(text), "‹END›")
	return []byte(strings.NewReplacer("‹BOM›", "\uFEFF", "‹CR›", "\r", "‹TAB›", "\t").Replace(s))
}

func load(l *msg.Load) *lint.Text {
	d := dialect.Find(l.Dialect)
	file, e := config.Read(d, l.Path, l.Text)
	return lint.NewText(l, d, file, e, l.Text)
}

func (v *vector) lookup(name string) (string, bool) {
	value, found := v.env[name]
	return value, found
}

func (v *vector) run() (findings []msg.Finding, texts map[uint32][]byte) {
	texts = map[uint32][]byte{}
	var all []*lint.Text
	for _, l := range v.loads {
		all = append(all, load(l))
		texts[l.ID] = l.Text
	}
	return lint.Run(all, v.lookup), texts
}

// render is one finding: its place, the token that is there by slicing the text, what it says, and how to mend it.
func render(f msg.Finding, text []byte) string {
	var b strings.Builder
	p := f.Problem
	fmt.Fprintf(&b, "%d:%d %s\n  %s %s %s: %s\n", f.At.From.Line, f.At.From.Column, slice(text, f.At), p.Severity, f.Check, p.Code, p.Title)
	for _, more := range []string{p.Body, p.Hint} {
		if more != "" {
			fmt.Fprintf(&b, "  %s\n", more)
		}
	}
	for _, fix := range f.Fixes {
		safe := "fix"
		if fix.Safe {
			safe = "safe fix"
		}
		fmt.Fprintf(&b, "  %s: %s\n", safe, fix.Title)
		for _, e := range fix.Edits {
			fmt.Fprintf(&b, "    %d:%d %s -> %s\n", e.At.From.Line, e.At.From.Column, slice(text, e.At), escaped(e.Text))
		}
	}
	return b.String()
}

func slice(text []byte, at msg.Span) string {
	if int(at.Start) == len(text) {
		return "(end)"
	}
	return escaped(string(text[at.Start:at.End]))
}

func escaped(s string) string {
	return "‹" + strings.NewReplacer("\uFEFF", "BOM", "\n", "␊", "\r", "␍", "\t", "␉").Replace(s) + "›"
}

// TestFindings: what is told of each vector, at which token.
func TestFindings(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if len(paths) == 0 {
		t.Fatal("there are no vectors")
	}
	seen := map[string]bool{}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			v := readVector(t, path)
			if v.want == nil {
				t.Fatal("no findings section")
			}
			findings, texts := v.run()
			var b strings.Builder
			last := uint32(0)
			for _, f := range findings {
				if f.Config != last && len(v.loads) > 1 {
					b.WriteString("file " + f.Problem.Where.File + "\n")
				}
				last = f.Config
				seen[f.Check] = true
				b.WriteString(render(f, texts[f.Config]))
			}
			if *update {
				v.want.Data = []byte(b.String())
				if err := os.WriteFile(path, txtar.Format(v.archive), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if b.String() != string(v.want.Data) {
				t.Errorf("got\n%s\nwant\n%s", b.String(), v.want.Data)
			}
		})
	}
	for _, c := range problem.Checks {
		if !seen[c.Name] {
			t.Errorf("no vector has %s", c.Name)
		}
		delete(seen, c.Name)
	}
	for name := range seen {
		t.Errorf("%s is not in the list of checks", name)
	}
}
