package signin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/store"
)

// A configured key and a tenant, both fake.
const (
	fakeAPIKey = "fake-api-key-0123456789abcdef"
	fakeTenant = "fake-tenant-0123456789"
)

// TestHeadersStay: what is configured goes with every request to the MCP server's endpoint and to nobody else; the token
// goes to the MCP server only, and what gets a token to the authorization server only. From the login to the logout.
func TestHeadersStay(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		for mode, headers := range map[string]map[string]any{
			"oauth": {"X-Tenant": fakeTenant}, "both": {"X-Tenant": fakeTenant, "X-API-Key": fakeAPIKey},
		} {
			as := r.as(t, 2*time.Second)
			mcp := startProtected(t, Protected{AS: as, Tools: map[string]string{"add": as.Scopes[0]}})
			e := entry{OAuth: r.oauth, Store: store.Memory(), Fields: map[string]any{"auth": mode, "headers": headers}}
			f := headfast(t, mcp.URL, e)
			f.login()
			s := f.session()
			f.echoes(s)
			_, first := keptIn(t, e.Store)
			time.Sleep(2100 * time.Millisecond)
			f.echoes(s)
			_, second := keptIn(t, e.Store)
			if first.Access == second.Access {
				t.Error("nothing was renewed")
			}
			if _, err := f.config.Logout(t.Context(), "s", ""); err != nil {
				t.Error(err)
			}
			endpoint := 0
			for _, q := range mcp.requests() {
				if q.Path != path(mcp.URL) {
					for name := range headers {
						if q.Header.Get(name) != "" {
							t.Errorf("%s: %s %s has %s", mode, q.Method, q.Path, name)
						}
					}
					if q.Header.Get("Authorization") != "" {
						t.Errorf("%s: %s %s has Authorization", mode, q.Method, q.Path)
					}
					continue
				}
				endpoint++
				for name, value := range headers {
					if q.Header.Get(name) != value {
						t.Errorf("%s: %s %s is without %s", mode, q.Method, q.Path, name)
					}
				}
			}
			if endpoint < 5 {
				t.Errorf("%s: only %d requests", mode, endpoint)
			}
			mustNotHave(t, as.requests(), fakeAPIKey, fakeTenant)
			for _, q := range as.requests() {
				for name := range headers {
					if _, there := q.Header[http.CanonicalHeaderKey(name)]; there {
						t.Errorf("%s: the authorization server got %s", mode, name)
					}
				}
			}
			mustNotHave(t, mcp.requests(), first.Refresh, second.Refresh)
			mustNotHave(t, as.requests(), first.Access, second.Access)
			f.mustNotTell(append(append(first.secrets(), second.secrets()...), fakeAPIKey)...)
			f.mustNotTell(codesOf(as)...)
		}
	})
}

// codesOf are the codes, verifiers and states of all sign-ins.
func codesOf(as *authServer) (all []string) {
	for _, g := range as.grants("authorization_code") {
		all = append(all, g.form().Get("code"), g.form().Get("code_verifier"))
	}
	for _, g := range as.to("GET", path(as.Meta.Authorize)) {
		if state := g.form().Get("state"); state != "" {
			all = append(all, state)
		}
	}
	return all
}

// TestHeaderRefused: a configured credential is refused, and the challenge advertises OAuth. Nothing is asked of anybody.
func TestHeaderRefused(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"/modern", "/legacy", "/sse"} {
		for name, header := range map[string]string{"X-API-Key": fakeAPIKey, "Authorization": "Bearer " + fakeAPIKey} {
			as := startOIDC(t, OIDC{})
			mcp := startProtected(t, Protected{AS: as, Path: transport})
			e := entry{Fields: map[string]any{"auth": "auto", "headers": map[string]any{name: header}}}
			if transport == "/sse" {
				e.Fields["type"] = "sse"
			}
			f := headfast(t, mcp.URL, e)
			_, err := f.connect()
			wantCode(t, err, "HF101")
			if err := f.noted(f.config.Login(f.ctx, "s", "")); err == nil {
				t.Error("a login went well")
			}
			if n := len(as.requests()); n > 0 {
				t.Errorf("%s %s: %d requests at the authorization server", transport, name, n)
			}
			for _, q := range mcp.requests() {
				if q.Path != path(mcp.URL) || q.Header.Get(name) != header {
					t.Errorf("%s %s: %s %s, %q", transport, name, q.Method, q.Path, q.Header.Get(name))
				}
			}
			if len(f.opened()) > 0 {
				t.Error("a page was opened")
			}
			f.mustNotTell(fakeAPIKey)
		}
	}
}

// TestErrorsTellNothing: what an authorization server says back of our secrets does not get into errors and traces.
func TestErrorsTellNothing(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	e := entry{OAuth: map[string]any{"clientId": "confidential", "clientSecret": fakeSecret, "redirectUri": anyPort}, Store: store.Memory()}
	f := headfast(t, mcp.URL, e)
	s := f.session()
	f.echoes(s)
	_, k := keptIn(t, e.Store)
	mcp.refusing(k.Access)
	as.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.URL.Path != path(as.Meta.Token) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusInternalServerError)
		_ = r.Header.Write(w)
		_, _ = w.Write([]byte("<p>" + k.Refresh + " " + k.Access + " " + fakeSecret + "</p>" + r.Header.Get("Authorization")))
	})
	if err := f.echo(s); err == nil {
		t.Error("it went well")
	}
	as.intercept(failing(isPath(path(as.Meta.Token)), 400, "application/json",
		`{"error":"invalid_request","error_description":"no `+k.Refresh+` of `+fakeSecret+`"}`))
	if err := f.echo(s); err == nil {
		t.Error("it went well")
	}
	if !strings.Contains(f.told(), "HF130") {
		t.Errorf("nothing was said: %s", f.told())
	}
	f.mustNotTell(append(k.secrets(), fakeSecret)...)
	as.intercept(nil)
	if err := f.echo(s); err != nil {
		t.Error(err)
	}
}

// TestRedirectsInward: the server's metadata redirects to where a cloud keeps its keys, and elsewhere: nobody follows.
func TestRedirectsInward(t *testing.T) {
	t.Parallel()
	other := record(t)
	other.behind(http.NotFoundHandler())
	for _, to := range []string{"http://169.254.169.254/latest/meta-data/", other.origin + "/elsewhere", "http://[::ffff:169.254.169.254]/", "//169.254.169.254/"} {
		as := startOIDC(t, OIDC{})
		mcp := startProtected(t, Protected{AS: as})
		mcp.intercept(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
			if strings.HasPrefix(r.URL.Path, "/.well-known/") {
				http.Redirect(w, r, to, http.StatusFound)
				return
			}
			next.ServeHTTP(w, r)
		})
		f := headfast(t, mcp.URL, entry{})
		_, err := f.connect(host.WithConnectTimeout(5 * time.Second))
		if err == nil || len(f.opened()) > 0 {
			t.Errorf("%s: %v, %d pages", to, err, len(f.opened()))
		}
		f.mu.Lock()
		for _, tr := range f.traces {
			if strings.Contains(tr.URL, "169.254") || strings.Contains(tr.URL, "elsewhere") {
				t.Errorf("it went to %s", tr.URL)
			}
		}
		f.mu.Unlock()
	}
	if n := len(other.requests()); n > 0 {
		t.Errorf("%d requests elsewhere", n)
	}
}
