package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// What follows is for a dialect that reads its servers itself (Dialect.Servers, Dialect.Fill).

// Add reads one server. It is false where there are too many.
func (f *File) Add(name string, n tree.Node) bool { return f.add("", name, n.Where(), n) }

// Split is a text with the variables that the dialect knows in such a field; what is how messages call it.
func (e *Entry) Split(what, text string, where msg.Position, in In) Value {
	return e.newValue(what, text, where, in)
}

// AddHeader adds a header, of which the last of a name counts.
func (e *Entry) AddHeader(name string, v Value) {
	switch {
	case len(e.Headers) == mostHeaders:
		e.fail(problem.BadField, `"`+e.Name+`" has more than 100 headers`, "Configure fewer.", v.Where)
	case !IsToken(name):
		e.fail(problem.BadHeader, `"`+namePrefix(name)+`" is not a header name`, "Use letters, digits and hyphens.", v.Where)
	default:
		e.setHeader(Header{Name: name, Value: v})
	}
}

// AddArg adds an argument.
func (e *Entry) AddArg(v Value) {
	switch {
	case len(e.Args) == mostArguments:
		e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 arguments`, "Configure fewer.", v.Where)
	case strings.IndexByte(v.Text, 0) >= 0:
		e.fail(problem.BadField, "an argument has a NUL character", "Remove it.", v.Where)
	default:
		e.Args = append(e.Args, v)
	}
}

// AddEnv adds a variable of the process, of which the last of a name counts.
func (e *Entry) AddEnv(name string, v Value) {
	switch {
	case len(e.Env) == mostArguments:
		e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 variables in env`, "Configure fewer.", v.Where)
	case name == "" || strings.ContainsAny(name, "=\x00"):
		e.fail(problem.BadField, "env has a name that no variable can have", "Use letters, digits and underscores.", v.Where)
	case strings.IndexByte(v.Text, 0) >= 0:
		e.fail(problem.BadField, "the variable "+name+" has a NUL character", "Remove it.", v.Where)
	default:
		e.setEnv(Header{Name: name, Value: v})
	}
}

// Fail says that the file has no server that can be used, and what to do.
func (f *File) Fail(title, hint string, n tree.Node) {
	f.Problems = append(f.Problems, located(problem.New(problem.BadField, f.Path+" "+title, "", hint), n.Where()))
}
