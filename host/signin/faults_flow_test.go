package signin_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/jsbridge/msg"
)

// failingStore is a store that has a fault, while it has one.
type failingStore struct {
	store.Store
	put, get, lock atomic.Pointer[error]
}

func now(p *atomic.Pointer[error]) error {
	if e := p.Load(); e != nil {
		return *e
	}
	return nil
}

func (s *failingStore) Put(ctx context.Context, key, value string) error {
	if err := now(&s.put); err != nil {
		return err
	}
	return s.Store.Put(ctx, key, value)
}

func (s *failingStore) Get(ctx context.Context, key string) (string, bool, error) {
	if err := now(&s.get); err != nil {
		return "", false, err
	}
	return s.Store.Get(ctx, key)
}

func (s *failingStore) Lock(ctx context.Context, key string) (func(), error) {
	if err := now(&s.lock); err != nil {
		return nil, err
	}
	return s.Store.Lock(ctx, key)
}

// TestDiskFull: what was renewed cannot be written down. It is used all the same, and told; the next one is kept.
func TestDiskFull(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		s := &failingStore{Store: store.Memory()}
		headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s}).login()
		_, first := keptIn(t, s)
		f := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s, Nobody: true})
		session := f.session()
		full := errors.New("no space left on device")
		s.put.Store(&full)
		mcp.refusing(first.Access)
		f.echoes(session)
		f.echoes(session)
		if _, k := keptIn(t, s); k != first {
			t.Error("what was there before is not there any more")
		}
		if said := f.told(); !strings.Contains(said, "not kept") || !strings.Contains(said, "no space left") {
			t.Errorf("nothing was said of it: %s", said)
		}
		wantCode(t, headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s}).config.Login(f.ctx, "s", ""), "HF137")
		s.put.Store(nil)
		inUse := as.grants("refresh_token")
		if len(inUse) != 1 {
			t.Fatalf("%d refreshes", len(inUse))
		}
		newest := ""
		for _, q := range mcp.requests() {
			if a, is := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer "); is {
				newest = a
			}
		}
		mcp.refusing(newest)
		f.echoes(session)
		if _, k := keptIn(t, s); k.Refresh == first.Refresh || k.Refresh == "" {
			t.Error("the next one was not kept either")
		}
		next := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s, Nobody: true})
		next.echoes(next.session())
	})
}

// lockedStore is what a store that does not open says.
type lockedStore struct{}

func (lockedStore) Error() string { return "the keychain does not open" }
func (lockedStore) Kind() string  { return msg.FailLocked }

// TestStoreLocked: a keychain that is locked, at the start, and in the middle. Nothing is deleted, nobody is asked to
// sign in instead, and once it opens all goes on.
func TestStoreLocked(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	s := &failingStore{Store: store.Memory()}
	headfast(t, mcp.URL, entry{Store: s}).login()
	_, first := keptIn(t, s)
	f := headfast(t, mcp.URL, entry{Store: s})
	session := f.session()
	f.echoes(session)
	var closed error = lockedStore{}
	s.get.Store(&closed)
	s.put.Store(&closed)
	s.lock.Store(&closed)
	mcp.refusing(first.Access)
	wantCode(t, f.echo(session), "HF136")
	late := headfast(t, mcp.URL, entry{Store: s})
	_, err := late.connect()
	wantCode(t, err, "HF136")
	if len(f.opened())+len(late.opened()) > 0 || len(as.grants("refresh_token")) > 0 {
		t.Error("a page was opened, or the token was renewed without a place for it")
	}
	s.get.Store(nil)
	s.put.Store(nil)
	s.lock.Store(nil)
	if _, k := keptIn(t, s); k != first {
		t.Error("the store has lost something")
	}
	f.echoes(session)
	late.echoes(late.session())
	if len(f.opened())+len(late.opened()) > 0 {
		t.Error("a page was opened")
	}
}

