package oauth

import (
	"strings"

	"github.com/headfast/headfast/wasm/weburl"
)

// Form is an application/x-www-form-urlencoded content in the making (WHATWG URL section 5.2).
type Form struct{ b []byte }

// Set appends one parameter; an empty value is left out, as OAuth treats it as absent (RFC 6749 section 3.1).
func (f *Form) Set(name, value string) {
	if value == "" {
		return
	}
	if len(f.b) > 0 {
		f.b = append(f.b, '&')
	}
	f.b = append(append(append(f.b, Escape(name)...), '='), Escape(value)...)
}

// Bytes is the content.
func (f *Form) Bytes() []byte { return f.b }

// AppendTo puts the parameters behind a URL's own query, which stays (RFC 6749 section 3.1).
func (f *Form) AppendTo(url string) string {
	switch {
	case len(f.b) == 0:
		return url
	case !strings.Contains(url, "?"):
		return url + "?" + string(f.b)
	case strings.HasSuffix(url, "?") || strings.HasSuffix(url, "&"):
		return url + string(f.b)
	}
	return url + "&" + string(f.b)
}

// Escape writes a text so that a form, a query and the credentials of a client in Basic can hold it (RFC 6749 section
// 2.3.1 and appendix B).
func Escape(s string) string { return weburl.Escape(s) }

// unescape decodes a form's text; ok is false for a percent sign that begins no escape.
func unescape(s string) (text string, ok bool) {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '+':
			b.WriteByte(' ')
		case '%':
			if i+2 >= len(s) || digit(s[i+1]) < 0 || digit(s[i+2]) < 0 {
				return "", false
			}
			b.WriteByte(byte(digit(s[i+1])<<4 | digit(s[i+2])))
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
