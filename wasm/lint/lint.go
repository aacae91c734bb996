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
		sort.SliceStable(x.found, func(i, j int) bool { return x.found[i].At.Start < x.found[j].At.Start })
		all = append(all, x.found...)
	}
	return all
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

// finding is one in the making.
type finding struct {
	check, code string
	// severity is "error" where it is empty.
	severity          string
	title, body, hint string
	at                span
	fixes             []msg.Fix
}

const (
	warning = "warning"
	info    = "info"
)

func (x *look) add(f finding) {
	if len(x.found) >= mostFindings {
		return
	}
	p := msg.Error{Code: f.code, Party: "caller", Severity: f.severity, Title: f.title, Body: f.body, Hint: f.hint}
	if p.Severity == "" {
		p.Severity = "error"
	}
	if x.entry != nil {
		p.Server = x.entry.Name
		if x.off && p.Severity == "error" {
			p.Severity = warning
		}
	}
	at := x.Source.Span(f.at.start, f.at.end)
	p.Where = at.From
	x.found = append(x.found, msg.Finding{Config: x.ID, Check: f.check, Problem: p, At: at, Fixes: f.fixes})
}

// say remembers that a value was told about.
func (x *look) say(where msg.Position, code string) { x.told[told{where, code}] = true }

// known adds a problem that others have found, unless the value was told about.
func (x *look) known(check string, p *msg.Error, fixes ...msg.Fix) {
	if key := (told{p.Where, p.Code}); !x.told[key] {
		x.told[key] = true
		x.add(finding{check, p.Code, p.Severity, p.Title, p.Body, p.Hint, x.at(p.Where), fixes})
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

// fix is one way to mend something.
func fix(title string, safe bool, edits ...msg.Edit) msg.Fix {
	return msg.Fix{Title: title, Safe: safe, Edits: edits}
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
