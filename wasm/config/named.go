package config

import (
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// readBearerVariable reads the name of the variable whose value is a bearer token (Codex CLI).
func (e *Entry) readBearerVariable(f tree.Member) {
	if name, ok := e.variableName(f); ok {
		e.setHeader(Header{Name: "Authorization", Value: Value{Text: name, Where: f.Value.Where(), parts: []part{{literal: "Bearer "}, {name: name, written: name, blank: needed}}}})
	}
}

// readHeaderVariables reads headers of which each names the variable of its value (Codex CLI).
func (e *Entry) readHeaderVariables(n tree.Node) {
	if n.Kind != tree.Map {
		e.fail(problem.BadField, "this is "+n.Kind.String()+" where an object was expected", "Write header names, each with the name of a variable.", n.Where())
		return
	}
	for i, m := range n.Members() {
		if i == mostHeaders {
			e.fail(problem.BadField, `"`+e.Name+`" has more than 100 headers`, "Configure fewer.", m.Where())
			return
		}
		if !e.headerName(m) {
			continue
		}
		if name, ok := e.variableName(m); ok {
			v := part{name: name, written: name, blank: leftOut}
			fixed := e.header(m.Name)
			if fixed != nil { // it is what goes out where the variable is not set
				at := fixed.Value.Where
				v.fallback, v.hasDefault, v.at = fixed.Value.Text, true, &at
			}
			value := Value{Text: name, Where: m.Value.Where(), parts: []part{v}}
			if fixed != nil {
				fixed.Value = value
			} else {
				e.setHeader(Header{Name: m.Name, Value: value})
			}
		}
	}
}

// readEnvVariables reads the names of variables that a process gets with their values: strings, or objects with a name
// (Codex CLI).
func (e *Entry) readEnvVariables(n tree.Node) {
	for i, item := range n.Items() {
		if i == mostArguments {
			e.fail(problem.BadField, `"`+e.Name+`" passes on more than 1000 variables`, "Configure fewer.", item.Where())
			return
		}
		if m, _ := item.Last("name"); m != nil {
			item = m.Value
		}
		name, ok := item.Text()
		if !ok || name == "" {
			e.fail(problem.BadField, "this names no variable", "Write the name of an environment variable, in quotation marks.", item.Where())
			return
		}
		v := part{name: name, written: name, blank: leftOut}
		e.setEnv(Header{Name: name, Value: Value{Text: name, Where: item.Where(), parts: []part{v}}})
	}
}

func (e *Entry) variableName(f tree.Member) (name string, ok bool) {
	if name, ok = f.Value.Text(); !ok || name == "" {
		e.fail(problem.BadField, f.Name+" names no variable", "Write the name of an environment variable, in quotation marks.", f.Value.Where())
		return "", false
	}
	return name, true
}

// readAPIKey reads a bearer token, before which goes what the headers say (Continue).
func (e *Entry) readAPIKey(f tree.Member) {
	v := e.value(f, InHeaders)
	v.parts = append([]part{{literal: "Bearer "}}, v.parts...)
	e.setHeader(Header{Name: "Authorization", Value: v})
}

// readCommandLine reads the program and its arguments in one list (opencode).
func (e *Entry) readCommandLine(f tree.Member) {
	items := f.Value.Items()
	if len(items) == 0 || items[0].Kind != tree.String {
		e.fail(problem.BadField, f.Name+" is "+f.Value.Kind.String()+" where an array of strings was expected", `Write ["program", "argument"].`, f.Value.Where())
		return
	}
	text, _ := items[0].Text()
	e.Command = e.newValue(f.Name, text, items[0].Where(), InCommand)
	e.readArguments(items[1:])
}
