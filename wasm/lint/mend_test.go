package lint_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/lint"
	"github.com/headfast/headfast/wasm/tree"
	"golang.org/x/tools/txtar"
)

// eachVector calls f with every vector of this package, and with every configuration of the dialects' vectors.
func eachVector(t *testing.T, f func(t *testing.T, v *vector)) {
	own, _ := filepath.Glob(filepath.Join(folder, "*.txtar"))
	others, _ := filepath.Glob("../testdata/dialects/*/*.txtar")
	if len(own) == 0 || len(others) < 200 {
		t.Fatal(len(own), len(others))
	}
	for _, path := range own {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { f(t, readVector(t, path)) })
	}
	for _, path := range others {
		id := filepath.Base(filepath.Dir(path))
		t.Run(id+"/"+strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { f(t, dialectVector(t, id, path)) })
	}
}

func dialectVector(t *testing.T, id, path string) *vector {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	v := &vector{env: map[string]string{}}
	for i, f := range archive.Files {
		if f.Name != "env" && f.Name != "meaning" {
			v.loads = append(v.loads, &msg.Load{ID: uint32(i + 1), Path: f.Name, Dialect: id, Text: f.Data, Tracked: true})
		}
	}
	return v
}

// one is what is found in a text by itself.
func (v *vector) one(l *msg.Load) []msg.Finding { return lint.Run([]*lint.Text{load(l)}, v.lookup) }

// TestTokens: every place is that of a token, or of the end of the text, in every configuration that there is.
func TestTokens(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		findings, texts := v.run()
		for _, f := range findings {
			checkToken(t, f, texts[f.Config])
		}
	})
}

func checkToken(t *testing.T, f msg.Finding, text []byte) {
	t.Helper()
	start, end := int(f.At.Start), int(f.At.End)
	if start > end || end > len(text) || start == end && start != len(text) {
		t.Fatalf("%s: from %d to %d of %d", f.Check, start, end, len(text))
	}
	token := string(text[start:end])
	if f.Check != "white-space" && f.Check != "bad-syntax" && strings.TrimSpace(token) != token {
		t.Errorf("%s: white space around %q", f.Check, token)
	}
	if from := tree.NewSource(f.Problem.Where.File, text).Span(start, end); from != f.At || f.Problem.Where != f.At.From {
		t.Errorf("%s: %+v, want %+v", f.Check, f.At, from)
	}
	for _, fix := range f.Fixes {
		if _, ok := msg.ApplyEdits(text, fix.Edits); !ok || len(fix.Edits) == 0 {
			t.Errorf("%s: %q cannot be applied", f.Check, fix.Title)
		}
	}
}

// TestMend: each way to mend something leaves every byte outside of its edits as it is and a text that is read no worse,
// has the finding no more, and changes nothing else of what the text says.
func TestMend(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		for _, l := range v.loads {
			before := v.one(l)
			for _, f := range before {
				for _, fix := range f.Fixes {
					v.mend(t, l, f, fix, before)
				}
			}
		}
	})
}

func (v *vector) mend(t *testing.T, l *msg.Load, f msg.Finding, fix msg.Fix, before []msg.Finding) {
	t.Helper()
	after := *l
	var ok bool
	if after.Text, ok = msg.ApplyEdits(l.Text, fix.Edits); !ok {
		t.Fatalf("%s: %q cannot be applied", f.Check, fix.Title)
	}
	if !outside(l.Text, after.Text, fix.Edits) {
		t.Errorf("%s: %q changes more than it says", f.Check, fix.Title)
	}
	findings := v.one(&after)
	if n := count(findings, f.Check); n >= count(before, f.Check) && !again(f, findings) {
		t.Errorf("%s at %d:%d: %q leaves %d of %d:\n%s", f.Check, f.At.From.Line, f.At.From.Column, fix.Title, n, count(before, f.Check), after.Text)
	}
	if broken := count(findings, "bad-syntax"); broken > count(before, "bad-syntax") {
		t.Errorf("%s: %q leaves a text that cannot be read:\n%s", f.Check, fix.Title, after.Text)
	}
	was, now := outline(l), outline(&after)
	if was != nil && len(changed(was, now)) > 2*len(fix.Edits)+words(fix) {
		t.Errorf("%s: %q changes %q", f.Check, fix.Title, changed(was, now))
	}
}

// again says that the same rule may find something else: another fault that the first one hid.
func again(f msg.Finding, after []msg.Finding) bool {
	return f.Problem.Code == "HF201" && !slices.ContainsFunc(after, func(g msg.Finding) bool { return g.Check == f.Check && g.At.Start <= f.At.Start })
}

