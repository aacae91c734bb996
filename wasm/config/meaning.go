package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// Meaning is what the client of the file does with one entry, as far as public sources say: not what Headfast does with
// it. Its texts hold secrets.
type Meaning struct {
	// Refused says why the client does not use the entry; empty where it does.
	Refused string
	// Transports are those that it tries, in order.
	Transports []string
	URL        Sent
	Headers    []Sent
	Command    Sent
	Args, Env  []Sent
	// Notes are what a person would not expect, a sentence each.
	Notes []Note
}

// Sent is a text as the client sends it.
type Sent struct {
	Name, Text string
	Where      msg.Position
	// Literal are the variables that go out as they are written, Empty those that become empty.
	Literal, Empty []string
}

// Note is a remark about a place of the file.
type Note struct {
	Text  string
	Where msg.Position
}

// Mean applies the dialect to an entry. lookup is where the variables' values come from.
func (e *Entry) Mean(lookup func(name string) (string, bool)) *Meaning {
	m := &Meaning{Notes: e.notes}
	if e.Disabled {
		m.Refused = "the entry is switched off"
		return m
	}
	if p := e.brokenThere(); p != nil {
		m.Refused = p.Title
		return m
	}
	m.Transports = e.transports()
	x := e.Dialect.Expansion
	if e.Transport == Stdio {
		m.Command = m.sent(x, "command", e.Command, lookup)
		for _, a := range e.Args {
			m.Args = append(m.Args, m.sent(x, "an argument", a, lookup))
		}
		for _, v := range e.Env {
			m.Env = append(m.Env, m.sent(x, v.Name, v.Value, lookup))
		}
		return m
	}
	m.URL = m.sent(x, "the URL", e.URL, lookup)
	for _, h := range e.Headers {
		m.Headers = append(m.Headers, m.sent(x, h.Name, h.Value, lookup))
	}
	if e.Dialect.Meant != nil {
		e.Dialect.Meant(e, m, lookup)
	}
	return m
}

// brokenThere is what keeps the client from using the entry: a variable that it does not know does not.
func (e *Entry) brokenThere() *msg.Error {
	for _, p := range e.Problems {
		if p.Severity == "error" && p.Code != problem.VariableUnset {
			return p
		}
	}
	return nil
}

// As is the same entry, read as another client reads its own.
func (e *Entry) As(d *Dialect) *Entry {
	if d == e.Dialect {
		return e
	}
	return readEntry(d, e.Name, e.Where, e.node)
}

// transports are those that the client tries.
func (e *Entry) transports() []string {
	if e.Transport == HTTP && (e.Dialect.FallsBack == Always || e.Dialect.FallsBack == WithoutType && e.kind == nil) {
		return []string{HTTP, SSE}
	}
	return []string{e.Transport}
}

// sent expands a text as the client does.
func (m *Meaning) sent(x Expansion, name string, v Value, lookup func(string) (string, bool)) Sent {
	s := Sent{Name: name, Where: v.Where}
	var b strings.Builder
	for _, p := range v.parts {
		value, found := p.literal, true
		if p.name == "" {
			for _, f := range foreign(p.literal) {
				s.Literal = append(s.Literal, f.written)
			}
		} else {
			if value, found = lookup(p.name); !found && p.hasDefault {
				value, found = p.fallback, true
			}
		}
		if !found {
			value = m.unset(x.Unset, p, &s)
		}
		if b.Len()+len(value) > MaxValue {
			break
		}
		b.WriteString(value)
	}
	s.Text = b.String()
	return s
}

// unset is what becomes of a variable without a value.
func (m *Meaning) unset(u Unset, p part, s *Sent) string {
	switch u {
	case MadeEmpty:
		s.Empty = append(s.Empty, p.name)
		return ""
	case Fails:
		m.Refused = p.name + " is not set"
		return ""
	case UnsetUnknown:
		m.Notes = append(m.Notes, Note{p.name + " is not set, and what this client then does is not known", s.Where})
	}
	s.Literal = append(s.Literal, p.written)
	return p.written
}

// Say adds a note about a place of the entry, once.
func (e *Entry) Say(text string, where msg.Position) {
	for _, n := range e.notes {
		if n.Text == text {
			return
		}
	}
	if len(e.notes) < mostNotes {
		e.notes = append(e.notes, Note{text, where})
	}
}

// mostNotes bounds what is remarked about one entry.
const mostNotes = 20

// Refuse says that the client does not use the entry: what is wrong, and what to do.
func (e *Entry) Refuse(title, hint string, where msg.Position) {
	e.fail(problem.BadField, title, hint, where)
}