// TestServerDown: the authorization server cannot be reached, is broken or slow when a token is to be renewed. Nothing
// is deleted, an error says so, and the next attempt works.
func TestServerDown(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		token := isPath(path(as.Meta.Token))
		s := store.Memory()
		headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s}).login()
		for name, fault := range map[string]struct {
			wedge wedge
			code  string
		}{
			"down":             {dropping(token), "HF107"},
			"503":              {failing(token, 503, "application/json", `{"error":"temporarily_unavailable"}`), "HF130"},
			"500 with a grant": {failing(token, 500, "application/json", `{"error":"invalid_grant"}`), "HF130"},
			"HTML":             {failing(token, 200, "text/html", "<html>Please log in to the hotel's network"), "HF130"},
			"HTML with 400":    {failing(token, 400, "text/html", "<html>invalid_grant"), "HF130"},
			"an empty 200":     {failing(token, 200, "application/json", ""), "HF130"},
			"an array":         {failing(token, 200, "application/json", "[]"), "HF130"},
			"no token":         {failing(token, 200, "application/json", `{"token_type":"Bearer"}`), "HF130"},
			"429":              {failing(token, 429, "application/json", `{"error":"slow_down"}`), "HF130"},
			"a redirect":       {failing(token, 302, "text/html", ""), "HF130"},
			"404":              {failing(token, 404, "text/plain", "Not found"), "HF130"},
		} {
			_, k := keptIn(t, s)
			f := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s})
			session := f.session()
			mcp.refusing(k.Access)
			as.intercept(fault.wedge)
			wantCode(t, f.echo(session), fault.code)
			if _, after := keptIn(t, s); after != k {
				t.Errorf("%s: what is kept has changed", name)
			}
			as.intercept(nil)
			f.echoes(session)
			if len(f.opened()) > 0 {
				t.Errorf("%s: a page was opened", name)
			}
			f.mustNotTell(k.secrets()...)
		}
	})
}

// TestLostAnswer: the server did its work, and the answer was lost: where it rotates, that is the one thing that cannot
// be mended, and is said.
func TestLostAnswer(t *testing.T) {
	t.Parallel()
	for name, keep := range map[string]bool{"rotating": false, "keeping": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{KeepRefresh: keep})
			mcp := startProtected(t, Protected{AS: as})
			s := store.Memory()
			headfast(t, mcp.URL, entry{Store: s}).login()
			_, k := keptIn(t, s)
			f := headfast(t, mcp.URL, entry{Store: s, Nobody: true})
			session := f.session()
			mcp.refusing(k.Access)
			as.intercept(losing(isPath(path(as.Meta.Token))))
			wantCode(t, f.echo(session), "HF107")
			if _, after := keptIn(t, s); after != k {
				t.Error("what is kept has changed")
			}
			as.intercept(nil)
			if keep {
				f.echoes(session)
				return
			}
			e := wantCode(t, f.echo(session), "HF104")
			if !strings.Contains(e.Hint, "headfast login s") {
				t.Errorf("%v", e)
			}
			again := headfast(t, mcp.URL, entry{Store: s})
			again.echoes(again.session())
		})
	}
}

// TestSlowServer: a late answer is waited for, once for all that need it.
func TestSlowServer(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	s := store.Memory()
	headfast(t, mcp.URL, entry{Store: s}).login()
	_, k := keptIn(t, s)
	f := headfast(t, mcp.URL, entry{Store: s, Nobody: true})
	session := f.session()
	mcp.refusing(k.Access)
	as.intercept(slow(isPath(path(as.Meta.Token)), time.Second))
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() { report(t, f.echo(session)) })
	}
	wait.Wait()
	if n := len(as.grants("refresh_token")); n != 1 {
		t.Errorf("%d refreshes", n)
	}
}

// TestWithoutExpiry: a token whose end the server does not tell is used until it is refused.
func TestWithoutExpiry(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		for name, text := range map[string]string{"none": "", "zero": `"expires_in":0`, "negative": `"expires_in":-5`, "text": `"expires_in":"soon"`, "huge": `"expires_in":1e300`} {
			as.intercept(changing(isPath(path(as.Meta.Token)), func(w *httptest.ResponseRecorder) {
				body := strings.Replace(expiresIn.ReplaceAllString(w.Body.String(), "@"), "@", text, 1)
				w.Body.Reset()
				w.Body.WriteString(strings.NewReplacer(",,", ",", ",}", "}", "{,", "{").Replace(body))
			}))
			s := store.Memory()
			f := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s})
			if err := f.noted(f.config.Login(f.ctx, "s", "")); err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			before := len(as.grants("refresh_token"))
			for range 2 {
				later := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s, Nobody: true})
				session := later.session()
				later.echoes(session)
				later.echoes(session)
			}
			if n := len(as.grants("refresh_token")) - before; n > 0 {
				t.Errorf("%s: %d refreshes", name, n)
			}
			_, k := keptIn(t, s)
			mcp.refusing(k.Access)
			later := headfast(t, mcp.URL, entry{OAuth: r.oauth, Store: s, Nobody: true})
			later.echoes(later.session())
			mcp.intercept(nil)
			if n := len(as.grants("refresh_token")) - before; n != 1 {
				t.Errorf("%s: %d refreshes for a token that was refused", name, n)
			}
		}
	})
}

// expiresIn is that member of an answer.
var expiresIn = regexp.MustCompile(`"expires_in":[0-9]+`)
