package oauth

import (
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// Refusal is an error response of a token, registration or device endpoint (RFC 6749 section 5.2, RFC 7591 section
// 3.2.2, RFC 8628 section 3.5).
type Refusal struct {
	// Code is what the server gives as the error, where that is a code: visible ASCII, at most 64 bytes; else empty.
	Code string
	// Description is for people, as the server wrote it, at most 4096 bytes; it may hold anything.
	Description string
}

// longestCode bounds what is taken for a code; the longest that is registered has 32 bytes.
const longestCode = 64

// ParseRefusal reads an error response; nil where the text is none.
func ParseRefusal(mediaType string, text []byte) *Refusal {
	_, refusal, _ := success(mediaType, text)
	return refusal
}

// success reads an answer that may be a success: its members, or the refusal that it is, or why it is neither.
func success(mediaType string, text []byte) (*fields, *Refusal, error) {
	d, err := answer(mediaType, text)
	if err != nil {
		return nil, nil, err
	}
	if r := d.refusal(); r != nil {
		return nil, r, nil
	}
	return d, nil, nil
}

// refusal reads what servers make of the member "error": a code, a sentence, a number, true, or an object with a code
// and a message. A false, 0 or empty one is no error.
func (d *fields) refusal() *Refusal {
	value := string(d.members["error"])
	if !d.has("error") || value == "false" || value == "0" || value == `""` {
		return nil
	}
	r := &Refusal{Description: d.said("error_description", "message", "detail")}
	switch code := d.said("error"); {
	case value[0] == '{':
		in := &fields{members: map[string][]byte{}}
		jsontext.Members(d.members["error"], func(key string, _ int, value []byte, _ int) bool {
			in.members[key] = value
			return true
		})
		r.Code = isCode(in.said("code", "status", "type"))
		r.Description = in.said("message", "error_description", "description")
	case isCode(code) != "":
		r.Code = code
	case r.Description == "":
		r.Description = code
	}
	return r
}

// isCode is a text that can be a code, or empty.
func isCode(s string) string {
	if len(s) > longestCode || !visible(s) {
		return ""
	}
	return s
}

// said is the first of some members that is a text, cut where it is too long.
func (d *fields) said(names ...string) string {
	for _, name := range names {
		if s, ok := jsontext.Unquote(d.members[name]); ok && s != "" {
			return strings.ToValidUTF8(s[:min(len(s), longest)], "")
		}
	}
	return ""
}
