package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// perhaps reads with comments and trailing commas what is no strict JSON; doubt is why it is none. Where it is not
// readable that way either, the first error stands.
func perhaps(src *tree.Source, root tree.Node, strict *tree.Error) (_ tree.Node, doubt, err *tree.Error) {
	if lenient, err := tree.JSONC(src); err == nil {
		return lenient, strict, nil
	}
	return root, nil, strict
}

// doubt tells what the client may not be able to read.
func (f *File) doubt(src *tree.Source, err *tree.Error) {
	if err != nil {
		f.Problems = append(f.Problems, located(problem.Warn(problem.NotJSON, "whether "+f.Dialect.Name+" reads comments and trailing commas is not known",
			"", "Remove them, to be sure."), src.At(err.Offset)))
	}
}

// doubt notes a variable in a field of which it is not known whether the client expands it.
func (e *Entry) doubt(text string, where msg.Position, in In) {
	x := e.Dialect.Expansion
	if x.Doubt&in == 0 {
		return
	}
	if _, _, p, is := x.Forms.next(text, 0); is {
		e.Say("whether "+e.Dialect.Name+" expands "+hideDefaults(p.written)+" here is not known", where)
	}
}

// readUnwrapped reads servers that stand at the top of the file. It is false where none does.
func (f *File) readUnwrapped(root tree.Node) bool {
	if !f.Dialect.Unwrapped || !f.hasEntry(root) {
		return false
	}
	for _, m := range root.Members() {
		if !f.add("", m.Name, m.Where(), m.Value) {
			break
		}
	}
	return true
}

// hasEntry says whether a member looks like a server.
func (f *File) hasEntry(root tree.Node) bool {
	for _, m := range root.Members() {
		for _, inner := range m.Value.Members() {
			switch f.Dialect.Fields[inner.Name] {
			case TypeField, CommandField, URLField:
				return true
			}
		}
	}
	return false
}

// share gives the headers that stand once for all remote servers to those that have none of that name.
func (f *File) share(root tree.Node) {
	m, _ := root.Last(f.Dialect.Shared)
	if f.Dialect.Shared == "" || m == nil {
		return
	}
	common := &Entry{Name: m.Name, Dialect: f.Dialect}
	common.readRequestOptions(*m)
	f.Problems = append(f.Problems, common.Problems...)
	for _, e := range f.Entries {
		for _, h := range common.Headers {
			if e.Transport != Stdio && !e.has(h.Name) {
				e.Headers = append(e.Headers, h)
			}
		}
	}
}

// has says whether the entry has a header of that name.
func (e *Entry) has(name string) bool {
	for _, h := range e.Headers {
		if strings.EqualFold(h.Name, name) {
			return true
		}
	}
	return false
}
