package signin_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestOIDC leads a whole sign-in by hand at oidc-provider, from the refusal to the end of a token.
func TestOIDC(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})

	wantRefused(t, call(t, mcp, "echo"), http.StatusUnauthorized, `Bearer scope="mcp:read"`, `resource_metadata="`+mcp.Metadata+`"`)
	var about struct {
		Resource string
		Servers  []string `json:"authorization_servers"`
	}
	fetchJSON(t, mcp.Metadata, &about)
	if about.Resource != mcp.URL || len(about.Servers) != 1 || about.Servers[0] != as.Issuer {
		t.Fatalf("the resource's metadata: %+v", about)
	}
	var meta metadata
	fetchJSON(t, about.Servers[0]+"/.well-known/oauth-authorization-server", &meta)
	if meta.Issuer != as.Issuer || !meta.IssInAnswer || len(meta.PKCE) != 1 || meta.PKCE[0] != "S256" {
		t.Fatalf("the issuer's metadata: %+v", meta)
	}

	c := register(t, as, mcp, nil)
	first := c.signIn()
	if first.Type != "Bearer" || first.Expires != 3600 || first.Refresh == "" || first.Scope != "mcp:read" {
		t.Errorf("tokens: %+v", first)
	}
	wantOK(t, bearing(t, mcp, first.Access))
	as.set(t, map[string]any{"accessSeconds": 1})
	short := c.refresh(first.Refresh)
	if short.Refresh == "" || short.Refresh == first.Refresh || short.Access == first.Access || short.Expires != 1 {
		t.Errorf("nothing was replaced: %+v", short)
	}
	time.Sleep(1100 * time.Millisecond)
	wantRefused(t, bearing(t, mcp, short.Access), http.StatusUnauthorized, `error="invalid_token"`)

	as.set(t, map[string]any{"accessSeconds": 3600})
	second := c.refresh(short.Refresh)
	wantOK(t, bearing(t, mcp, second.Access))
	if again := c.refresh(first.Refresh); again.Error != "invalid_grant" || again.Status != http.StatusBadRequest {
		t.Errorf("the second use of a refresh token: %+v", again)
	}
	wantRefused(t, bearing(t, mcp, second.Access), http.StatusUnauthorized, `error="invalid_token"`)
	if after := c.refresh(second.Refresh); after.Error != "invalid_grant" {
		t.Errorf("the family lives on: %+v", after)
	}
	if n := len(as.grants("refresh_token")); n != 4 {
		t.Errorf("%d refreshes were recorded", n)
	}
	mustNotHave(t, mcp.requests(), first.Refresh, short.Refresh, second.Refresh)
}

// TestRevocation takes a token back. With either of a pair, oidc-provider takes both.
func TestRevocation(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	c := newClient(t, as, mcp, "public")
	for name, pick := range map[string]func(tokens) string{
		"access":  func(t tokens) string { return t.Access },
		"refresh": func(t tokens) string { return t.Refresh },
	} {
		got := c.signIn()
		wantOK(t, bearing(t, mcp, got.Access))
		if status := c.revoke(pick(got)); status != http.StatusOK {
			t.Errorf("%s: status %d", name, status)
		}
		wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, `error="invalid_token"`)
		if gone := c.refresh(got.Refresh); gone.Error != "invalid_grant" {
			t.Errorf("%s: a refresh after it: %+v", name, gone)
		}
	}
}

// TestAudience: a token for one server, or for none, is not good at another.
func TestAudience(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]OIDC{"opaque": {}, "JWT": {JWT: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, o)
			one, other := startProtected(t, Protected{AS: as}), startProtected(t, Protected{AS: as})
			got := newClient(t, as, one, "public").signIn()
			if strings.Count(got.Access, ".") == 2 != o.JWT {
				t.Errorf("the token is %q", got.Access)
			}
			wantOK(t, bearing(t, one, got.Access))
			wantRefused(t, bearing(t, other, got.Access), http.StatusUnauthorized, "for another resource")
			c := newClient(t, as, one, "public")
			c.resource = "http://127.0.0.1:1/unknown"
			a := c.begin()
			if at := walk(t, a.page); at.URL.Query().Get("error") != "invalid_target" {
				t.Errorf("an unknown resource: %s %s", at.URL, at.Body)
			}
		})
	}
}

