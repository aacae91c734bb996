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
	// Client is the OAuth client that the entry names.
	Client Sent
	// Notes are what a person would not expect, a sentence each.
	Notes []Note
}

// Sent is a text as the client sends it.
type Sent struct {
	Name, Text string
	Where      msg.Position
	// Literal are the variables that go out as they are written, Empty those that become empty.
	Literal, Empty []string
	// Asked are those that a person is asked for.
	Asked []string
	// Once is the text after the first of two passes, where the second changed it.
	Once    string
	leftOut bool
	// unset counts the variables that had no value.
	unset int
}

// Note is a remark about a place of the file.
type Note struct {
	Text  string
	Where msg.Position
}

// Mean applies the dialect to an entry. lookup is where the variables' values come from.
func (e *Entry) Mean(lookup func(name string) (string, bool)) *Meaning {
	m := &Meaning{Notes: append([]Note(nil), e.notes...)}
	if m.Refused = e.Refused(); m.Refused != "" {
		return m
	}
	m.Transports = e.transports()
	e.mean(m, lookup)
	if e.Dialect.FallsBack == NotKnown && e.Transport == HTTP {
		m.Notes = append(m.Notes, Note{"whether this is Streamable HTTP or HTTP+SSE for " + e.Dialect.Name + " is not known", e.URL.Where})
	}
	if e.Dialect.Meant != nil {
		e.Dialect.Meant(e, m, lookup)
	}
	return m
}

// mean puts in what is sent, or started.
func (e *Entry) mean(m *Meaning, lookup func(name string) (string, bool)) {
	if e.Transport == Stdio {
		m.Command = m.sent(e, InCommand, Header{"command", e.Command}, lookup)
		for _, a := range e.Args {
			m.Args = append(m.Args, m.sent(e, InArgs, Header{"an argument", a}, lookup))
		}
		m.Env = m.all(e, InEnv, e.Env, lookup)
	} else {
		m.URL = m.sent(e, InURL, Header{"the URL", e.URL}, lookup)
		m.Headers = m.all(e, InHeaders, e.Headers, lookup)
		if client, there := e.OAuth.Text(ClientID); there {
			m.Client = m.sent(e, InOAuth, Header{ClientID, client}, lookup)
		}
	}
}

// As is the same entry, read as another client reads its own.
func (e *Entry) As(d *Dialect) *Entry {
	if d == e.Dialect {
		return e
	}
	return readEntry(d, e.Name, e.Where, e.node)
}

// Refused says why the client does not use the entry; empty where it does.
func (e *Entry) Refused() string {
	if e.Disabled {
		return "the entry is switched off"
	}
	if e.Elsewhere != "" {
		return e.Elsewhere
	}
	if p := e.refusal(); p != nil {
		return p.Title
	}
	if e.lost {
		return "another entry of the file cannot be read"
	}
	return ""
}

// transports are those that the client tries.
func (e *Entry) transports() []string {
	if e.Transport == HTTP && (e.Dialect.FallsBack == Always || e.Dialect.FallsBack == WithoutType && e.kind == nil && !e.byURL) {
		return []string{HTTP, SSE}
	}
	return []string{e.Transport}
}

// all are the headers, or the variables of a process, that are sent.
func (m *Meaning) all(e *Entry, field In, list []Header, lookup func(string) (string, bool)) (sent []Sent) {
	for _, h := range list {
		if s := m.sent(e, field, h, lookup); !s.leftOut {
			sent = append(sent, s)
		}
	}
	return sent
}

// sent expands a text as the client does, twice where it does so.
func (m *Meaning) sent(e *Entry, field In, h Header, lookup func(string) (string, bool)) Sent {
	s := m.expanded(e.Dialect.Expansion, h, lookup)
	again := e.Dialect.Expansion.Again
	if again == nil || again.In&field == 0 {
		return s
	}
	second := newValue(s.Text, h.Value.Where, again.Forms)
	t := m.expanded(*again, Header{h.Name, second}, lookup)
	if t.Text != s.Text {
		t.Once = s.Text
	}
	if second.places() > s.unset {
		m.Notes = append(m.Notes, Note{h.Name + " is expanded twice: what a variable or a default has with a $ is taken for a variable too", h.Value.Where})
	}
	return t
}

// expanded is one pass.
func (m *Meaning) expanded(x Expansion, h Header, lookup func(string) (string, bool)) Sent {
	s := Sent{Name: h.Name, Where: h.Value.Where}
	var b strings.Builder
	for _, p := range h.Value.parts {
		value, found := p.literal, true
		if p.name == "" {
			for _, f := range foreign(p.literal) {
				s.Literal = append(s.Literal, f.written)
			}
		} else {
			if value, found = lookup(p.name); found {
				found = !p.isBlank(value)
				value = m.changed(x, p, value, s.Where)
			}
			if !found && p.hasDefault {
				value, found = p.fallback, true
				if p.at != nil {
					s.Where = *p.at
				}
			}
		}
		switch {
		case p.foreign:
			value = p.written
			s.Literal = append(s.Literal, value)
		case !found:
			value = m.unset(x, p, &s)
		}
		if b.Len()+len(value) > MaxValue {
			break
		}
		b.WriteString(value)
	}
	s.Text = b.String()
	return s
}

// changed is what the client makes of a variable's value.
func (m *Meaning) changed(x Expansion, p part, value string, where msg.Position) string {
	if x.Value == nil {
		return value
	}
	text, refused := x.Value(value)
	if refused != "" {
		m.Refused = "the value of " + p.name + " " + refused
	} else if text != value {
		m.Notes = append(m.Notes, Note{"the value of " + p.name + " does not go out as it is set", where})
	}
	return text
}

// isBlank says that a value counts as none.
func (p part) isBlank(value string) bool {
	return p.blank == needed && value == "" || p.blank == leftOut && strings.TrimSpace(value) == ""
}

// unset is what becomes of a variable without a value.
func (m *Meaning) unset(x Expansion, p part, s *Sent) string {
	s.unset++
	if p.blank == leftOut {
		s.leftOut = true
		return ""
	}
	switch x.unset(p) {
	case MadeEmpty:
		s.Empty = append(s.Empty, p.name)
		return ""
	case Fails:
		m.Refused = missing(p.name)
		if p.blank == needed {
			m.Refused += " or empty"
		}
		return ""
	case Asked:
		s.Asked = append(s.Asked, p.written)
		m.Notes = append(m.Notes, Note{p.name + " is asked for when the server starts", s.Where})
		return p.written
	case UnsetUnknown:
		m.Notes = append(m.Notes, Note{p.name + " is not set, and what this client then does is not known", s.Where})
	}
	written := hideDefaults(p.written)
	if x.Kept != nil {
		written = x.Kept(written)
	}
	s.Literal = append(s.Literal, written)
	return written
}

// missing says of a variable that it has no value, or of a file that it is not there.
func missing(name string) string {
	if path, file := strings.CutPrefix(name, "file:"); file {
		return "the file " + path + " cannot be read"
	}
	return name + " is not set"
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
