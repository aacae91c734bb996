package signin_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/store"
)

// TestDPoPFlow: tokens that are bound to a key, with and without nonces: over a refresh, over a restart, to the logout.
func TestDPoPFlow(t *testing.T) {
	t.Parallel()
	for name, nonce := range map[string]string{"nonces": "a-fake-nonce", "no nonces": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{DPoPNonce: nonce != "", AccessSeconds: 2})
			mcp := startProtected(t, Protected{AS: as, DPoP: true, Nonce: nonce})
			dir := filepath.Join(t.TempDir(), "accounts")
			e := entry{Store: store.File(dir)}
			f := headfast(t, mcp.URL, e)
			s := f.session()
			f.echoes(s)
			_, first := keptIn(t, e.Store)
			if first.Type != "DPoP" {
				t.Fatalf("the token's type is %q", first.Type)
			}
			time.Sleep(2100 * time.Millisecond)
			f.echoes(s)
			as.set(t, map[string]any{"accessSeconds": 3600})
			e.Nobody, e.Store = true, store.File(dir)
			time.Sleep(2100 * time.Millisecond)
			later := headfast(t, mcp.URL, e)
			later.echoes(later.session())
			key, last := keptIn(t, e.Store)
			if last.Access == first.Access || len(f.opened()) != 1 {
				t.Error("nothing was renewed, or a person was asked again")
			}
			one, err := as.introspect(last.Access)
			if err != nil || !one.Active || one.Confirm.Thumbprint == "" {
				t.Errorf("the token is not bound: %+v %v", one, err)
			}
			pemText, found, err := e.Store.Get(t.Context(), "dpop:"+key)
			if !found || err != nil {
				t.Fatalf("the key is not kept: %v", err)
			}
			lines := strings.Split(pemText, "\n")
			secrets := append(last.secrets(), lines[1])
			f.mustNotTell(secrets...)
			later.mustNotTell(secrets...)
			mustNotHave(t, as.requests(), lines[1])
			mustNotHave(t, mcp.requests(), lines[1])
			if _, err := later.config.Logout(t.Context(), "s", ""); err != nil {
				t.Error(err)
			}
			if keys, err := e.Store.Keys(t.Context()); err != nil || len(keys) > 0 {
				t.Errorf("after the logout the store has %q, %v", keys, err)
			}
		})
	}
}

// TestDeviceFlow signs in on another device.
func TestDeviceFlow(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]rig{
		"registered": {as: rigs[0].as},
		"public":     {as: rigs[0].as, oauth: map[string]any{"clientId": "public"}},
		"zitadel":    {as: rigs[1].as, oauth: map[string]any{"clientId": "device", "clientSecret": fakeSecret}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := r.as(t, time.Hour)
			mcp := startProtected(t, Protected{AS: as})
			oauth := map[string]any{"grant": "device_code"}
			for k, v := range r.oauth {
				oauth[k] = v
			}
			e := entry{OAuth: oauth, Store: store.Memory()}
			f := headfast(t, mcp.URL, e)
			f.echoes(f.session())
			if pages := f.opened(); len(pages) != 1 || pages[0].Code == "" || pages[0].Redirected != nil || pages[0].Server != "s" {
				t.Errorf("the pages: %+v", pages)
			}
			_, k := keptIn(t, e.Store)
			f.mustNotTell(k.secrets()...)
		})
	}
}

// TestDeviceDenied: the person says no.
func TestDeviceDenied(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	f := headfast(t, mcp.URL, entry{OAuth: map[string]any{"grant": "device_code", "clientId": "public"}, Person: person{Denies: true}})
	_, err := f.connect()
	wantCode(t, err, "HF130")
}

