package trace

import (
	"encoding/base64"
	"sort"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// Redacted stands where a secret stood.
const Redacted = "[redacted]"

// shortest is the length below which a value is no secret worth hiding: replacing "42" everywhere would
// garble more than it protects.
const shortest = 6

// Redactor takes known secrets out of texts that others wrote: a server may echo the key it was sent.
type Redactor struct{ forms []string }

// Add makes a secret known, in the forms in which it is met: raw, percent-encoded, in JSON, in base64.
func (r *Redactor) Add(secret string) {
	if len(secret) < shortest {
		return
	}
	quoted := string(jsontext.AppendString(nil, secret))
	for _, form := range []string{secret, escape(secret), quoted[1 : len(quoted)-1], base64.StdEncoding.EncodeToString([]byte(secret))} {
		r.add(form)
	}
}

func (r *Redactor) add(form string) {
	for _, f := range r.forms {
		if f == form {
			return
		}
	}
	r.forms = append(r.forms, form)
	// The longest first: a secret that contains another is taken out whole.
	sort.SliceStable(r.forms, func(i, j int) bool { return len(r.forms[i]) > len(r.forms[j]) })
}

// Text is s without any known secret.
func (r *Redactor) Text(s string) string {
	for _, f := range r.forms {
		s = strings.ReplaceAll(s, f, Redacted)
	}
	return s
}

// escape percent-encodes everything but the unreserved characters (RFC 3986 section 2.3).
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}
