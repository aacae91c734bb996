package signin_test

import (
	"strings"
	"testing"
	"time"
)

// TestProbe: a server that wants a sign-in is told as that, with who signs people in, of a real authorization server, which
// itself is not gone to; nothing is registered, and nobody sent anywhere.
func TestProbe(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		for _, p := range []Protected{{AS: as}, {AS: as, Mute: true}, {AS: as, Root: true}} {
			mcp := startProtected(t, p)
			before := len(as.requests())
			f := headfast(t, mcp.URL, entry{})
			found, err := f.config.Probe(t.Context(), "s", 0)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Issuers) != 1 || found.Issuers[0] != as.Issuer || found.Challenge != "Bearer" || found.Problem == nil || found.Fix != nil {
				t.Errorf("%+v %+v", found, found.Problem)
			}
			if after := as.requests(); len(after) != before {
				t.Errorf("the authorization server was asked: %+v", after[before:])
			}
			for _, a := range found.Answers {
				if a.Credential || !strings.HasPrefix(a.URL, mcp.origin) {
					t.Errorf("%+v", a)
				}
			}
		}
	})
}
