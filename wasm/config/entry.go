package config

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// readEntry reads one server. Fields that it does not know are left alone: they may be another client's.
func readEntry(d *Dialect, name string, where msg.Position, value tree.Node) *Entry {
	e := &Entry{Name: name, Where: where, Auth: Value{Text: "auto", Where: where}, Dialect: d, node: value}
	if value.Kind != tree.Map {
		e.fail(problem.BadField, `"`+name+`" is `+value.Kind.String()+" where an object was expected",
			`Write { "type": "http", "url": "https://…" }.`, value.Where())
		return e
	}
	if d.Fill != nil {
		d.Fill(e, value)
	} else {
		e.readFields(value.Members())
	}
	if n := len(e.Variables()); n > mostVariables {
		e.forget()
		e.fail(problem.BadField, `"`+e.Name+`" names more than 100 variables`, "Name fewer.", e.Where)
	}
	return e
}

// readFields reads the entry's members: those last that look at what others have said.
func (e *Entry) readFields(members []tree.Member) {
	fields := e.once(append([]tree.Member(nil), members...))
	if len(fields) > mostFields {
		e.fail(problem.BadField, `"`+e.Name+`" has more than 100 fields`, "Look whether it is a server's entry.", e.Where)
		return
	}
	for _, late := range []bool{false, true} {
		for _, f := range fields {
			if m := e.field(f.Name); (m == HeaderVariables || m == APIKeyField) == late {
				e.readField(f)
			}
		}
	}
	e.readTransport()
	e.remark(members)
	if e.Dialect.Check != nil {
		e.Dialect.Check(e, members)
	}
}

// forget drops all texts of the entry.
func (e *Entry) forget() {
	e.URL, e.Command = Value{Where: e.URL.Where}, Value{Where: e.Command.Where}
	e.Headers, e.Args, e.Env, e.OAuth, e.Helper = nil, nil, nil, nil, nil
}

// field is what a member of this name means, the dialect's own or one of Headfast's.
func (e *Entry) field(name string) Field {
	if f, known := e.Dialect.Fields[name]; known {
		return f
	}
	return Own[name]
}

// meaning is field, but a text under a name that is Headfast's own is Headfast's ("auth" is an object in Cursor).
func (e *Entry) meaning(f tree.Member) Field {
	if own, is := Own[f.Name]; is && f.Value.Kind == tree.String {
		return own
	}
	return e.field(f.Name)
}

func (e *Entry) readField(f tree.Member) {
	switch meaning := e.meaning(f); meaning {
	case TypeField:
		e.kind = &f.Value
	case CommandField:
		e.Command = e.value(f, InCommand)
	case CommandLine:
		e.readCommandLine(f)
	case ArgsField:
		e.readArgs(f.Value)
	case EnvField:
		e.readEnv(f.Value)
	case URLField, HTTPURLField:
		e.readURL(f, meaning)
	case HeadersField:
		e.readHeaders(f.Value)
	case HelperField:
		e.readHelper(f)
	case AuthField:
		e.readAuth(f)
	case CredentialsField:
		e.readCredentials(f.Value)
	case OAuthField:
		e.readOAuth(f)
	case DisabledField, EnabledField:
		e.Disabled = e.Disabled || f.Value.Is(meaning == DisabledField)
	case NestedField:
		for _, inner := range e.once(f.Value.Members()) {
			e.readField(inner)
		}
	case RequestOptions:
		e.readRequestOptions(f)
	case BearerVariable:
		e.readBearerVariable(f)
	case HeaderVariables:
		e.readHeaderVariables(f.Value)
	case EnvVariables:
		e.readEnvVariables(f.Value)
	case NeededVariables:
		e.readNeededVariables(f)
	case WrappedEnv:
		e.readWrappedEnv(f)
	case OAuthMember:
		e.readOAuthMember(f, false)
	case Doubtful:
		e.Say("whether "+e.Dialect.Name+" reads "+f.Name+" is not known", f.Where())
	case APIKeyField:
		e.readAPIKey(f)
	case Unknown:
		e.checkUnknown(f)
		e.Say(e.Dialect.Name+" does not read "+namePrefix(f.Name), f.Where())
	}
}

// readURL reads a url; one whose field says that it is Streamable HTTP goes before any other.
func (e *Entry) readURL(f tree.Member, meaning Field) {
	if e.byURL && meaning != HTTPURLField {
		return
	}
	e.byURL = meaning == HTTPURLField
	e.URL = e.value(f, InURL)
}

// value reads a field that must be a string.
func (e *Entry) value(f tree.Member, in In) Value {
	s, ok := f.Value.Text()
	if !ok {
		e.fail(problem.BadField, f.Name+" is "+f.Value.Kind.String()+" where a string was expected", "Write it in quotation marks.", f.Value.Where())
	}
	return e.newValue(f.Name, s, f.Value.Where(), in)
}

// mostPlaces bounds how often one value names variables: each place is remembered, and a file is small where what it
// is expanded to is not.
const mostPlaces = 1000

// newValue splits a text of this entry; what says in a message which one it is.
func (e *Entry) newValue(what, text string, where msg.Position, in In) Value {
	e.doubt(text, where, in)
	v := newValue(text, where, e.Dialect.Expansion.in(in))
	if v.places() <= mostPlaces {
		e.checkForeign(what, v, in)
		return v
	}
	e.fail(problem.BadField, what+" names variables more than 1000 times", "Name each once, or put the whole value into one variable.", where)
	return Value{Where: where}
}

// once leaves of members with the same name the last, as JSON.parse does: else each could fill the bounds anew.
func (e *Entry) once(all []tree.Member) []tree.Member {
	last := map[string]int{}
	for i, m := range all {
		last[m.Name] = i
	}
	kept, twice := all[:0], 0
	for i, m := range all {
		if last[m.Name] == i {
			kept = append(kept, m)
		} else if twice <= mostFields && e.field(m.Name) != Unknown {
			twice++ // beyond the problems of one entry: they are told together
			e.warn(problem.DuplicateName, m.Name+" is given twice", "This one is not used: the last one wins.", "Remove one of them.", m.Where())
		}
	}
	return kept
}

func (e *Entry) fail(code, title, hint string, where msg.Position) {
	e.Problems = problem.Append(e.Problems, e.about(problem.New(code, title, "", hint), where))
}

// failOwn tells what keeps Headfast from using the entry and not its client.
func (e *Entry) failOwn(code, title, hint string, where msg.Position) {
	p := e.about(problem.New(code, title, "", hint), where)
	e.Problems, e.own = problem.Append(e.Problems, p), append(e.own, p)
}

// wrong tells of something in a field that the client leaves out, or for which it does not use the entry.
func (e *Entry) wrong(field Field, code, title, hint string, where msg.Position) {
	for _, f := range e.Dialect.Lenient {
		if f == field {
			e.failOwn(code, title, hint, where)
			e.Say(e.Dialect.Name+" leaves out what is wrong here", where)
			return
		}
	}
	e.fail(code, title, hint, where)
}

func (e *Entry) warn(code, title, body, hint string, where msg.Position) {
	e.Problems = problem.Append(e.Problems, e.about(problem.Warn(code, title, body, hint), where))
}

func (e *Entry) about(p *msg.Error, where msg.Position) *msg.Error {
	p.Server, p.Where = e.Name, where
	return p
}
