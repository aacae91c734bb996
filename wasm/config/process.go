package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
)

// mostArguments bounds a command's arguments and the variables of its environment.
const mostArguments = 1000

// readArgs reads the arguments of a command: an array of strings, each one argument as it is, since no shell is
// between.
func (e *Entry) readArgs(n node) {
	if len(n.raw) == 0 || n.raw[0] != '[' {
		e.fail(problem.BadField, "args is "+n.kind()+" where an array of strings was expected", `Write "args": ["first", "second"].`, n.where())
		return
	}
	for i, el := range n.elements() {
		text, ok := el.text()
		switch {
		case i == mostArguments:
			e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 arguments`, "Configure fewer.", el.where())
			return
		case !ok:
			e.fail(problem.BadField, "args holds "+el.kind()+" where a string was expected", "Write it in quotation marks.", el.where())
		case strings.IndexByte(text, 0) >= 0:
			e.fail(problem.BadField, "an argument has a NUL character", "Remove it.", el.where())
		default:
			e.Args = append(e.Args, e.newValue("an argument", text, el.where()))
		}
	}
}

// readEnv reads the variables that a process gets besides what its platform needs.
func (e *Entry) readEnv(n node) {
	if !n.isObject() {
		e.fail(problem.BadField, "env is "+n.kind()+" where an object was expected", `Write "env": { "NAME": "value" }.`, n.where())
		return
	}
	for i, m := range n.members() {
		text, ok := m.value.text()
		switch {
		case i == mostArguments:
			e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 variables in env`, "Configure fewer.", m.where)
			return
		case m.name == "" || strings.ContainsAny(m.name, "=\x00"):
			e.fail(problem.BadField, "env has a name that no variable can have", "Use letters, digits and underscores.", m.where)
		case !ok:
			e.fail(problem.BadField, "the variable "+m.name+" is "+m.value.kind()+" where a string was expected", "Write it in quotation marks.", m.value.where())
		case strings.IndexByte(text, 0) >= 0:
			e.fail(problem.BadField, "the variable "+m.name+" has a NUL character", "Remove it.", m.value.where())
		default:
			e.setEnv(Header{Name: m.name, Value: e.newValue("the variable "+m.name, text, m.value.where())})
		}
	}
}

// setEnv keeps the file's order; of a name given twice the last wins.
func (e *Entry) setEnv(v Header) {
	for i, old := range e.Env {
		if old.Name == v.Name {
			e.warn(problem.DuplicateName, "the variable "+v.Name+" is given twice", "The one at "+problem.At(old.Value.Where)+" is not used: the last one wins.",
				"Remove one of them.", v.Value.Where)
			e.Env[i] = v
			return
		}
	}
	e.Env = append(e.Env, v)
}

// needCommand demands a command of an entry that is a process.
func (e *Entry) needCommand() {
	if strings.TrimSpace(e.Command.Text) == "" || strings.IndexByte(e.Command.Text, 0) >= 0 {
		e.fail(problem.TransportMissing, `"`+e.Name+`" has no command`, `Add "command": "…", or "type": "http" and "url".`, e.Where)
	}
}
