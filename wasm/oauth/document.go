package oauth

import (
	"bytes"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// The bounds of what a server answers, in bytes, but for the number of strings in an array.
const (
	MaxDocument  = 1 << 20
	mostStrings  = 256
	longest      = 4096
	longestToken = 32 << 10
	longestForm  = 64 << 10
)

// Unreadable says why an answer is not what it should be: a clause about "it", without a word of the answer.
type Unreadable string

func (u Unreadable) Error() string { return string(u) }

// isPage is what a login page is, or a single-page application on every path.
const isPage Unreadable = "it is HTML or XML, not JSON"

// fields is a JSON object, each member once.
type fields struct {
	members map[string][]byte
	// bad is the first member that is not what it must be.
	bad string
}

// document reads an object whose members are each there once: two readers must not see two documents.
func document(text []byte) (*fields, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // RFC 8259 section 8.1 lets a reader pass it over
	if why := notObject(text); why != "" {
		return nil, Unreadable(why)
	}
	d := &fields{members: map[string][]byte{}}
	twice := false
	jsontext.Members(text, func(key string, _ int, value []byte, _ int) bool {
		_, twice = d.members[key]
		d.members[key] = value
		return !twice
	})
	if twice {
		return nil, Unreadable("it has a member twice")
	}
	return d, nil
}

// notObject says why a text is no JSON object, or is empty.
func notObject(text []byte) string {
	if len(text) > MaxDocument {
		return "it has more than 1 MiB"
	}
	begin := bytes.TrimLeft(text, " \t\r\n")
	if len(begin) == 0 {
		return "it is empty"
	}
	switch fault := jsontext.Valid(text); {
	case fault == nil && begin[0] == '{':
		return ""
	case fault == nil && begin[0] == '[':
		return "it is a JSON array, not an object"
	case fault == nil:
		return "it is JSON, but not an object"
	case begin[0] == '<':
		return string(isPage)
	case fault.Reason == jsontext.InvalidUTF8 || begin[0] == 0 || begin[0] >= 0xfe || len(begin) > 1 && begin[1] == 0:
		return "it is not UTF-8"
	case fault.Reason == jsontext.UnexpectedEnd:
		return "it is JSON that breaks off"
	case fault.Reason == jsontext.TooDeep:
		return "it is nested too deep"
	}
	return "it is not JSON"
}

// form reads application/x-www-form-urlencoded as an object of strings.
func form(text []byte) (*fields, error) {
	if len(text) > longestForm {
		return nil, Unreadable("it has more than 64 KiB")
	}
	d := &fields{members: map[string][]byte{}}
	for _, pair := range strings.Split(string(text), "&") {
		name, value, _ := strings.Cut(pair, "=")
		key, ok := unescape(name)
		v, ok2 := unescape(value)
		switch _, twice := d.members[key]; {
		case pair == "":
			continue
		case !ok || !ok2:
			return nil, Unreadable("it is not a form")
		case twice:
			return nil, Unreadable("it has a member twice")
		}
		d.members[key] = jsontext.AppendString(nil, v)
	}
	if len(d.members) == 0 {
		return nil, Unreadable("it is empty")
	}
	return d, nil
}

// answer reads JSON, or a form where it calls itself one (GitHub's answers do, unless asked for JSON).
func answer(mediaType string, text []byte) (*fields, error) {
	if mediaType == "application/x-www-form-urlencoded" {
		return form(text)
	}
	return document(text)
}
