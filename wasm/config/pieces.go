package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/tree"
)

// What follows is for whoever writes an entry anew: what it is made of, and how a client would write that.

// Piece is a part of a value: a literal, or a variable where Name is not empty.
type Piece struct {
	Literal string
	// Name is what is looked up: a variable of the environment, or "input:id", "file:path" and their like.
	Name string
	// Written is the variable as it stands in the file; empty where a field names it.
	Written string
	// Default is what it is where it is not set.
	Default    string
	HasDefault bool
	// OfClient says that only the client knows what it stands for, as ${workspaceFolder}.
	OfClient bool
	// Foreign says that the client sends it as it is written.
	Foreign bool
}

// Pieces are the parts of the value, in order.
func (v Value) Pieces() []Piece {
	all := make([]Piece, len(v.parts))
	for i, p := range v.parts {
		all[i] = Piece{p.literal, p.name, p.written, p.fallback, p.hasDefault, p.form&(Folders|Editor) != 0, p.foreign}
	}
	return all
}

// Used is the entry as if it were switched on, and no other entry kept the client from using it.
func (e *Entry) Used() *Entry {
	c := *e
	c.Disabled, c.lost = false, false
	return &c
}

// Members are those of the entry, as they stand in the file.
func (e *Entry) Members() []tree.Member { return e.node.Members() }

// Means is what a member means, where the entry stands.
func (e *Entry) Means(m tree.Member) Field { return e.meaning(m) }

// Member is the client's name of a field of this meaning; empty where it has none.
func (d *Dialect) Member(meaning Field) string { return d.named(meaning) }

// Expands says whether the client expands variables in such a field; doubt, that it is not known.
func (d *Dialect) Expands(in In) (forms Form, doubt bool) {
	if forms = d.Expansion.in(in); forms == 0 && d.Expansion.Doubt&in != 0 {
		return d.Expansion.Forms, true
	}
	return forms, false
}

// Places is how often the client finds a variable in such a text.
func (d *Dialect) Variables(text string, in In) int {
	forms, _ := d.Expands(in)
	return newValue(text, msg.Position{}, forms).places()
}

// Spell writes a variable in one of the forms; empty where none of them can say it.
func (f Form) Spell(p Piece) string {
	kind, _, prefixed := strings.Cut(p.Name, ":")
	fits := false
	switch {
	case p.OfClient:
		fits = f&Folders != 0 && contains(folders, kind) || f&Workspace != 0 && p.Name == folders[0] || f&Editor != 0 && (kind == "config" || kind == "command")
	case prefixed && kind == "input":
		fits = f&Input != 0
	case prefixed && kind == "file":
		if f&FileBraces != 0 {
			return "{" + p.Name + "}"
		}
		fits = f&FileColon != 0
	case f&Identifier != 0:
		fits = identifier(p.Name)
	case f&Braces != 0:
		fits = !strings.ContainsAny(p.Name, "}") && !strings.Contains(p.Name, ":-")
	case f&EnvColon != 0:
		return "${env:" + p.Name + "}"
	case f&EnvBraces != 0:
		return "{env:" + p.Name + "}"
	case f&Secrets != 0 && !strings.ContainsAny(p.Name, " }"):
		return "${{ secrets." + p.Name + " }}"
	}
	switch {
	case !fits:
		return ""
	case p.HasDefault && f&Default != 0 && !p.OfClient && !prefixed:
		return "${" + p.Name + ":-" + p.Default + "}"
	}
	return "${" + p.Name + "}"
}

// Parse reads a text in the format as leniently as the client may.
func (f Format) Parse(s *tree.Source) (tree.Node, *tree.Error) {
	root, _, err := f.parse(s)
	if err != nil && f == JSONPerhaps {
		root, _, err = perhaps(s, root, err)
	}
	return root, err
}