// TestCredentialsFlow: a token without a person, by a secret and by a key; another when it is over.
func TestCredentialsFlow(t *testing.T) {
	t.Parallel()
	key, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	secretLine := strings.Split(string(text), "\n")[1]
	for name, set := range map[string]func(*testing.T, *authServer, *protectedServer) map[string]any{
		"basic": func(*testing.T, *authServer, *protectedServer) map[string]any {
			return map[string]any{"clientId": "confidential", "clientSecret": fakeSecret}
		},
		"variable": func(*testing.T, *authServer, *protectedServer) map[string]any {
			return map[string]any{"clientId": "confidential", "clientSecret": "${SECRET}"}
		},
		"key": func(t *testing.T, as *authServer, mcp *protectedServer) map[string]any {
			return map[string]any{"clientId": keyClient(t, as, mcp, publicJWK(key)), "privateKey": "file:" + file, "keyId": "fake"}
		},
		"key in a variable": func(t *testing.T, as *authServer, mcp *protectedServer) map[string]any {
			return map[string]any{"clientId": keyClient(t, as, mcp, publicJWK(key)), "privateKey": "env:KEY", "keyId": "fake"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			as := startOIDC(t, OIDC{AccessSeconds: 2})
			mcp := startProtected(t, Protected{AS: as})
			oauth := set(t, as, mcp)
			oauth["grant"] = "client_credentials"
			f := headfast(t, mcp.URL, entry{OAuth: oauth, Nobody: true, Env: map[string]string{"KEY": string(text), "SECRET": fakeSecret}})
			s := f.session()
			f.echoes(s)
			time.Sleep(2100 * time.Millisecond)
			f.echoes(s)
			if n := len(as.grants("client_credentials")); n != 2 {
				t.Errorf("%d tokens", n)
			}
			mustNotHave(t, as.requests(), secretLine)
			mustNotHave(t, mcp.requests(), secretLine, fakeSecret)
			f.mustNotTell(secretLine, fakeSecret)
		})
	}
	t.Run("zitadel", func(t *testing.T) {
		t.Parallel()
		as := startZitadel(t, Zitadel{})
		mcp := startProtected(t, Protected{AS: as})
		f := headfast(t, mcp.URL, entry{Nobody: true, OAuth: map[string]any{"grant": "client_credentials", "clientId": "sid1", "clientSecret": "verysecret"}})
		_, err := f.connect() // the example server's storage says of a service's token that it is not good
		wantCode(t, err, "HF133")
		for _, g := range as.grants("client_credentials") {
			if g.Status != 200 {
				t.Errorf("%d %s", g.Status, g.Answer.Body)
			}
		}
	})
}

// keyClient registers a client that signs who it is.
func keyClient(t *testing.T, as *authServer, mcp *protectedServer, public jwk) string {
	t.Helper()
	public.KeyID = "fake"
	return register(t, as, mcp, map[string]any{
		"token_endpoint_auth_method": "private_key_jwt", "token_endpoint_auth_signing_alg": "ES256", "redirect_uris": []string{},
		"response_types": []string{}, "grant_types": []string{"client_credentials"}, "jwks": map[string]any{"keys": []jwk{public}},
	}).id
}

// TestStepUpFlow: a tool that wants a further scope. The person is asked once, for both scopes.
func TestStepUpFlow(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	for tool, mcp := range map[string]*protectedServer{
		"add": startProtected(t, Protected{AS: as, Tools: map[string]string{"add": "mcp:write"}}), "write": startGoSDK(t, GoSDK{AS: as}),
	} {
		e := entry{Store: store.Memory()}
		f := headfast(t, mcp.URL, e)
		s := f.session(host.WithConnectTimeout(20 * time.Second))
		f.echoes(s)
		if _, k := keptIn(t, e.Store); strings.Contains(k.Scope, "write") {
			t.Errorf("%s: all scopes were asked for: %s", tool, k.Scope)
		}
		args := map[string]any{"a": 1, "b": 2, "text": "hello"}
		for range 2 {
			if _, err := s.Call(f.ctx, tool, args); err != nil {
				t.Errorf("%s: %v\n%s", tool, err, f.told())
			}
		}
		f.echoes(s)
		if pages := f.opened(); len(pages) != 2 || !strings.Contains(pages[1].URL, "mcp%3Aread") || !strings.Contains(pages[1].URL, "mcp%3Awrite") {
			t.Errorf("%s: the pages are %+v", tool, pages)
		}
		e.Nobody = true
		later := headfast(t, mcp.URL, e)
		if _, err := later.session().Call(later.ctx, tool, args); err != nil {
			t.Errorf("%s: the next client: %v", tool, err)
		}
	}
	mcp := startProtected(t, Protected{AS: as, Tools: map[string]string{"add": "mcp:write"}})
	e := entry{Store: store.Memory()}
	headfast(t, mcp.URL, e).login()
	e.Nobody = true
	f := headfast(t, mcp.URL, e)
	s := f.session()
	_, err := s.Call(t.Context(), "add", map[string]any{"a": 1, "b": 2})
	wantCode(t, f.noted(err), "HF134")
	f.echoes(s) // what the token is good for, it still is
	if len(as.grants("refresh_token")) > 0 {
		t.Error("a refresh for scope")
	}
}

