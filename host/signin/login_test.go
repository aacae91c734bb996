package signin_test

import (
	"context"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/store"
)

// anyPort is the redirect URI that the servers' own clients have, on a port that the system chooses.
const anyPort = "http://127.0.0.1:0/callback"

// rig is an authorization server with how Headfast is configured for it.
type rig struct {
	name string
	as   func(t *testing.T, life time.Duration) *authServer
	// oauth is a public client's; nil has it registered.
	oauth map[string]any
}

// rigs are both. A life is in whole seconds.
var rigs = []rig{
	{"oidc-provider", func(t *testing.T, life time.Duration) *authServer {
		return startOIDC(t, OIDC{AccessSeconds: int(life.Seconds())})
	}, nil},
	{"zitadel", func(t *testing.T, life time.Duration) *authServer {
		return startZitadel(t, Zitadel{Access: life})
	}, map[string]any{"clientId": "native", "redirectUri": anyPort}},
}

// each runs a test against both.
func each(t *testing.T, f func(t *testing.T, r rig)) {
	t.Parallel()
	for _, r := range rigs {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f(t, r)
		})
	}
}

// TestHeadfastChromium signs in in a real browser.
func TestHeadfastChromium(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		landed := make(chan landing, 1)
		f := headfast(t, mcp.URL, entry{OAuth: r.oauth, Open: func(_ context.Context, p host.Page) error {
			go func() { landed <- browser(t, p.URL) }()
			return nil
		}})
		f.login()
		if at := <-landed; at.Status != 200 || !at.Redirected {
			t.Errorf("the browser is at %s: %d\n%s", at.URL, at.Status, at.Body)
		}
		f.echoes(f.session())
	})
}

// TestHeadfastModule signs in with the module.
func TestHeadfastModule(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		f := headfast(t, startProtected(t, Protected{AS: as}).URL, entry{OAuth: r.oauth, Module: true})
		f.echoes(f.session())
	})
}

// TestSignIn: a session that meets a challenge signs in, and lists and calls; what it got is the account's, and the next client needs nobody.
func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		for name, mcp := range map[string]*protectedServer{
			"demo": startProtected(t, Protected{AS: as}), "legacy": startProtected(t, Protected{AS: as, Path: "/legacy"}),
			"sse": startProtected(t, Protected{AS: as, Path: "/sse"}), "root": startProtected(t, Protected{AS: as, Root: true, Mute: true}),
			"Go SDK": startGoSDK(t, GoSDK{AS: as}), "Go SDK with sessions": startGoSDK(t, GoSDK{AS: as, Sessions: true}),
		} {
			e := entry{OAuth: r.oauth, Store: store.Memory()}
			if name == "sse" {
				e.Fields = map[string]any{"type": "sse"}
			}
			f := headfast(t, mcp.URL, e)
			f.echoes(f.session())
			if n := len(f.opened()); n != 1 {
				t.Errorf("%s: %d pages", name, n)
			}
			_, k := keptIn(t, e.Store)
			a := f.account()
			if a.Issuer != as.Issuer || a.URL != mcp.URL || !a.Refreshes || a.Scheme != "Bearer" || k.Refresh == "" {
				t.Errorf("%s: the account: %+v", name, a)
			}
			mustNotHave(t, mcp.requests(), k.Refresh)
			f.mustNotTell(k.secrets()...)
			e.Nobody = true
			again := headfast(t, mcp.URL, e)
			again.echoes(again.session())
		}
	})
}

