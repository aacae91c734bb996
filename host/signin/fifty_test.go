package signin_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
)

// refusing has a protected server refuse one token, as if it had ended early.
func (m *protectedServer) refusing(token string) {
	m.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.Header.Get("Authorization"), " "+token) {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", resource_metadata="`+m.Metadata+`"`)
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// TestFiftyProcesses: fifty Headfasts with one folder find the token over in the same moment, first when they start,
// then in the middle of their sessions. The server revokes everything when a refresh token comes twice.
func TestFiftyProcesses(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{AccessSeconds: 1})
	mcp := startProtected(t, Protected{AS: as})
	dir := folderOf(t, mcp.URL, nil)
	kept := store.File(dir)
	_, before := keptIn(t, kept)
	all := make([]*headfastProcess, 50)
	var starting sync.WaitGroup
	for i := range all {
		starting.Go(func() { all[i] = startHeadfast(t, mcp.URL, dir, nil, 0) })
	}
	starting.Wait()
	time.Sleep(time.Until(time.UnixMilli(before.Expires + 50)))
	as.set(t, map[string]any{"accessSeconds": 3600})

	for round, what := range []string{"connect", "call"} {
		if what == "call" {
			mcp.refusing(before.Access)
		}
		together(t, all, what)
		if n := len(as.grants("refresh_token")); n != round+1 {
			t.Errorf("%s: %d refreshes after round %d", what, n, round)
		}
		_, after := keptIn(t, kept)
		if after.Refresh == before.Refresh || after.Refresh == "" {
			t.Errorf("%s: what is kept is not the newest", what)
		}
		if about, err := as.introspect(after.Access); err != nil || !about.Active {
			t.Errorf("%s: the newest token is not good: %+v %v", what, about, err)
		}
		before = after
	}
}

// together has all do the same at once; nobody may fail.
func together(t *testing.T, all []*headfastProcess, what string) {
	t.Helper()
	var wait sync.WaitGroup
	begin := make(chan struct{})
	for i, p := range all {
		wait.Go(func() {
			<-begin
			if said, died := p.do(what); died || said.Code != "" {
				t.Errorf("%s: process %d: %+v %v", what, i, said, died)
			}
		})
	}
	close(begin)
	wait.Wait()
}

// TestTwoClients: two clients of one process, with one store, and many calls each.
func TestTwoClients(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]func() store.Store{"memory": store.Memory, "file": func() store.Store { return store.File(t.TempDir()) }} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{})
			mcp := startProtected(t, Protected{AS: as})
			e := entry{Store: s()}
			headfast(t, mcp.URL, e).login()
			e.Nobody = true
			one, other := headfast(t, mcp.URL, e), headfast(t, mcp.URL, e)
			first, second, third := one.session(), one.session(), other.session()
			for round := range 5 {
				_, k := keptIn(t, e.Store)
				mcp.refusing(k.Access)
				var wait sync.WaitGroup
				for range 4 {
					wait.Go(func() { report(t, one.echo(first)) })
					wait.Go(func() { report(t, one.echo(second)) })
					wait.Go(func() { report(t, other.echo(third)) })
				}
				wait.Wait()
				if n := len(as.grants("refresh_token")); n != round+1 {
					t.Fatalf("%d refreshes after round %d", n, round)
				}
			}
		})
	}
}

func report(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(fmt.Errorf("a call failed: %w", err))
	}
}
