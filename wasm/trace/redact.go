package trace

import (
	"encoding/base64"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/weburl"
)

// Redacted stands where a secret stood.
const Redacted = "[redacted]"

// shortest is the length below which a value is no secret worth hiding: replacing "42" everywhere would
// garble more than it protects.
const shortest = 6

// Redactor takes known secrets out of texts that others wrote: a server may echo the key it was sent.
type Redactor struct {
	// sets are what is configured, the server's session and the one before, of which late answers may still speak, and
	// in the same way the tokens.
	sets    [5]forms
	session string
	tokens  string
}

// Add makes a secret known in the forms in which it is met, in upper or lower case: raw, percent-encoded, in
// JSON, in HTML and in base64 of both alphabets.
func (r *Redactor) Add(secret string) { r.sets[0].learn(secret) }

// Session makes the server's session known. A server may begin a new one as often as it likes, so the oldest is
// forgotten.
func (r *Redactor) Session(id string) {
	if id == r.session {
		return
	}
	r.session = id
	r.sets[2], r.sets[1] = r.sets[1], forms{}
	r.sets[1].learn(id)
}

// Tokens makes what an account has known; what it had before the last is forgotten.
func (r *Redactor) Tokens(all []string) {
	same := strings.Join(all, " ")
	if same == r.tokens {
		return
	}
	r.tokens = same
	r.sets[4], r.sets[3] = r.sets[3], forms{}
	for _, t := range all {
		r.sets[3].learn(t)
	}
}

func (f *forms) learn(secret string) {
	if len(secret) < shortest {
		return
	}
	quoted := string(jsontext.AppendString(nil, secret))
	quoted = quoted[1 : len(quoted)-1]
	for _, form := range []string{secret, weburl.Escape(secret), quoted, strings.ReplaceAll(quoted, "/", `\/`), markup(secret),
		strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(secret)), "="), base64.RawURLEncoding.EncodeToString([]byte(secret))} {
		f.add(form)
	}
}

// markup writes a text as HTML does.
func markup(s string) string {
	for _, pair := range [][2]string{{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {`"`, "&quot;"}} {
		s = strings.ReplaceAll(s, pair[0], pair[1])
	}
	return s
}

// AddParts makes the parts of a credential known too, as a server may name one alone: of "token=…", of a cookie,
// and the user and password in Basic (RFC 7617 section 2).
func (r *Redactor) AddParts(secret string) {
	r.Add(secret)
	for _, part := range strings.FieldsFunc(secret, func(c rune) bool { return strings.ContainsRune(" ;,=:\"", c) }) {
		r.Add(part)
	}
	if pair, err := base64.StdEncoding.DecodeString(secret); err == nil {
		for _, half := range strings.SplitN(string(pair), ":", 2) {
			r.Add(half)
		}
	}
}

// longestText bounds what is read of a text for people, in bytes: they are shown a line of it.
const longestText = 64 << 10

// Text is s, which is for people, without any known secret. Of a long one only the beginning is left.
func (r *Redactor) Text(s string) string {
	if len(s) > longestText {
		return r.Cut(s[:longestText])
	}
	return decoding(s, r.replace, deepest)
}

// deepest is how many layers of JSON's escapes are looked through: of a text that quotes JSON that quotes JSON.
const deepest = 3

// decoding redacts a text as it is and with the escapes of JSON decoded, in which any character may be written. It
// is left undecoded where that does not matter.
func decoding(s string, redact func(string) string, layers int) string {
	s = redact(s)
	if layers == 0 || strings.IndexByte(s, '\\') < 0 {
		return s
	}
	decoded := jsontext.Unescape([]byte(s))
	if redacted := decoding(decoded, redact, layers-1); redacted != decoded {
		return redacted
	}
	return s
}

// lower is s with its ASCII letters in lower case, byte for byte as long as s.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if c := b[i]; c >= 'A' && c <= 'Z' {
					b[i] = c + 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}
