package signin_test

import (
	"crypto/rand"
	"net/http"
	"testing"
	"time"
)

// TestDPoP: tokens that are bound to a key, at an authorization server and a resource that want nonces.
func TestDPoP(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{DPoPNonce: true})
	mcp := startProtected(t, Protected{AS: as, DPoP: true, Nonce: "a-fake-nonce"})
	wantRefused(t, call(t, mcp, "echo"), http.StatusUnauthorized, "DPoP ")
	c := newClient(t, as, mcp, "public")
	var err error
	if c.key, err = newKey(); err != nil {
		t.Fatal(err)
	}
	got := c.refresh(c.signIn().Refresh)
	if got.Type != "DPoP" {
		t.Fatalf("tokens: %+v", got)
	}
	proven := func(nonce string) string {
		p, err := prove(c.key, http.MethodPost, mcp.URL, got.Access, nonce)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	with := func(proof string) called {
		return call(t, mcp, "echo", "Authorization", "DPoP "+got.Access, "DPoP", proof)
	}
	wantRefused(t, with(proven("")), http.StatusUnauthorized, `DPoP error="use_dpop_nonce"`)
	good := proven("a-fake-nonce")
	wantOK(t, with(good))
	wantRefused(t, with(good), http.StatusUnauthorized, "was used before")
	wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, "has to come with a proof")
	if c.key, err = newKey(); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, with(proven("a-fake-nonce")), http.StatusUnauthorized, "another key")
	if stolen := c.refresh(got.Refresh); stolen.Error != "invalid_grant" {
		t.Errorf("a refresh with another key: %+v", stolen)
	}
}

// TestDevice signs in on another device (RFC 8628), at both.
func TestDevice(t *testing.T) {
	t.Parallel()
	for name, startAS := range map[string]func(*testing.T) (*authServer, string){
		"oidc-provider": func(t *testing.T) (*authServer, string) { return startOIDC(t, OIDC{}), "public" },
		"zitadel":       func(t *testing.T) (*authServer, string) { return startZitadel(t, Zitadel{}), "device" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as, client := startAS(t)
			mcp := startProtected(t, Protected{AS: as})
			c := newClient(t, as, mcp, client)
			for _, denies := range []bool{false, true} {
				var grant struct {
					Device   string `json:"device_code"`
					Code     string `json:"user_code"`
					Page     string `json:"verification_uri"`
					Complete string `json:"verification_uri_complete"`
				}
				if status := c.post(as.Meta.Device, &grant, "scope", c.scope, "resource", c.resource); status != http.StatusOK {
					t.Fatalf("status %d", status)
				}
				ask := func() tokens {
					return c.token("grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code", grant.Device)
				}
				if early := ask(); early.Error != "authorization_pending" {
					t.Errorf("before the person: %+v", early)
				}
				at := walk(t, grant.Complete, person{Denies: denies})
				got := ask()
				if denies && got.Error != "access_denied" {
					t.Errorf("denied: %+v, after %q\n%s", got, at.Pages, at.Body)
				}
				if !denies {
					wantOK(t, bearing(t, mcp, got.Access))
				}
			}
		})
	}
}

// TestClientCredentials: a token without a person, by a secret, and by a key (RFC 7523).
func TestClientCredentials(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	got := newClient(t, as, mcp, "confidential").token("grant_type", "client_credentials", "scope", "mcp:read")
	wantOK(t, bearing(t, mcp, got.Access))

	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	public := publicJWK(key)
	public.KeyID = "fake"
	c := register(t, as, mcp, map[string]any{
		"token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "redirect_uris": []string{},
		"response_types": []string{}, "grant_types": []string{"client_credentials"}, "jwks": map[string]any{"keys": []jwk{public}},
	})
	assertion, err := signJWT(key, jwtHeader{Type: "JWT", KeyID: "fake"}, map[string]any{
		"iss": c.id, "sub": c.id, "aud": as.Issuer, "jti": rand.Text(), "exp": time.Now().Add(time.Minute).Unix(),
	})
	if err != nil {
		t.Fatal(err)
	}
	got = c.token("grant_type", "client_credentials", "scope", "mcp:read", "client_assertion", assertion,
		"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	wantOK(t, bearing(t, mcp, got.Access))
}

// TestDocument: a client that is known by the address of its metadata document.
func TestDocument(t *testing.T) {
	t.Parallel()
	const id = "https://client.example/metadata.json"
	as := startOIDC(t, OIDC{Closed: true, Documents: map[string]any{id: map[string]any{
		"client_id": id, "client_name": "By document", "application_type": "native", "token_endpoint_auth_method": "none",
		"redirect_uris": []string{"http://127.0.0.1/callback"}, "grant_types": []string{"authorization_code", "refresh_token"},
	}}})
	if !as.Meta.Documents {
		t.Error("the metadata does not say that documents are read")
	}
	mcp := startProtected(t, Protected{AS: as})
	c := newClient(t, as, mcp, "")
	c.id = id
	wantOK(t, bearing(t, mcp, c.signIn().Access))
	c.id = "https://client.example/unknown.json"
	a := c.begin()
	if at := walk(t, a.page); at.Redirected || at.Status != http.StatusBadRequest {
		t.Errorf("an unknown document: %s, status %d", at.URL, at.Status)
	}
}

// TestRefreshTokens: who gets one, and how long it is good for.
func TestRefreshTokens(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{Refresh: "offline_access", KeepRefresh: true})
	mcp := startProtected(t, Protected{AS: as})
	c := newClient(t, as, mcp, "public")
	if got := c.signIn(); got.Refresh != "" {
		t.Errorf("a refresh token that nobody asked for: %+v", got)
	}
	c.scope += " offline_access"
	if got := c.signIn(); got.Refresh != "" {
		t.Errorf("offline_access without prompt=consent: %+v", got)
	}
	a := c.begin("prompt", "consent")
	got := c.finish(a, walk(t, a.page))
	if next := c.refresh(got.Refresh); next.Refresh != got.Refresh {
		t.Errorf("the refresh token was replaced: %+v", next)
	}
	as.set(t, map[string]any{"refreshSeconds": 1})
	a = c.begin("prompt", "consent")
	got = c.finish(a, walk(t, a.page))
	time.Sleep(1100 * time.Millisecond)
	if late := c.refresh(got.Refresh); late.Error != "invalid_grant" {
		t.Errorf("a refresh token that is over: %+v", late)
	}
	as.set(t, map[string]any{"refresh": "never"})
	a = c.begin("prompt", "consent")
	if got := c.finish(a, walk(t, a.page)); got.Access == "" || got.Refresh != "" {
		t.Errorf("a refresh token that is not to be had: %+v", got)
	}
}
