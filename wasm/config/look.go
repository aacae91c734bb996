package config

import (
	"sort"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/tree"
)

// What follows is for who looks at a file to tell what is wrong with it (package lint).

// Under is the dialect with its servers under another key.
func (d *Dialect) Under(top string) *Dialect {
	same := *d
	same.Tops = []string{top}
	return &same
}

// Node is the entry as it stands in the file.
func (e *Entry) Node() tree.Node { return e.node }

// FieldOf is what a member of this name is for the entry's client.
func (e *Entry) FieldOf(name string) Field { return e.field(name) }

// Notes are what a person would not expect of the entry, whatever its variables are.
func (e *Entry) Notes() []Note { return e.notes }

// Lost says that the client does not use the entry because of another one.
func (e *Entry) Lost() bool { return e.lost }

// Refusal is the problem for which the client does not use the entry, or nil.
func (e *Entry) Refusal() *msg.Error { return e.refusal() }

// Mention is a variable of a value, as it stands in the file.
type Mention struct {
	// Written is the variable as it is written, Name what is looked up.
	Written, Name string
	// Default says that there is a value for it where it has none.
	Default bool
	// Foreign says that the client does not know this form, and takes it for a literal; Place that it is a folder or the
	// like, which only the client knows.
	Foreign, Place bool
	// Unset is what the client does where it has no value.
	Unset Unset
}

// Mentions are the variables in the value, of the client's own form and of others'.
func (e *Entry) Mentions(v Value) (all []Mention) {
	for _, p := range v.parts {
		if p.name != "" {
			all = append(all, Mention{p.written, p.name, p.hasDefault, p.foreign, p.form&(Folders|Workspace|Editor|Tilde) != 0, e.Dialect.Expansion.unset(p)})
			continue
		}
		for at := 0; len(all) < mostNotes; {
			_, end, f, ok := foreignForms.next(p.literal, at)
			if !ok {
				break
			}
			all, at = append(all, Mention{Written: f.written, Name: strings.TrimPrefix(f.name, "env:"), Default: f.hasDefault, Foreign: true}), end
		}
	}
	return all
}

// Literal is the value's text without its variables.
func (v Value) Literal() string {
	var b strings.Builder
	for _, p := range v.parts {
		b.WriteString(p.literal)
	}
	return b.String()
}

// VariableIn is how the client writes a variable in such a field; empty where it has none there.
func (d *Dialect) VariableIn(name string, in In) string {
	switch forms := d.Expansion.in(in); {
	case forms&(Braces|Bare|Identifier) != 0:
		return "${" + name + "}"
	case forms&EnvColon != 0:
		return "${env:" + name + "}"
	case forms&EnvBraces != 0:
		return "{env:" + name + "}"
	case forms&Secrets != 0:
		return "${{ secrets." + name + " }}"
	}
	return ""
}

// Knows says whether the client expands variables of one of these forms in such a field.
func (d *Dialect) Knows(forms Form, in In) bool { return d.Expansion.in(in)&forms != 0 }

// TypeOf is how the client calls a transport; empty where it has no type for it. The usual name goes before others.
func (d *Dialect) TypeOf(transport string) string {
	var names []string
	for name, t := range d.Types {
		if t == transport {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, usual := range append([]string{transport, "streamable-http"}, names...) {
		if d.Types[usual] == transport {
			return usual
		}
	}
	return ""
}

// BareVariable is NAME where the text has $NAME in capitals, which other tools expand; else empty.
func BareVariable(text string) string { return bareVariable(text) }
