package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
)

// readHeaders keeps the file's order. Names merge without regard to case (RFC 9110 section 5.1): the last
// one wins, and the one that lost is told.
func (e *Entry) readHeaders(n node) {
	if !n.isObject() {
		e.fail(problem.BadField, "headers is "+n.kind()+" where an object was expected", `Write "headers": { "Name": "value" }.`, n.where())
		return
	}
	for i, m := range n.members() {
		if i == mostHeaders {
			e.fail(problem.BadField, `"`+e.Name+`" has more than 100 headers`, "Configure fewer.", m.where)
			return
		}
		if !IsToken(m.name) {
			e.fail(problem.BadHeader, `"`+namePrefix(m.name)+`" is not a header name`, "Use letters, digits and hyphens.", m.where)
			continue
		}
		if _, ok := m.value.text(); !ok {
			e.fail(problem.BadField, "the header "+m.name+" is "+m.value.kind()+" where a string was expected",
				"Write it in quotation marks.", m.value.where())
			continue
		}
		h := Header{Name: m.name, Value: e.value(m)}
		if name := bareVariable(h.Value.Text); name != "" {
			e.warn(problem.BadField, "$"+name+" in "+m.name+" is sent as it stands", "Only ${"+name+"} is a variable here.", "Write ${"+name+"}.", m.value.where())
		}
		e.setHeader(h)
	}
}

func (e *Entry) setHeader(h Header) {
	for i, old := range e.Headers {
		if strings.EqualFold(old.Name, h.Name) {
			e.warn(problem.DuplicateName, "the header "+h.Name+" is given twice", "The one at "+problem.At(old.Value.Where)+
				" is not sent: names are the same without regard to case, and the last one wins.", "Remove one of them.", h.Value.Where)
			e.Headers[i] = h
			return
		}
	}
	e.Headers = append(e.Headers, h)
}

// modes are the values of auth.
var modes = []string{"auto", "headers", "oauth", "both", "none"}

func (e *Entry) readAuth(m member) {
	v := e.value(m)
	for _, known := range modes {
		if v.Text == known {
			e.Auth = v
			return
		}
	}
	e.fail(problem.BadField, "auth is not a mode that is known", "Use one of "+problem.Join(modes)+".", m.value.where())
}

// readCredentials reads which headers are credentials: a list of names that then decides alone.
func (e *Entry) readCredentials(n node) {
	if len(n.raw) == 0 || n.raw[0] != '[' {
		e.fail(problem.BadField, "credentials is "+n.kind()+" where an array of header names was expected",
			`Write "credentials": ["X-My-Header"].`, n.where())
		return
	}
	e.Declared = true
	for i, el := range n.elements() {
		if i == mostHeaders {
			e.fail(problem.BadField, `"`+e.Name+`" names more than 100 credentials`, "Name those of its headers that are.", el.where())
			return
		}
		name, ok := el.text()
		if !ok {
			e.fail(problem.BadField, "credentials holds "+el.kind()+" where a header name was expected", "Write names in quotation marks.", el.where())
			continue
		}
		e.Credentials = append(e.Credentials, name)
	}
}

// IsToken is RFC 9110 section 5.6.2.
func IsToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0) {
			return false
		}
	}
	return s != ""
}

// namePrefix shows a name up to what makes it none: a person may have put the value there too.
func namePrefix(s string) string {
	for i := range s {
		if !IsToken(s[:i+1]) {
			return s[:i] + "…"
		}
	}
	return s
}
