package signin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
)

// TestStepUpAfterRefresh: the token is over, and the tool wants a further scope too.
func TestStepUpAfterRefresh(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as, Tools: map[string]string{"add": "mcp:write"}})
	e := entry{Store: store.Memory()}
	f := headfast(t, mcp.URL, e)
	s := f.session()
	f.echoes(s)
	_, k := keptIn(t, e.Store)
	mcp.refusing(k.Access)
	if _, err := s.Call(f.ctx, "add", map[string]any{"a": 1, "b": 2}); err != nil {
		t.Errorf("%v\n%s", err, f.told())
	}
	if n := len(as.grants("refresh_token")); n != 1 || len(f.opened()) != 2 {
		t.Errorf("%d refreshes, %d pages", n, len(f.opened()))
	}
}

// TestAlwaysRefused: a server that takes no token at all. It is tried with one more, and nobody is asked over and over.
func TestAlwaysRefused(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		e := entry{OAuth: r.oauth, Store: store.Memory()}
		f := headfast(t, mcp.URL, e)
		s := f.session()
		f.echoes(s)
		mcp.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasPrefix(r.URL.Path, "/.well-known/") {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			http.Error(w, "Go away", http.StatusUnauthorized)
		})
		wantCode(t, f.echo(s), "HF133")
		wantCode(t, f.echo(s), "HF133")
		if n := len(as.grants("refresh_token")); n > 3 || len(f.opened()) != 1 {
			t.Errorf("%d refreshes, %d pages", n, len(f.opened()))
		}
		_, k := keptIn(t, e.Store)
		if about, err := as.introspect(k.Access); err != nil || !about.Active {
			t.Errorf("what is kept is not good any more: %v", err)
		}
		mcp.intercept(nil)
		f.echoes(s)
	})
}