// TestStepUp: a tool that wants a further scope, which a second sign-in gets.
func TestStepUp(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as, Tools: map[string]string{"add": "mcp:write"}})
	c := newClient(t, as, mcp, "public")
	got := c.signIn()
	wantOK(t, bearing(t, mcp, got.Access))
	wantRefused(t, call(t, mcp, "add", "Authorization", "Bearer "+got.Access), http.StatusForbidden,
		`error="insufficient_scope"`, `scope="mcp:read mcp:write"`)
	c.scope = "mcp:read mcp:write"
	if more := c.signIn(); call(t, mcp, "add", "Authorization", "Bearer "+more.Access).Status != http.StatusOK {
		t.Error("the larger token is not enough")
	}
}

// TestFifty has fifty refresh with one token in one moment: one is the first, and that all others are reuse logs the
// person out. It is what a client must not do.
func TestFifty(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	c := newClient(t, as, mcp, "public")
	got := c.signIn()
	var all sync.WaitGroup
	answers := make([]tokens, 50)
	for i := range answers {
		all.Go(func() { answers[i] = c.refresh(got.Refresh) })
	}
	all.Wait()
	good := tokens{}
	won := 0
	for _, a := range answers {
		if a.Error == "" {
			won++
			good = a
		}
	}
	if won != 1 {
		t.Errorf("%d refreshes with one token went well", won)
	}
	wantRefused(t, bearing(t, mcp, good.Access), http.StatusUnauthorized)
	if n := len(as.grants("refresh_token")); n != len(answers) {
		t.Errorf("%d refreshes were recorded", n)
	}
}

// TestZitadel leads a whole sign-in by hand at github.com/zitadel/oidc.
func TestZitadel(t *testing.T) {
	t.Parallel()
	as := startZitadel(t, Zitadel{Access: 3 * time.Second})
	mcp := startProtected(t, Protected{AS: as})
	if as.Meta.Register != "" || as.Meta.IssInAnswer || as.Meta.Issuer != as.origin+"/" {
		t.Errorf("the metadata: %+v", as.Meta)
	}
	c := newClient(t, as, mcp, "native")
	c.scope = "openid offline_access"
	got := c.signIn()
	wantOK(t, bearing(t, mcp, got.Access))
	time.Sleep(3100 * time.Millisecond)
	wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, `error="invalid_token"`)
	next := c.refresh(got.Refresh)
	if next.Refresh == "" || next.Refresh == got.Refresh {
		t.Errorf("nothing was replaced: %+v", next)
	}
	wantOK(t, bearing(t, mcp, next.Access))
	if again := c.refresh(got.Refresh); again.Error != "invalid_grant" {
		t.Errorf("the second use of a refresh token: %+v", again)
	}
	wantOK(t, bearing(t, mcp, next.Access)) // no other is taken
	if status := c.revoke(next.Refresh); status != http.StatusOK {
		t.Errorf("revocation: status %d", status)
	}
	wantRefused(t, bearing(t, mcp, next.Access), http.StatusUnauthorized)
}

// TestDenied: the person presses Cancel.
func TestDenied(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	a := newClient(t, as, mcp, "public").begin()
	at := walk(t, a.page, person{Denies: true})
	if got := at.URL.Query(); !at.Redirected || got.Get("error") != "access_denied" || got.Get("iss") != as.Issuer {
		t.Errorf("landed at %s after %q", at.URL, at.Pages)
	}
}

// TestRegistration: what oidc-provider does not take, and where it takes none.
func TestRegistration(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	c := newClient(t, as, startProtected(t, Protected{AS: as}), "")
	var problem struct{ Error string }
	wrong := map[string]any{"application_type": "native", "redirect_uris": []string{"http://example.com/callback"}}
	if status := c.json(as.Meta.Register, wrong, &problem); status != http.StatusBadRequest || problem.Error != "invalid_redirect_uri" {
		t.Errorf("status %d, %+v", status, problem)
	}
	if closed := startOIDC(t, OIDC{Closed: true}); closed.Meta.Register != "" {
		t.Errorf("there is registration at %s", closed.Meta.Register)
	}
}

// TestPKCE: without a challenge, or with one that is not hashed, there is no page.
func TestPKCE(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	a := newClient(t, as, startProtected(t, Protected{AS: as}), "public").begin()
	u, err := url.Parse(a.page)
	if err != nil {
		t.Fatal(err)
	}
	for _, without := range []string{"code_challenge", "code_challenge_method"} {
		q := u.Query()
		q.Del(without)
		bad := *u
		bad.RawQuery = q.Encode()
		if at := walk(t, bad.String()); at.URL.Query().Get("error") != "invalid_request" {
			t.Errorf("without %s: %s", without, at.URL)
		}
	}
}
