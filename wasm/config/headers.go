package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// readHeaders keeps the file's order. Names merge without regard to case (RFC 9110 section 5.1): the last
// one wins, and the one that lost is told.
func (e *Entry) readHeaders(n tree.Node) {
	if n.Kind != tree.Map {
		e.fail(problem.BadField, "headers is "+n.Kind.String()+" where an object was expected", `Write "headers": { "Name": "value" }.`, n.Where())
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
		if _, ok := m.Value.Text(); !ok {
			e.fail(problem.BadField, "the header "+m.Name+" is "+m.Value.Kind.String()+" where a string was expected",
				"Write it in quotation marks.", m.Value.Where())
			continue
		}
		h := Header{Name: m.Name, Value: e.value(m, InHeaders)}
		e.checkBare(h)
		e.setHeader(h)
	}
}

// headerName says whether the member's name can be a header's.
func (e *Entry) headerName(m tree.Member) bool {
	if !IsToken(m.Name) {
		e.wrong(HeadersField, problem.BadHeader, `"`+namePrefix(m.Name)+`" is not a header name`, "Use letters, digits and hyphens.", m.Where())
		return false
	}
	return true
}

// checkBare warns of $NAME where the client expands ${NAME} alone.
func (e *Entry) checkBare(h Header) {
	forms := e.Dialect.Expansion.in(InHeaders)
	if name := bareVariable(h.Value.Text); name != "" && forms&Bare == 0 && forms&Braces != 0 {
		e.warn(problem.BadField, "$"+name+" in "+h.Name+" is sent as it stands", "Only ${"+name+"} is a variable here.", "Write ${"+name+"}.", h.Value.Where)
	}
}

// header is the header of that name, or nil.
func (e *Entry) header(name string) *Header {
	for i, h := range e.Headers {
		if strings.EqualFold(h.Name, name) {
			return &e.Headers[i]
		}
	}
	return nil
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

func (e *Entry) readAuth(m tree.Member) {
	v := e.value(m, 0)
	for _, known := range modes {
		if v.Text == known {
			e.Auth = v
			return
		}
	}
	e.failOwn(problem.BadField, "auth is not a mode that is known", "Use one of "+problem.Join(modes)+".", m.Value.Where())
}

// readCredentials reads which headers are credentials: a list of names that then decides alone.
func (e *Entry) readCredentials(n tree.Node) {
	if n.Kind != tree.List {
		e.failOwn(problem.BadField, "credentials is "+n.Kind.String()+" where an array of header names was expected",
			`Write "credentials": ["X-My-Header"].`, n.Where())
		return
	}
	e.Declared = true
	for i, el := range n.Items() {
		if i == mostHeaders {
			e.failOwn(problem.BadField, `"`+e.Name+`" names more than 100 credentials`, "Name those of its headers that are.", el.Where())
			return
		}
		name, ok := el.Text()
		if !ok {
			e.failOwn(problem.BadField, "credentials holds "+el.Kind.String()+" where a header name was expected", "Write names in quotation marks.", el.Where())
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