// words is how many values of a list a fix adds, and of a map of which it changes the name.
func words(fix msg.Fix) int {
	n := 0
	for _, e := range fix.Edits {
		n += strings.Count(e.Text, ",")
	}
	if strings.HasPrefix(fix.Title, "Rename ") || strings.HasPrefix(fix.Title, "Remove the white space around the name") {
		n += 1000
	}
	return n
}

func count(findings []msg.Finding, check string) (n int) {
	for _, f := range findings {
		if f.Check == check {
			n++
		}
	}
	return n
}

// outside says that all but the edits' stretches are the same bytes.
func outside(before, after []byte, edits []msg.Edit) bool {
	from, to := 0, 0
	for _, e := range edits {
		n := int(e.At.Start) - from
		if !bytes.Equal(before[from:from+n], after[to:to+n]) {
			return false
		}
		from, to = int(e.At.End), to+n+len(e.Text)
	}
	return bytes.Equal(before[from:], after[to:])
}

// outline is all that a text says, a line for each value with the names that lead to it; nil where it cannot be read.
func outline(l *msg.Load) []string {
	s := tree.NewSource(l.Path, l.Text)
	parse := tree.JSONC
	switch dialect.Find(l.Dialect).Format {
	case config.TOML:
		parse = tree.TOML
	case config.YAML:
		parse = tree.YAML
	}
	root, err := parse(s)
	if err != nil {
		return nil
	}
	var lines []string
	var walk func(n tree.Node, path string)
	walk = func(n tree.Node, path string) {
		for _, m := range n.Members() {
			walk(m.Value, path+"/"+m.Name)
		}
		for _, item := range n.Items() {
			walk(item, path+"/-")
		}
		if n.Kind < tree.List {
			lines = append(lines, fmt.Sprint(path, " ", n.Kind, " ", n.Literal()))
		}
	}
	walk(root, "")
	slices.Sort(lines)
	return lines
}

// changed are the lines that only one of the two has.
func changed(a, b []string) (odd []string) {
	counts := map[string]int{}
	for _, line := range a {
		counts[line]++
	}
	for _, line := range b {
		counts[line]--
	}
	for line, n := range counts {
		if n != 0 {
			odd = append(odd, line)
		}
	}
	return odd
}

// TestSafeFixesEnd: making all safe fixes, again and again, ends in a text that has none, and the next time changes nothing.
func TestSafeFixesEnd(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		for _, l := range v.loads {
			now := *l
			for round := 0; ; round++ {
				edits := edit.Safe(v.one(&now))
				if len(edits) == 0 {
					break
				}
				if round == 20 {
					t.Fatalf("it goes on and on:\n%s", now.Text)
				}
				text, ok := msg.ApplyEdits(now.Text, edits)
				if !ok {
					t.Fatal("the edits cannot be applied")
				}
				now.Text = text
			}
			if was, is := outline(l), outline(&now); was != nil && is == nil {
				t.Errorf("the text cannot be read any more:\n%s", now.Text)
			}
		}
	})
}

// TestNothingShown: no finding has the text of a secret, not even in its fixes.
func TestNothingShown(t *testing.T) {
	eachVector(t, func(t *testing.T, v *vector) {
		findings, _ := v.run()
		for _, f := range findings {
			shown := fmt.Sprintf("%+v", f)
			for _, secret := range []string{"fake-key-1234", "fake-token-1234", "fake-pass", "fake-secret", "ghp_0000", "sk-fake", "some-value"} {
				if strings.Contains(shown, secret) {
					t.Errorf("%s shows %s: %s", f.Check, secret, shown)
				}
			}
		}
	})
}

// FuzzLint: no text makes it panic, and each place is that of a token.
func FuzzLint(f *testing.F) {
	paths, _ := filepath.Glob("../testdata/dialects/*/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for i, d := range dialect.All {
			if d.ID == filepath.Base(filepath.Dir(path)) {
				f.Add(uint8(i), archive.Files[0].Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, client uint8, text []byte) {
		d := dialect.All[int(client)%len(dialect.All)]
		v := &vector{}
		l := &msg.Load{ID: 1, Path: "f", Dialect: d.ID, Text: text, Tracked: true, Exposed: true, Scope: "user"}
		for _, finding := range v.one(l) {
			start, end := int(finding.At.Start), int(finding.At.End)
			if start > end || end > len(text) || start == end && start != len(text) {
				t.Fatalf("%s: from %d to %d of %d", finding.Check, start, end, len(text))
			}
			for _, fix := range finding.Fixes {
				if _, ok := msg.ApplyEdits(text, fix.Edits); !ok {
					t.Fatalf("%s: %q cannot be applied", finding.Check, fix.Title)
				}
			}
		}
	})
}
