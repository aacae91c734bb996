package signin_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
)

// TestKilled kills a process at every point of its work with the store over a refresh: the next one needs no person,
// but where the server has taken the only refresh token that is written down, and then it says so cleanly.
func TestKilled(t *testing.T) {
	t.Parallel()
	for name, keep := range map[string]bool{"rotating": false, "keeping": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{KeepRefresh: keep})
			mcp := startProtected(t, Protected{AS: as})
			k := killer{t: t, as: as, mcp: mcp}
			whole := k.kill(0)
			if len(whole) < 10 {
				t.Fatalf("the points are %q", whole)
			}
			for at := range whole {
				lost := !keep && whole[at] == "before Put" && !slices.Contains(whole[:at], "before Put")
				k.kill(at + 1)
				k.next(whole[at], lost)
			}
		})
	}
}

type killer struct {
	t   *testing.T
	as  *authServer
	mcp *protectedServer
	dir string
}

// kill signs in anew, and has a process, whose token the server refuses, refresh until a point.
func (k *killer) kill(at int) []string {
	k.t.Helper()
	k.mcp.intercept(nil)
	k.dir = folderOf(k.t, k.mcp.URL, nil)
	_, had := keptIn(k.t, store.File(k.dir))
	k.mcp.refusing(had.Access)
	p := startHeadfast(k.t, k.mcp.URL, k.dir, nil, at)
	said, died := p.do("connect")
	if !died {
		said, died = p.do("linger")
	}
	if died != (at > 0) || said.Code != "" {
		k.t.Errorf("killed at %d: %v, %+v", at, died, said)
	}
	return said.Points
}

// next is the process after the one that was killed.
func (k *killer) next(after string, lost bool) {
	k.t.Helper()
	p := startHeadfast(k.t, k.mcp.URL, k.dir, nil, 0)
	said, died := p.do("connect")
	switch {
	case died, !lost && said.Code != "":
		k.t.Errorf("after a death %s: %+v", after, said)
	case lost && (said.Code != "HF104" || !strings.Contains(said.Error, "headfast login s")):
		k.t.Errorf("after a death %s: %+v, want to be asked to sign in", after, said)
	}
	if !lost {
		return
	}
	e := entry{Store: store.File(k.dir)}
	_, left := keptIn(k.t, e.Store)
	if left.Refresh != "" || left.Client == "" {
		k.t.Errorf("after a death %s the store has %+v", after, left)
	}
	f := headfast(k.t, k.mcp.URL, e)
	f.echoes(f.session())
}

// TestKilledOnTheWay kills a process while the authorization server has its request: before it acts, and after.
func TestKilledOnTheWay(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]OIDC{"rotating": {}, "keeping": {KeepRefresh: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, o)
			mcp := startProtected(t, Protected{AS: as})
			for _, acts := range []bool{false, true} {
				k := killer{t: t, as: as, mcp: mcp}
				k.dir = folderOf(t, mcp.URL, nil)
				_, had := keptIn(t, store.File(k.dir))
				mcp.refusing(had.Access)
				p := startHeadfast(t, mcp.URL, k.dir, nil, 0)
				as.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
					if r.URL.Path != path(as.Meta.Token) {
						next.ServeHTTP(w, r)
						return
					}
					if acts {
						next.ServeHTTP(httptest.NewRecorder(), r)
					}
					_ = p.Cmd.Process.Kill()
					drop()
				})
				if said, died := p.do("connect"); !died {
					t.Errorf("it lives on: %+v", said)
				}
				as.intercept(nil)
				k.next("over the request", acts && !o.KeepRefresh)
				mcp.intercept(nil)
			}
		})
	}
}

// TestGivenUp: who asked for something does not wait for it any more while the token is renewed. The server has
// rotated by then, so the answer must be taken all the same.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"the call", "the session", "the client"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{})
			mcp := startProtected(t, Protected{AS: as})
			e := entry{Store: store.Memory()}
			f := headfast(t, mcp.URL, e)
			s := f.session()
			_, had := keptIn(t, e.Store)
			mcp.refusing(had.Access)
			acted := make(chan struct{})
			as.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				kept := httptest.NewRecorder()
				next.ServeHTTP(kept, r)
				close(acted)
				time.Sleep(300 * time.Millisecond)
				w.Header().Set("Content-Type", "application/json")
				_, _ = kept.Body.WriteTo(w)
			})
			ctx, cancel := contextOf(t)
			called := make(chan error, 1)
			go func() {
				_, err := s.Call(ctx, "echo", map[string]string{"text": "hello"})
				called <- err
			}()
			<-acted
			switch how {
			case "the call":
				cancel()
			case "the session":
				report(t, s.Close(t.Context()))
			case "the client":
				report(t, f.client.Close(t.Context()))
			}
			if err := <-called; err == nil {
				t.Error("the call was answered")
			}
			time.Sleep(500 * time.Millisecond)
			as.intercept(nil)
			if _, now := keptIn(t, e.Store); now.Refresh == had.Refresh || now.Refresh == "" {
				t.Error("the answer was not taken")
			}
			e.Nobody = true
			again := headfast(t, mcp.URL, e)
			again.echoes(again.session())
		})
	}
}
