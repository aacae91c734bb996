package config

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// Variable is what the file itself says of a variable: where its value comes from.
type Variable struct {
	// Name is what is looked up.
	Name string
	// Text is the value where Name is empty, else the default where HasDefault is set.
	Text       string
	HasDefault bool
	// Foreign says that the client does not know the variable, and sends it as it is written.
	Foreign bool
}

// Bind replaces the value's variables by what of says of each.
func (v Value) Bind(of func(name string) Variable) Value {
	parts := append([]part(nil), v.parts...)
	for i, p := range parts {
		if p.name == "" {
			continue
		}
		switch is := of(p.name); {
		case is.Name == "":
			parts[i] = part{literal: is.Text}
		default:
			p.name, p.foreign = is.Name, is.Foreign
			if is.HasDefault {
				p.fallback, p.hasDefault = is.Text, true
			}
			parts[i] = p
		}
	}
	v.parts = parts
	return v
}

// Bind is Value.Bind of all that is sent or started.
func (e *Entry) Bind(of func(name string) Variable) {
	e.URL, e.Command = e.URL.Bind(of), e.Command.Bind(of)
	for i, h := range e.Headers {
		e.Headers[i].Value = h.Value.Bind(of)
	}
	for i, a := range e.Args {
		e.Args[i] = a.Bind(of)
	}
	for i, v := range e.Env {
		e.Env[i].Value = v.Value.Bind(of)
	}
}

// Answer is a value that is what a variable is, with its default where it has one.
func Answer(name, fallback string, hasDefault bool, where msg.Position) Value {
	return Value{Text: name, Where: where, parts: []part{{name: name, written: name, fallback: fallback, hasDefault: hasDefault}}}
}

// Is says whether the value is one variable and nothing else.
func (v Value) Is(name string) bool {
	return len(v.parts) == 1 && v.parts[0].name == name
}

// readNeededVariables reads names of variables that a process gets with their values: those of the environment, or of the
// client's store (Goose).
func (e *Entry) readNeededVariables(f tree.Member) {
	if f.Value.Kind != tree.List {
		e.fail(problem.BadField, f.Name+" is "+f.Value.Kind.String()+" where an array of names was expected", "Write the names of variables.", f.Value.Where())
		return
	}
	for i, item := range f.Value.Items() {
		name, ok := item.Text()
		switch {
		case i == mostVariables:
			e.fail(problem.BadField, `"`+e.Name+`" names more than 100 variables`, "Name fewer.", item.Where())
			return
		case !ok || name == "":
			e.fail(problem.BadField, f.Name+" holds "+item.Kind.String()+" where a name was expected", "Write the name of a variable.", item.Where())
		case !e.hasEnv(name):
			e.Env = append(e.Env, Header{Name: name, Value: Answer(name, "", false, item.Where())})
		}
	}
}

func (e *Entry) hasEnv(name string) bool {
	for _, v := range e.Env {
		if v.Name == name {
			return true
		}
	}
	return false
}

// readWrappedEnv reads env as a map, or as an object that has the map under "variables" (Junie).
func (e *Entry) readWrappedEnv(f tree.Member) {
	if inner, _ := f.Value.Last("variables"); inner != nil && inner.Value.Kind == tree.Map {
		e.readEnv(inner.Value)
		return
	}
	e.readEnv(f.Value)
}

// readRequestOptions reads the headers of an object that has other options of requests besides (Continue).
func (e *Entry) readRequestOptions(f tree.Member) {
	if h, _ := f.Value.Last("headers"); h != nil {
		e.readHeaders(h.Value)
	}
}
