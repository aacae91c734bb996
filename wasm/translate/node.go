package translate

import (
	"strings"

	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/tree"
)

// node is a value that is to be written, with its name where it is a member. text is a string's value, or a number or
// boolean as it is written; list are the elements, or the members of a map.
type node struct {
	name string
	kind tree.Kind
	text string
	list []node
}

func text(name, value string) node { return node{name: name, kind: tree.String, text: value} }

func raw(name, literal string) node { return node{name: name, kind: tree.Bool, text: literal} }

func object(name string, members ...node) node {
	return node{name: name, kind: tree.Map, list: members}
}

func texts(name string, values []string) node {
	n := node{name: name, kind: tree.List}
	for _, v := range values {
		n.list = append(n.list, text("", v))
	}
	return n
}

// at is the member of n that a path with dots leads to; what is not there is made.
func (n *node) at(path string) *node {
	name, rest, more := strings.Cut(path, ".")
	var found *node
	for i := range n.list {
		if n.list[i].name == name {
			found = &n.list[i]
		}
	}
	if found == nil {
		n.list = append(n.list, object(name))
		found = &n.list[len(n.list)-1]
	}
	if more {
		return found.at(rest)
	}
	return found
}

// nested says whether a list or a map has another one within, so that it is written by lines.
func (n node) nested() bool {
	for _, m := range n.list {
		if m.kind >= tree.List {
			return true
		}
	}
	return false
}

// json is the value, by lines with "\n"; all but the first begin with indent. A map of the depth 0 is in one line.
func (n node) json(unit, indent string) string {
	open, shut := "{", "}"
	switch n.kind {
	case tree.String:
		return edit.Quote(n.text)
	case tree.List:
		open, shut = "[", "]"
	case tree.Map:
	default:
		return n.text
	}
	if len(n.list) == 0 {
		return open + shut
	}
	inner, between, end := "\n"+indent+unit, ",\n"+indent+unit, "\n"+indent
	if n.kind == tree.List && !n.nested() {
		inner, between, end = "", ", ", ""
	}
	var b strings.Builder
	b.WriteString(open)
	for i, m := range n.list {
		if i == 0 {
			b.WriteString(inner)
		} else {
			b.WriteString(between)
		}
		if n.kind == tree.Map {
			b.WriteString(edit.Quote(m.name) + ": ")
		}
		b.WriteString(m.json(unit, indent+unit))
	}
	return b.String() + end + shut
}

// inline is the value in one line, as TOML has it, or YAML where yaml is set.
func (n node) inline(x edit.Syntax) string {
	open, shut, equals := "[", "]", " = "
	switch n.kind {
	case tree.String:
		return x.Value(n.text)
	case tree.List:
	case tree.Map:
		if open, shut = "{ ", " }"; x == edit.YAML {
			equals = ": "
		}
	default:
		return n.text
	}
	if len(n.list) == 0 {
		return strings.TrimSpace(open) + strings.TrimSpace(shut)
	}
	parts := make([]string, len(n.list))
	for i, m := range n.list {
		if n.kind == tree.Map {
			parts[i] = x.Name(m.name) + equals
		}
		parts[i] += m.inline(x)
	}
	return open + strings.Join(parts, ", ") + shut
}

// yaml are the members of a map by lines, each with its line end; all but the first begin with indent.
func (n node) yaml(indent string) string {
	var b strings.Builder
	for i, m := range n.list {
		if i > 0 {
			b.WriteString(indent)
		}
		b.WriteString(edit.YAML.Name(m.name) + ":")
		if m.kind == tree.Map && len(m.list) > 0 {
			b.WriteString("\n" + indent + "  " + m.yaml(indent+"  "))
		} else {
			b.WriteString(" " + m.inline(edit.YAML) + "\n")
		}
	}
	return b.String()
}

// table are the members as a TOML table under a header, each with its line end.
func (n node) table(path ...string) string {
	for i, name := range path {
		path[i] = edit.TOML.Name(name)
	}
	var b strings.Builder
	b.WriteString("[" + strings.Join(path, ".") + "]\n")
	for _, m := range n.list {
		b.WriteString(edit.TOML.Name(m.name) + " = " + m.inline(edit.TOML) + "\n")
	}
	return b.String()
}
