package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// mostArguments bounds a command's arguments and the variables of its environment.
const mostArguments = 1000

// readArgs reads the arguments of a command: an array of strings, each one argument as it is, since no shell is
// between.
func (e *Entry) readArgs(n tree.Node) {
	if n.Kind != tree.List {
		e.fail(problem.BadField, "args is "+n.Kind.String()+" where an array of strings was expected", `Write "args": ["first", "second"].`, n.Where())
		return
	}
	e.readArguments(n.Items())
}

func (e *Entry) readArguments(items []tree.Node) {
	for i, el := range items {
		text, ok := el.Text()
		switch {
		case i == mostArguments:
			e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 arguments`, "Configure fewer.", el.Where())
			return
		case !ok:
			e.fail(problem.BadField, "args holds "+el.Kind.String()+" where a string was expected", "Write it in quotation marks.", el.Where())
		case strings.IndexByte(text, 0) >= 0:
			e.fail(problem.BadField, "an argument has a NUL character", "Remove it.", el.Where())
		default:
			e.Args = append(e.Args, e.newValue("an argument", text, el.Where(), InArgs))
		}
	}
}

// readEnv reads the variables that a process gets besides what its platform needs.
func (e *Entry) readEnv(n tree.Node) {
	if n.Kind != tree.Map {
		e.fail(problem.BadField, "env is "+n.Kind.String()+" where an object was expected", `Write "env": { "NAME": "value" }.`, n.Where())
		return
	}
	for i, m := range n.Members() {
		text, ok := e.scalar(m.Value)
		switch {
		case i == mostArguments:
			e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 variables in env`, "Configure fewer.", m.Where())
			return
		case m.Name == "" || strings.ContainsAny(m.Name, "=\x00"):
			e.fail(problem.BadField, "env has a name that no variable can have", "Use letters, digits and underscores.", m.Where())
		case !ok && m.Value.Kind == tree.Null && e.Dialect.Scalars:
			e.Say(e.Dialect.Name+" takes "+m.Name+" out of the process's environment", m.Value.Where())
		case !ok:
			e.wrong(EnvField, problem.BadField, "the variable "+m.Name+" is "+m.Value.Kind.String()+" where a string was expected", "Write it in quotation marks.", m.Value.Where())
		case strings.IndexByte(text, 0) >= 0:
			e.fail(problem.BadField, "the variable "+m.Name+" has a NUL character", "Remove it.", m.Value.Where())
		default:
			e.setEnv(Header{Name: m.Name, Value: e.newValue("the variable "+m.Name, text, m.Value.Where(), InEnv)})
		}
	}
}

// scalar is the text of a variable of env; a number is its text where the client takes it so.
func (e *Entry) scalar(n tree.Node) (text string, ok bool) {
	if e.Dialect.Scalars && n.Kind == tree.Number {
		return n.Literal(), true
	}
	return n.Text()
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
		hint := "Add " + e.Dialect.written(CommandField, "command", "…")
		if e.Dialect.Untyped != Process {
			hint += ", or " + e.Dialect.remote()
		}
		hint += "."
		e.fail(problem.TransportMissing, `"`+e.Name+`" has no `+e.Dialect.nameOf(CommandField, "command"), hint, e.Where)
	}
}
