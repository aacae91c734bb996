// Package lint says what is wrong with configuration files: each finding at the very token that it is about, with ways to
// mend it. It sends nothing and shows no value.
package lint

import (
	"sort"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// Text is a configuration that is looked at.
type Text struct {
	ID      uint32
	Dialect *config.Dialect
	Source  *tree.Source
	// File is what it was read as; nil where it cannot be read, and then Problem says why.
	File    *config.File
	Problem *msg.Error
	// Scope, Tracked and Exposed are as in msg.Load.
	Scope            string
	Tracked, Exposed bool
	// faults are what is wrong with how the text is written.
	faults []fault
}

// NewText looks at how a text is written. Where that is all that is wrong with it, it has a File all the same.
func NewText(l *msg.Load, d *config.Dialect, file *config.File, e *msg.Error, text []byte) *Text {
	t := &Text{ID: l.ID, Dialect: d, File: file, Problem: e, Scope: l.Scope, Tracked: l.Tracked, Exposed: l.Exposed}
	if e == nil {
		t.Source = file.Text
		return t
	}
	t.Source = tree.NewSource(l.Path, text)
	if e.Code == problem.NotJSON && d.Format < config.TOML && len(text) == len(l.Text) {
		var clean []byte
		if t.faults, clean = syntax(text, d.Format); clean != nil {
			t.File, t.Problem = config.Read(d, l.Path, clean)
		}
	}
	if t.Problem != nil && t.Problem.Code == problem.WrongTopKey {
		t.readUnder()
	}
	return t
}

// readUnder reads the servers under the key that they stand under.
func (t *Text) readUnder() {
	start, end := t.extent(t.Source.Offset(t.Problem.Where))
	if key := strings.Trim(string(t.Source.Text[start:end]), `"'`); key != "" && key != "{" {
		t.File, _ = config.Read(t.Dialect.Under(key), t.Source.Path, t.Source.Text)
	}
}

// Variables are those of all entries that a driver can know: what a person is asked for and what stands in a file is not.
func (t *Text) Variables() (names []string) {
	if t.File == nil {
		return nil
	}
	for _, e := range t.File.Entries {
		for _, name := range e.Variables() {
			if !strings.HasPrefix(name, "input:") && !strings.HasPrefix(name, "file:") {
				names = append(names, name)
			}
		}
	}
	return names
}

// Run is what is wrong with these texts, of which an earlier one goes before a later one of the same client. lookup is
// where the values of variables come from.
func Run(texts []*Text, lookup func(name string) (string, bool)) (all []msg.Finding) {
	first := map[string]msg.Position{}
	for _, t := range texts {
		x := &look{Text: t, lookup: lookup, told: map[told]bool{}}
		x.file(first)
		sort.Sort(inOrder(x.found))
		all = append(all, x.found...)
	}
	return all
}

// inOrder are findings in the order of their tokens, and then by name, with what is about the whole file last.
type inOrder []msg.Finding

func (l inOrder) Len() int      { return len(l) }
func (l inOrder) Swap(i, j int) { l[i], l[j] = l[j], l[i] }
func (l inOrder) Less(i, j int) bool {
	a, b := &l[i], &l[j]
	if a.At.Start != b.At.Start {
		return a.At.Start < b.At.Start
	}
	if last := "exposed-secret"; (a.Check == last) != (b.Check == last) {
		return b.Check == last
	}
	return a.Check+a.Problem.Title < b.Check+b.Problem.Title
}

// look is one text while it is looked at.
type look struct {
	*Text
	lookup func(name string) (string, bool)
	found  []msg.Finding
	told   map[told]bool
	// secrets are where literal ones stand.
	secrets []span
	// entry is the one that is looked at, off that it is switched off.
	entry *config.Entry
	off   bool
}

type span struct{ start, end int }

// told is what was said of a value, by its place: another rule need not say it again.
type told struct {
	where msg.Position
	code  string
}

// mostFindings bounds what is told of one file.
const mostFindings = 1000

const (
	warning = "warning"
	info    = "info"
)

// rules are the checks, each with its code and how severe it is: x, ! or i.
const rules = " bad-syntax=HF201x missing-comma=HF201x trailing-comma=HF201x comment=HF201x byte-order-mark=HF201x wrong-top-key=HF202x bad-field=HF203x" +
	" missing-type=HF209x unknown-type=HF209x no-transport=HF209x command-and-url=HF203! untyped-sse=HF209! deprecated-transport=! unknown-field=HF203!" +
	" ignored-field=HF203i disabled=i refused-entry=HF203x lost-file=HF203x client-note=i duplicate-name=HF207! shadowed-name=HF207! unset-variable=HF102x" +
	" wrong-variable=HF102x literal-secret=HF221! tracked-secret=HF221x exposed-secret=HF221! url-secret=HF221! cleartext=HF208! bad-header=HF205x" +
	" white-space=HF203! quoted-value=HF203! auth-scheme=HF205! placeholder=HF203! both-conflict=HF203x bad-url=HF204x command-line=HF203!" +
	" unexpanded-path=HF203! "

// add tells of something. What more there is to say of it is put into the answer before the next is added.
func (x *look) add(check string, at span, title, hint string) *msg.Finding {
	_, rule, _ := strings.Cut(rules, " "+check+"=")
	rule, _, _ = strings.Cut(rule, " ")
	code := rule[:len(rule)-1]
	f := msg.Finding{Config: x.ID, Check: check, At: x.Source.Span(at.start, at.end)}
	f.Problem = msg.Error{Code: code, Party: "caller", Title: title, Hint: hint, Where: f.At.From}
	if x.entry != nil {
		f.Problem.Server = x.entry.Name
	}
	told := &f
	if len(x.found) < mostFindings {
		x.found = append(x.found, f)
		told = &x.found[len(x.found)-1]
	}
	x.severe(told, [...]string{"error", warning, info}[strings.IndexByte("x!i", rule[len(code)])])
	return told
}

// severe says how severe a finding is: in an entry that is switched off nothing is an error.
func (x *look) severe(f *msg.Finding, severity string) {
	if x.off && severity == "error" {
		severity = warning
	}
	f.Problem.Severity = severity
}

// say remembers that a value was told about.
func (x *look) say(where msg.Position, code string) { x.told[told{where, code}] = true }

// known adds a problem that others have found, unless the value was told about.
func (x *look) known(check string, p *msg.Error, fixes ...msg.Fix) {
	if key := (told{p.Where, p.Code}); !x.told[key] {
		x.told[key] = true
		f := x.add(check, x.at(p.Where), p.Title, p.Hint)
		f.Problem.Code, f.Problem.Body, f.Fixes = p.Code, p.Body, fixes
		x.severe(f, p.Severity)
	}
}

// at is the token at a place of the file.
func (x *look) at(where msg.Position) span {
	from := x.Source
	if x.File != nil {
		from = x.File.Text
	}
	return x.token(from.Offset(where))
}

// token is the one at an offset.
func (x *look) token(at int) span {
	start, end := x.extent(at)
	return span{start, end}
}

// fix is the one way to mend something.
func fix(title string, safe bool, edits ...msg.Edit) []msg.Fix {
	return []msg.Fix{{Title: title, Safe: safe, Edits: edits}}
}

func (x *look) replace(at span, text string) msg.Edit {
	return edit.Replace(x.Source, at.start, at.end, text)
}

func (x *look) syntax() edit.Syntax {
	switch x.Dialect.Format {
	case config.TOML:
		return edit.TOML
	case config.YAML:
		return edit.YAML
	}
	return edit.JSON
}
