package signin_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// TestWedges: what can be put between a client and a server, and that the record shows it.
func TestWedges(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	c := newClient(t, as, startProtected(t, Protected{AS: as}), "public")
	got := c.signIn()
	isToken := isPath(path(as.Meta.Token))
	refresh := func() (*http.Response, error) {
		form := "client_id=public&grant_type=refresh_token&refresh_token=" + got.Refresh
		return http.Post(as.Meta.Token, "application/x-www-form-urlencoded", strings.NewReader(form))
	}
	as.intercept(failing(isToken, http.StatusServiceUnavailable, "text/html", "<p>Down"))
	if answer, err := refresh(); err != nil || answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("failing: %v %v", answer, err)
	}
	as.intercept(dropping(every))
	if _, err := refresh(); err == nil {
		t.Error("dropping: there was an answer")
	}
	as.intercept(slow(isToken, 50*time.Millisecond))
	begin := time.Now()
	if next := c.refresh(got.Refresh); next.Access == "" || time.Since(begin) < 50*time.Millisecond {
		t.Errorf("slow: %+v after %v", next, time.Since(begin))
	} else {
		got = next
	}
	as.intercept(changing(isToken, func(r *httptest.ResponseRecorder) { r.Code = http.StatusTeapot }))
	if next := c.refresh(got.Refresh); next.Status != http.StatusTeapot {
		t.Errorf("changing: %+v", next)
	} else {
		got = next
	}
	as.intercept(losing(isToken))
	if _, err := refresh(); err == nil {
		t.Error("losing: there was an answer")
	}
	as.intercept(nil)
	if again := c.refresh(got.Refresh); again.Error != "invalid_grant" {
		t.Errorf("the lost answer's token was not used: %+v", again)
	}
	var all []int
	for _, r := range as.grants("refresh_token") {
		all = append(all, r.Status)
	}
	if want := []int{503, 0, 200, 418, 0, 400}; !slices.Equal(all, want) {
		t.Errorf("the record has %v, want %v", all, want)
	}
}

// TestLeaks: a secret is found in each place and dress.
func TestLeaks(t *testing.T) {
	t.Parallel()
	const secret = `a-fake/secret+that"is=long`
	bare := func(change func(*http.Request)) request {
		r := httptest.NewRequest(http.MethodPost, "/path", nil)
		change(r)
		return request{Path: r.URL.Path, Query: r.URL.RawQuery, Header: r.Header}
	}
	with := []request{
		{Body: []byte("x" + secret)},
		{Body: []byte(`{"a":"a-fake/secret+that\"is=long"}`)},
		{Query: "a=a-fake%2Fsecret%2Bthat%22is%3Dlong"},
		bare(func(r *http.Request) { r.SetBasicAuth("somebody", secret) }),
		bare(func(r *http.Request) { r.Header.Set("X-Whatever", "1 "+b64.EncodeToString([]byte("?"+secret+"!"))) }),
	}
	for i, r := range with {
		if len(carrying([]request{r}, secret)) != 1 {
			t.Errorf("%d: it was not found", i)
		}
	}
	if found := carrying([]request{{Path: "/a", Query: "b", Body: []byte("a-fake/secret")}}, secret); found != nil {
		t.Errorf("found %q", found)
	}
}

// TestTenant: an issuer with a path, whose metadata is where RFC 8414 section 3.1 puts it.
func TestTenant(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{Path: "/tenant"})
	var meta metadata
	fetchJSON(t, as.origin+"/.well-known/oauth-authorization-server/tenant", &meta)
	if meta.Issuer != as.origin+"/tenant" || meta.Token != as.origin+"/tenant/token" {
		t.Errorf("the metadata: %+v", meta)
	}
	fetchJSON(t, as.origin+"/.well-known/openid-configuration/tenant", &meta)
	fetchJSON(t, as.origin+"/tenant/.well-known/openid-configuration", &meta)
	if answer, err := http.Get(as.origin + "/.well-known/oauth-authorization-server"); err != nil || answer.StatusCode != http.StatusNotFound {
		t.Errorf("at the root: %v %v", answer, err)
	}
	mcp := startProtected(t, Protected{AS: as})
	wantOK(t, bearing(t, mcp, register(t, as, mcp, nil).signIn().Access))
}

// TestLogout: who has signed in need not do it again, and who signs out at the authorization server takes the tokens.
func TestLogout(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	c := newClient(t, as, mcp, "public")
	ada := someone(t, person{Login: "ada"})
	first, second := c.begin(), c.begin()
	got := c.finish(first, ada(first.page))
	if about, err := as.introspect(got.Access); err != nil || about.Subject != "ada" {
		t.Errorf("the token is %+v's: %v", about, err)
	}
	if at := ada(second.page); !at.Redirected || len(at.Pages) != 5 { // a native client's consent is asked for each time
		t.Errorf("the second time: %q", at.Pages)
	}
	if at := ada(as.Meta.EndSession); !strings.Contains(at.Body, "Sign-out Success") {
		t.Errorf("signing out: %q\n%s", at.Pages, at.Body)
	}
	wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, `error="invalid_token"`)
	if gone := c.refresh(got.Refresh); gone.Error != "invalid_grant" {
		t.Errorf("a refresh after it: %+v", gone)
	}
}

// TestLoseAll: an authorization server that has forgotten its clients.
func TestLoseAll(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	c := register(t, as, mcp, nil)
	got := c.signIn()
	as.loseAll(t)
	wantRefused(t, bearing(t, mcp, got.Access), http.StatusUnauthorized, `error="invalid_token"`)
	if gone := c.refresh(got.Refresh); gone.Error != "invalid_client" || gone.Status != http.StatusUnauthorized {
		t.Errorf("a refresh: %+v", gone)
	}
	wantOK(t, bearing(t, mcp, register(t, as, mcp, nil).signIn().Access))
}

// TestEnds: each kind of server ends by itself when its input does, so that none outlives tests that were killed.
func TestEnds(t *testing.T) {
	t.Parallel()
	var all []*testbed.Server
	t.Run("inner", func(t *testing.T) {
		as := startOIDC(t, OIDC{})
		gosdk := startGoSDK(t, GoSDK{AS: as})
		all = []*testbed.Server{as.process, gosdk.process, startZitadel(t, Zitadel{}).process}
	})
	for _, p := range all {
		select {
		case <-p.Gone():
			if code := p.Cmd.ProcessState.ExitCode(); code != 0 {
				t.Errorf("%s had to be ended: %v", p.Cmd, p.Cmd.ProcessState)
			}
		default:
			t.Errorf("%s runs on", p.Cmd)
		}
	}
}