// TestRefreshOn: a token that ends is renewed, in a session and at the start of one, and each new one is written down.
func TestRefreshOn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, 2*time.Second)
		mcp := startProtected(t, Protected{AS: as})
		e := entry{OAuth: r.oauth, Store: store.Memory()}
		f := headfast(t, mcp.URL, e)
		s := f.session()
		f.echoes(s)
		_, first := keptIn(t, e.Store)
		time.Sleep(2100 * time.Millisecond)
		f.echoes(s)
		_, second := keptIn(t, e.Store)
		if second.Access == first.Access || second.Refresh == first.Refresh {
			t.Error("nothing was renewed, or it was not kept")
		}
		time.Sleep(2100 * time.Millisecond)
		e.Nobody = true
		later := headfast(t, mcp.URL, e)
		later.echoes(later.session())
		_, third := keptIn(t, e.Store)
		if third.Refresh == second.Refresh {
			t.Error("the next client renewed nothing")
		}
		if used := len(mcp.with(second.Access)); len(later.opened()) > 0 || used == 0 {
			t.Errorf("%d pages; %d requests with the second token", len(later.opened()), used)
		}
		for i, g := range as.grants("refresh_token") {
			if g.Status != 200 {
				t.Errorf("refresh %d: %d %s", i, g.Status, g.Answer.Body)
			}
		}
		secrets := append(append(first.secrets(), second.secrets()...), third.secrets()...)
		f.mustNotTell(secrets...)
		later.mustNotTell(secrets...)
		mustNotHave(t, mcp.requests(), first.Refresh, second.Refresh, third.Refresh)
	})
}

// TestRevokedMeanwhile: the token is revoked in the middle of a session, and so is the refresh token.
func TestRevokedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		e := entry{OAuth: r.oauth, Store: store.Memory()}
		headfast(t, mcp.URL, e).login()
		_, k := keptIn(t, e.Store)
		e.Nobody = true
		f := headfast(t, mcp.URL, e)
		s := f.session()
		f.echoes(s)
		c := newClient(t, as, mcp, k.Client)
		c.revoke(k.Refresh)
		before := len(as.requests())
		wantCode(t, f.echo(s), "HF104")
		grants := as.grants("refresh_token")
		if len(grants) != 1 || grants[0].Status != 400 {
			t.Errorf("%d refreshes", len(grants))
		}
		if n := len(as.requests()); n != before+1 {
			t.Errorf("%d requests to be told no", n-before)
		}
		_, left := keptIn(t, e.Store)
		if left.Access != "" || left.Refresh != "" || left.Client != k.Client {
			t.Error("the store still has tokens that ended, or has lost the client")
		}
		f.mustNotTell(k.secrets()...)
		e.Nobody = false
		anew := headfast(t, mcp.URL, e)
		anew.echoes(anew.session())
		if n := len(as.to("POST", path(as.Meta.Register))); as.Meta.Register != "" && n != 2 { // with a scope, then without
			t.Error("the client was registered twice")
		}
	})
}

// TestLogoutRevokes: what is given back is over there, and forgotten here.
func TestLogoutRevokes(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, time.Hour)
		mcp := startProtected(t, Protected{AS: as})
		e := entry{OAuth: r.oauth, Store: store.Memory()}
		f := headfast(t, mcp.URL, e)
		f.login()
		_, k := keptIn(t, e.Store)
		if about, err := as.introspect(k.Access); err != nil || !about.Active {
			t.Fatalf("%+v %v", about, err)
		}
		if warnings, err := f.config.Logout(t.Context(), "s", ""); err != nil || len(warnings) > 0 {
			t.Errorf("%v %v\n%s", warnings, err, f.told())
		}
		if about, err := as.introspect(k.Access); err != nil || about.Active {
			t.Errorf("the access token is still good: %+v %v", about, err)
		}
		if gone := newClient(t, as, mcp, k.Client).refresh(k.Refresh); gone.Error != "invalid_grant" {
			t.Errorf("the refresh token is still good: %+v", gone)
		}
		if keys, err := e.Store.Keys(t.Context()); err != nil || len(keys) > 0 {
			t.Errorf("the store has %q, %v", keys, err)
		}
		f.mustNotTell(k.secrets()...)
		_, err := f.connect(host.WithoutSignIn())
		wantCode(t, err, "HF104")
	})
}
