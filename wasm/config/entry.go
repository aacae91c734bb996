package config

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// readEntry reads one server of mcpServers. Fields that it does not know are left alone: they may be
// another client's.
func readEntry(m member) *Entry {
	e := &Entry{Name: m.name, Where: m.where, Auth: Value{Text: "auto", Where: m.where}}
	if !m.value.isObject() {
		e.fail(problem.BadField, `"`+m.name+`" is `+m.value.kind()+" where an object was expected",
			`Write { "type": "http", "url": "https://…" }.`, m.value.where())
		return e
	}
	var kind, command *node
	for _, f := range e.once(m.value.members()) {
		switch f.name {
		case "type":
			kind = &f.value
		case "command":
			command = &f.value
			e.Command = e.value(f)
		case "args":
			e.readArgs(f.value)
		case "env":
			e.readEnv(f.value)
		case "url":
			e.URL = e.value(f)
		case "headers":
			e.readHeaders(f.value)
		case "headersHelper":
			e.readHelper(f)
		case "auth":
			e.readAuth(f)
		case "credentials":
			e.readCredentials(f.value)
		case "oauth":
			e.readOAuth(f)
		default:
			e.checkUnknown(f)
		}
	}
	e.readTransport(kind, command)
	if n := len(e.Variables()); n > mostVariables {
		e.URL, e.Headers, e.Command, e.Args, e.Env = newValue("", e.URL.Where), nil, newValue("", e.Command.Where), nil, nil
		e.OAuth, e.Helper = nil, nil
		e.fail(problem.BadField, `"`+e.Name+`" names more than 100 variables`, "Name fewer.", e.Where)
	}
	return e
}

// value reads a field that must be a string.
func (e *Entry) value(f member) Value {
	s, ok := f.value.text()
	if !ok {
		e.fail(problem.BadField, f.name+" is "+f.value.kind()+" where a string was expected", "Write it in quotation marks.", f.value.where())
	}
	return e.newValue(f.name, s, f.value.where())
}

// mostPlaces bounds how often one value names variables: each place is remembered, and a file is small where what it
// is expanded to is not.
const mostPlaces = 1000

// newValue splits a text of this entry; what says in a message which one it is.
func (e *Entry) newValue(what, text string, where msg.Position) Value {
	v := newValue(text, where)
	if v.places() <= mostPlaces {
		return v
	}
	e.fail(problem.BadField, what+" names variables more than 1000 times", "Name each once, or put the whole value into one variable.", where)
	return newValue("", where)
}

// once leaves of members with the same name the last, as JSON.parse does: else each could fill the bounds anew.
func (e *Entry) once(all []member) []member {
	last := map[string]int{}
	for i, m := range all {
		last[m.name] = i
	}
	kept := all[:0]
	for i, m := range all {
		if last[m.name] == i {
			kept = append(kept, m)
		} else if contains(fields, m.name) {
			e.warn(problem.DuplicateName, m.name+" is given twice", "This one is not used: the last one wins.", "Remove one of them.", m.where)
		}
	}
	return kept
}

func (e *Entry) readTransport(kind, command *node) {
	if kind == nil {
		e.missingType(command)
		return
	}
	name, ok := kind.text()
	if !ok {
		e.fail(problem.BadField, "type is "+kind.kind()+" where a string was expected", `Write "type": "http".`, kind.where())
		return
	}
	switch name {
	case "http", "streamable-http":
		e.Transport = HTTP
	case "sse":
		e.Transport = SSE
	case "stdio":
		e.Transport = Stdio
		e.needCommand()
		return
	default:
		e.Transport = name
		e.fail(problem.TransportMissing, `"`+e.Name+`" has the type "`+name+`", which is not spoken here`,
			`Use "http" (or "streamable-http"), "sse" or "stdio".`, kind.where())
		return
	}
	if e.URL.Where.Line == 0 {
		e.fail(problem.TransportMissing, `"`+e.Name+`" has no url`, `Add "url": "https://…/mcp".`, e.Where)
	}
}

// missingType is what Claude Code does with an entry without a type: a command makes it stdio, a URL
// alone is an error whose message suggests the type.
func (e *Entry) missingType(command *node) {
	switch {
	case command != nil:
		e.Transport = Stdio
		e.needCommand()
	case e.URL.Where.Line != 0:
		e.fail(problem.TransportMissing, `"`+e.Name+`" has a url and no type; Claude Code then takes it for a command`,
			`Add "type": "http" (or "sse").`, e.URL.Where)
	default:
		e.fail(problem.TransportMissing, `"`+e.Name+`" has neither a url nor a command`, `Add "type": "http" and "url".`, e.Where)
	}
}

func (e *Entry) fail(code, title, hint string, where msg.Position) {
	e.Problems = problem.Append(e.Problems, e.about(problem.New(code, title, "", hint), where))
}

func (e *Entry) warn(code, title, body, hint string, where msg.Position) {
	e.Problems = problem.Append(e.Problems, e.about(problem.Warn(code, title, body, hint), where))
}

func (e *Entry) about(p *msg.Error, where msg.Position) *msg.Error {
	p.Server, p.Where = e.Name, where
	return p
}
