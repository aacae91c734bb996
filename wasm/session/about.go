package session

import (
	"github.com/headfast/headfast/wasm/record"
)

var _ record.Owner = (*Session)(nil)

// About tells of the request that is just handed out.
func (s *Session) About() record.About {
	f := s.leaving
	a := record.About{Redact: &s.plan.Redact, Variable: s.plan.Variable, Uses: append(s.traced(f), s.plan.Auth.Header...)}
	if a.Named = f.url != s.plan.URL; !a.Named {
		a.Wire = s.plan.Wire
	}
	if c := f.call; c != nil && c.listen == nil {
		a.Limit = c.timeout
	}
	return a
}
