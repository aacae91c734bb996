package sim

import (
	"bytes"
	"encoding/base64"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// secret knows the forms in which a configured key may come out.
type secret struct{ forms [][]byte }

func newSecret(all ...string) *secret {
	s := &secret{}
	for _, text := range all {
		for _, form := range []string{text, percent(text), strings.ReplaceAll(text, "/", `\/`),
			strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(text)), "="), base64.RawURLEncoding.EncodeToString([]byte(text))} {
			s.forms = append(s.forms, []byte(strings.ToLower(form)))
		}
	}
	return s
}

// percent is a text as in a query.
func percent(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
		}
	}
	return b.String()
}

func (s *secret) in(b []byte) bool {
	if len(s.forms) == 0 || len(b) == 0 {
		return false
	}
	b = bytes.ToLower(b)
	for _, f := range s.forms {
		if bytes.Contains(b, f) {
			return true
		}
	}
	return false
}

// secrets demands that the key is where it has to go and nowhere else (I6). What a server says is its own: results,
// the params of its notifications and questions cross byte by byte.
func (c *checker) secrets(e *msg.Effect) {
	if len(c.secret.forms) == 0 {
		return
	}
	one := *e
	switch {
	case e.HTTP != nil:
		if !ofSignIn(e.HTTP) && c.secret.in(e.HTTP.Body) {
			c.bad("I6.secret", "the key is in the body of a request")
		}
		return // its headers and URL; where to is looked at elsewhere
	case e.Spawn != nil, e.Write != nil, e.Put != nil:
		return
	case e.Done != nil:
		d := *e.Done
		d.Result = nil
		one.Done = &d
	case e.Message != nil:
		m := *e.Message
		m.Params = nil
		one.Message = &m
	case e.Ask != nil:
		a := *e.Ask
		a.Params = nil
		one.Ask = &a
	}
	text, err := one.MarshalMsg(nil)
	if err != nil {
		c.bad("boundary", "%v", err)
	}
	if c.secret.in(text) {
		c.bad("I6.secret", "the key is told in %s: %.300q", e.Kind(), text)
	}
}
