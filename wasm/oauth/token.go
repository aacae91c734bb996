package oauth

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// Token is a token response (RFC 6749 section 5.1).
type Token struct {
	Access, Refresh, Type, Scope, ID string
	// Issued is issued_token_type (RFC 8693 section 2.2.1).
	Issued string
	// ExpiresIn is in seconds; 0 where the server does not say, which is not "for ever".
	ExpiresIn int64
	// HasScope says that the server named the scope that it gave.
	HasScope bool
}

// Refusal is an error response of a token or registration endpoint (RFC 6749 section 5.2, RFC 7591 section 3.2.2).
type Refusal struct{ Code, Description string }

// ParseToken reads a token response. Some servers answer an error with status 200, and some in a form instead of JSON.
func ParseToken(mediaType string, text []byte) (*Token, *Refusal, error) {
	d, err := answer(mediaType, text)
	if err != nil {
		return nil, nil, err
	}
	if r := d.refusal(); r != nil {
		return nil, r, nil
	}
	t := &Token{
		Access: d.text("access_token"), Refresh: d.text("refresh_token"), Type: d.text("token_type"), Scope: d.text("scope"), ID: d.text("id_token"),
		Issued: d.text("issued_token_type"), ExpiresIn: d.seconds("expires_in"), HasScope: d.has("scope"),
	}
	switch {
	case d.bad != "":
		return nil, nil, Unreadable(d.bad)
	case t.Access == "":
		return nil, nil, Unreadable("it has no access_token")
	case !visible(t.Access):
		return nil, nil, Unreadable("its access_token cannot stand in a header")
	}
	return t, nil, nil
}

// ParseRefusal reads an error response; nil where the text is none.
func ParseRefusal(mediaType string, text []byte) *Refusal {
	d, err := answer(mediaType, text)
	if err != nil {
		return nil
	}
	return d.refusal()
}

// answer reads JSON, or a form where it calls itself one (GitHub's answers do, unless asked for JSON).
func answer(mediaType string, text []byte) (*fields, error) {
	if mediaType != "application/x-www-form-urlencoded" {
		return document(text)
	}
	d := &fields{members: map[string][]byte{}}
	for _, pair := range strings.Split(string(text), "&") {
		name, value, _ := strings.Cut(pair, "=")
		key, ok := unescape(name)
		v, ok2 := unescape(value)
		if _, twice := d.members[key]; !ok || !ok2 || twice {
			return nil, Unreadable("it is not a form")
		}
		d.members[key] = jsontext.AppendString(nil, v)
	}
	return d, nil
}

func (d *fields) refusal() *Refusal {
	if !d.has("error") {
		return nil
	}
	r := &Refusal{Code: d.text("error")}
	r.Description, _ = jsontext.Unquote(d.members["error_description"])
	if d.bad != "" {
		return nil
	}
	return r
}

// longestLife bounds what a server says about a token's life, in seconds: a year.
const longestLife = 365 * 24 * 3600

// seconds is a whole number, which some servers write as a string.
func (d *fields) seconds(name string) int64 {
	if !d.has(name) {
		return 0
	}
	text := string(d.members[name])
	if s, ok := jsontext.Unquote(d.members[name]); ok {
		text = s
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f != f {
		return 0
	}
	return int64(min(f, longestLife))
}

// visible says that a text can stand behind "Bearer " (RFC 6750 section 2.1, generously).
func visible(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