// TestConfiguredClient: the client that the entry names, public or with a secret, and no registration.
func TestConfiguredClient(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		redirect := "http://" + unserved(t) + "/callback" // zitadel's web client has one with a port
		var as *authServer
		ids := []string{"public", "confidential"}
		if r.name == "zitadel" {
			as, ids = startZitadel(t, Zitadel{Access: 2 * time.Second, Redirect: redirect}), []string{"native", "web"}
		} else {
			as = r.as(t, 2*time.Second)
		}
		for i, name := range []string{"public", "confidential"} {
			oauth := map[string]any{"clientId": ids[i], "redirectUri": redirect}
			if name == "confidential" {
				oauth["clientSecret"] = fakeSecret
			}
			mcp := startProtected(t, Protected{AS: as})
			f := headfast(t, mcp.URL, entry{OAuth: oauth})
			s := f.session()
			f.echoes(s)
			time.Sleep(2100 * time.Millisecond)
			f.echoes(s)
			for _, g := range append(as.grants("authorization_code"), as.grants("refresh_token")...) {
				if basic := strings.HasPrefix(g.Header.Get("Authorization"), "Basic "); g.Status != 200 || name == "confidential" && !basic && g.form().Get("client_secret") == "" {
					t.Errorf("%s: %d, basic %v", name, g.Status, basic)
				}
			}
			as.forget()
			f.mustNotTell(fakeSecret)
			mustNotHave(t, mcp.requests(), fakeSecret)
		}
	})
}

// TestDocumentFlow: a client that is known by the address of its document needs no registration.
func TestDocumentFlow(t *testing.T) {
	t.Parallel()
	const id = "https://client.example/metadata.json"
	as := startOIDC(t, OIDC{Documents: map[string]any{id: map[string]any{
		"client_id": id, "client_name": "Headfast", "application_type": "native", "token_endpoint_auth_method": "none",
		"redirect_uris": []string{"http://127.0.0.1/callback"}, "grant_types": []string{"authorization_code", "refresh_token"},
	}}})
	mcp := startProtected(t, Protected{AS: as})
	for name, e := range map[string]entry{"option": {Document: id}, "entry": {OAuth: map[string]any{"clientMetadataUrl": id}}} {
		f := headfast(t, mcp.URL, e)
		f.login()
		f.echoes(f.session())
		if f.account().Client != id {
			t.Errorf("%s: the client is %s", name, f.account().Client)
		}
	}
	if n := len(as.to("POST", path(as.Meta.Register))); n > 0 {
		t.Errorf("%d registrations", n)
	}
}

// TestMoveFlow: the server goes to another authorization server, in the middle of a session. Nothing of what the first
// gave comes to the second, and nobody needs to log in by hand.
func TestMoveFlow(t *testing.T) {
	t.Parallel()
	for name, nobody := range map[string]bool{"with a person": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := startOIDC(t, OIDC{}), startOIDC(t, OIDC{})
			mcp := startProtected(t, Protected{AS: first})
			e := entry{Store: store.Memory()}
			headfast(t, mcp.URL, e).login()
			_, old := keptIn(t, e.Store)
			e.Nobody = nobody
			f := headfast(t, mcp.URL, e)
			s := f.session()
			f.echoes(s)
			mcp.moveTo(t, second)
			err := f.echo(s)
			_, now := keptIn(t, e.Store)
			if nobody {
				wantCode(t, err, "HF104")
			} else if err != nil || now.Issuer != second.Issuer {
				t.Fatalf("%v; the issuer is %s\n%s", err, now.Issuer, f.told())
			} else {
				f.echoes(s)
			}
			mustNotHave(t, second.requests(), append(old.secrets(), old.Client)...)
			for _, g := range first.grants("refresh_token") {
				mustNotHave(t, second.requests(), g.form().Get("refresh_token"))
			}
			f.mustNotTell(append(old.secrets(), now.secrets()...)...)
		})
	}
}
