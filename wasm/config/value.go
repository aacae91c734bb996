package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Value is a text of the file with the place where it stands, split into literals and variables.
type Value struct {
	Text  string
	Where msg.Position
	parts []part
}

// part is a literal, or a variable with or without a default.
type part struct {
	literal string
	// written is the variable as it stands in the file, such as ${env:NAME}.
	written    string
	name       string
	fallback   string
	hasDefault bool
	form       Form
	// blank is what the client does where a variable that a field names is not set or has nothing in it.
	blank blank
	// at is where the fallback stands, where that is another place than the value's.
	at *msg.Position
	// foreign says that the client does not know this variable: it goes out as it is written.
	foreign bool
}

// blank is about a variable that a field names.
type blank uint8

// Such a variable is like any other, needed for the entry, or left out with the header that it is the value of.
const (
	likeAny blank = iota
	needed
	leftOut
)

// MaxValue bounds a value with its variables put in, in bytes: a file of a few bytes could name a long one a thousand
// times.
const MaxValue = 64 << 10

// newValue splits a text at its variables, in the forms that are expanded here. What is not one of them is a literal. It
// stops behind one variable more than a value may name.
func newValue(text string, where msg.Position, forms Form) Value {
	v := Value{Text: text, Where: where}
	at := 0
	for places := 0; places <= mostPlaces; places++ {
		start, end, p, ok := forms.next(text, at)
		if !ok {
			break
		}
		if start > at {
			v.parts = append(v.parts, part{literal: text[at:start]})
		}
		v.parts = append(v.parts, p)
		at = end
	}
	if at < len(text) {
		v.parts = append(v.parts, part{literal: text[at:]})
	}
	return v
}

// Variables are the names in the value, each once, in the order of their first places.
func (v Value) Variables() []string { return v.names(func(part) bool { return true }) }

// names are the variables of which one place fits, each once: a value may have a name many times.
func (v Value) names(fits func(part) bool) []string {
	seen := map[string]bool{}
	var names []string
	for _, p := range v.parts {
		if p.name != "" && !seen[p.name] && fits(p) {
			seen[p.name] = true
			names = append(names, p.name)
		}
	}
	return names
}

// places is how often the value names a variable.
func (v Value) places() (n int) {
	for _, p := range v.parts {
		if p.name != "" {
			n++
		}
	}
	return n
}

// Defaults are the variables whose default is taken, since they have no value.
func (v Value) Defaults(lookup func(name string) (string, bool)) []string {
	return v.names(func(p part) bool {
		_, found := lookup(p.name)
		return p.hasDefault && !found
	})
}

// Expand puts the variables' values in. A variable with no value and no default is returned in unset, once, and then
// the text is not fit to be sent. long says that it would have more than MaxValue: then there is none.
func (v Value) Expand(lookup func(name string) (string, bool)) (text string, unset []string, long bool) {
	unset = v.names(func(p part) bool {
		_, found := lookup(p.name)
		return !found && !p.hasDefault
	})
	var b strings.Builder
	for _, p := range v.parts {
		value := p.literal
		if p.name != "" {
			var found bool
			if value, found = lookup(p.name); !found {
				value = p.fallback
			}
		}
		if b.Len()+len(value) > MaxValue {
			return "", unset, true
		}
		b.WriteString(value)
	}
	return b.String(), unset, false
}

// Show is the value for people: a variable for which secret says so stays as its name, every other is
// expanded. One that is too long is not shown.
func (v Value) Show(lookup func(name string) (string, bool), secret func(name string) bool) string {
	text, _, long := v.Expand(func(name string) (string, bool) {
		value, ok := lookup(name)
		if secret(name) || !ok && !v.hasDefault(name) {
			return "${" + name + "}", true
		}
		return value, ok
	})
	if long {
		return "…"
	}
	return text
}

func (v Value) hasDefault(name string) bool {
	for _, p := range v.parts {
		if p.name == name && p.hasDefault {
			return true
		}
	}
	return false
}
