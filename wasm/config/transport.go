package config

import (
	"sort"

	"github.com/headfast/headfast/wasm/problem"
)

// readTransport decides how the server is reached, and tells of what is not used for that.
func (e *Entry) readTransport() {
	e.decideTransport()
	if e.Command.Where.Line == 0 || e.URL.Where.Line == 0 || e.refusal() != nil {
		return
	}
	used, left, at := "command", e.Dialect.nameOf(URLField, "url"), e.URL.Where
	if e.Transport != Stdio {
		used, left, at = left, e.Dialect.nameOf(CommandField, "command"), e.Command.Where
	}
	e.warn(problem.BadField, `"`+e.Name+`" has a command and a url`, e.Dialect.Name+" takes "+used+", and "+left+" is not used.", "Remove one of them.", at)
	e.TwoWays = e.Problems[len(e.Problems)-1]
}

// decideTransport goes by the type or by what there is.
func (e *Entry) decideTransport() {
	if e.byURL {
		e.Transport = HTTP
		return
	}
	if e.kind == nil {
		e.untyped()
		return
	}
	name, ok := e.kind.Text()
	if !ok && e.Dialect.AnyType {
		e.untyped()
		return
	}
	if !ok {
		e.fail(problem.BadField, "type is "+e.kind.Kind.String()+" where a string was expected", "Write "+e.Dialect.written(TypeField, "type", e.Dialect.typeOf(HTTP))+".", e.kind.Where())
		return
	}
	transport, known := e.Dialect.Types[name]
	switch {
	case transport == WebSocket:
		e.Transport = transport
		e.failOwn(problem.TransportMissing, `"`+e.Name+`" has the type "`+name+`", which is not spoken here`, "Use one of "+e.Dialect.typeNames()+".", e.kind.Where())
	case !known && e.Dialect.AnyType, e.Dialect.Untyped == ByURL && e.URL.Where.Line == 0:
		e.untyped()
	case !known:
		e.Transport = name
		e.fail(problem.TransportMissing, `"`+e.Name+`" has the type "`+name+`", which is not spoken here`, "Use one of "+e.Dialect.typeNames()+".", e.kind.Where())
	case transport == BuiltIn:
		e.Transport = BuiltIn
	case transport == Stdio:
		e.Transport = Stdio
		e.needCommand()
	default:
		e.Transport = transport
		e.needURL()
	}
}

// Typed says that the entry has a type.
func (e *Entry) Typed() bool { return e.kind != nil }

// untyped is what the client does with an entry without a type.
func (e *Entry) untyped() {
	command, url := e.Command.Where.Line != 0, e.URL.Where.Line != 0
	switch {
	case e.Dialect.Untyped == TypeNeeded && (command || url || !e.Disabled):
		e.fail(problem.TransportMissing, `"`+e.Name+`" has no type, which `+e.Dialect.Name+" needs", "Add one of "+e.Dialect.typeNames()+".", e.Where)
	case url && e.Dialect.Untyped == ByURL:
		e.Transport = HTTP
	case command || e.Dialect.Untyped == Process && !url:
		e.Transport = Stdio
		e.needCommand()
	case !url:
		e.fail(problem.TransportMissing, `"`+e.Name+`" has neither a url nor a command`, "Add "+e.Dialect.remote()+".", e.Where)
	case e.Dialect.Untyped == NotUsed || e.Dialect.Untyped == Process:
		no := "no type"
		if e.kind != nil {
			no = "a type that is not known"
		}
		e.fail(problem.TransportMissing, `"`+e.Name+`" has a url and `+no+`; `+e.Dialect.Name+" then takes it for a command",
			"Add "+e.Dialect.written(TypeField, "type", e.Dialect.typeOf(HTTP))+e.Dialect.orSSE()+".", e.URL.Where)
	case e.Dialect.Untyped == LegacySSE:
		e.Transport = SSE
	default:
		e.Transport = HTTP
	}
}

func (e *Entry) needURL() {
	if e.URL.Where.Line == 0 {
		e.fail(problem.TransportMissing, `"`+e.Name+`" has no `+e.Dialect.nameOf(URLField, "url"), "Add "+e.Dialect.written(URLField, "url", "https://…/mcp")+".", e.Where)
	}
}

// typeNames are the types that the dialect knows, for a hint.
func (d *Dialect) typeNames() string {
	var names []string
	for name, transport := range d.Types {
		if transport != WebSocket && transport != BuiltIn {
			names = append(names, `"`+name+`"`)
		}
	}
	sort.Strings(names)
	return problem.Join(names)
}
