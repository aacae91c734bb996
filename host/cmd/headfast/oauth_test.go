package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host/demo"
)

// canaries begin every secret of oauthServer. No run may ever print one: outcome.noSecret checks that.
var canaries = []string{"canary-access", "canary-refresh", "canary-code", "canary-client", "canary-device"}

// oauthServer is an MCP server that wants tokens, and the authorization server that gives them, on two origins. It signs
// in whoever comes. What it answers can be changed for one path.
type oauthServer struct {
	mcp, as *httptest.Server

	mu    sync.Mutex
	wrong map[string]http.HandlerFunc
	seen  []url.Values // the forms at the authorization server, with "path"
	good  map[string]bool
	given int
	// verifiers are those of PKCE, which are as secret as the rest.
	verifiers []string
	agreed    bool // the person has typed the code
}

func newOAuth(t *testing.T) *oauthServer {
	t.Helper()
	behind, err := demo.Start(demo.Options{Key: goodKey})
	if err != nil {
		t.Fatal(err)
	}
	s := &oauthServer{wrong: map[string]http.HandlerFunc{}, good: map[string]bool{}}
	to, err := url.Parse(behind.URL(""))
	if err != nil {
		t.Fatal(err)
	}
	pass := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.URL.Path = "/modern"
		r.Out.Header.Set("X-API-Key", goodKey)
	}}
	s.mcp = httptest.NewServer(s.changed(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch {
		case r.URL.Path == "/.well-known/oauth-protected-resource/mcp":
			reply(w, 200, map[string]any{"resource": s.mcp.URL + "/mcp", "authorization_servers": []string{s.as.URL}, "scopes_supported": []string{"tools"}})
		case r.URL.Path != "/mcp":
			http.NotFound(w, r)
		case !s.knows(token):
			w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="`+s.mcp.URL+`/.well-known/oauth-protected-resource/mcp"`)
			reply(w, 401, map[string]any{"detail": "A token is needed"})
		default:
			pass.ServeHTTP(w, r)
		}
	})))
	s.as = httptest.NewServer(s.changed(http.HandlerFunc(s.authorize)))
	t.Cleanup(func() {
		s.mcp.Close()
		s.as.Close()
		if err := behind.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// changed answers as the test says, where it says.
func (s *oauthServer) changed(usual http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		wrong := s.wrong[r.URL.Path]
		s.mu.Unlock()
		if wrong != nil {
			wrong(w, r)
			return
		}
		usual.ServeHTTP(w, r)
	})
}

// breaks has a path answered otherwise.
func (s *oauthServer) breaks(path string, with http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrong[path] = with
}

func (s *oauthServer) knows(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.good[token]
}

func (s *oauthServer) metadata() map[string]any {
	at := s.as.URL
	return map[string]any{
		"issuer": at, "authorization_endpoint": at + "/authorize", "token_endpoint": at + "/token", "registration_endpoint": at + "/register",
		"revocation_endpoint": at + "/revoke", "device_authorization_endpoint": at + "/device", "response_types_supported": []string{"code"},
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"client_secret_post", "none"},
	}
}

func (s *oauthServer) authorize(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.note(r)
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		reply(w, 200, s.metadata())
	case "/register":
		reply(w, 201, map[string]any{"client_id": "a-client", "client_secret": "canary-client-secret", "token_endpoint_auth_method": "client_secret_post"})
	case "/authorize":
		back := url.Values{"code": {"canary-code-0123456789"}, "state": {r.Form.Get("state")}}
		http.Redirect(w, r, r.Form.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	case "/device":
		reply(w, 200, map[string]any{"device_code": "canary-device-0123456789", "user_code": "WDJB-MJHT", "verification_uri": s.as.URL + "/type", "interval": 1, "expires_in": 60})
	case "/type":
		s.mu.Lock()
		s.agreed = true
		s.mu.Unlock()
	case "/token":
		s.token(w, r)
	case "/revoke":
		s.mu.Lock()
		s.good = map[string]bool{}
		s.mu.Unlock()
	default:
		http.NotFound(w, r)
	}
}

func (s *oauthServer) note(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	form := url.Values{"path": {r.URL.Path}}
	for name, values := range r.Form {
		form[name] = values
	}
	s.seen = append(s.seen, form)
	if v := r.Form.Get("code_verifier"); v != "" {
		s.verifiers = append(s.verifiers, v)
	}
}

func (s *oauthServer) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if strings.HasSuffix(r.Form.Get("grant_type"), "device_code") && !s.agreed {
		reply(w, 400, map[string]any{"error": "authorization_pending"})
		return
	}
	s.given++
	access := fmt.Sprintf("canary-access-0123456789-%04d", s.given)
	s.good[access] = true
	reply(w, 200, map[string]any{"access_token": access, "refresh_token": "canary-refresh-0123456789", "token_type": "Bearer", "expires_in": 3600, "scope": "tools"})
}

// at are the forms that came to a path of the authorization server.
func (s *oauthServer) at(path string) (forms []url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, form := range s.seen {
		if form.Get("path") == path {
			forms = append(forms, form)
		}
	}
	return forms
}

// kept says that none of the verifiers was printed.
func (s *oauthServer) kept(t *testing.T, text string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.verifiers {
		if strings.Contains(text, v) {
			t.Errorf("a verifier was printed:\n%s", text)
		}
	}
}

// signing is a configuration of one server that is signed in to.
func signing(s *oauthServer) string {
	return fmt.Sprintf(`{"mcpServers": {"acme": {"type": "http", "url": %q, "auth": "oauth"}}}`, s.mcp.URL+"/mcp")
}

// The test's own program stands for the person's browser where this variable names the file of its record. It follows
// the page to its end, unless the second says that the person stays on it.
const (
	browserRecord = "HEADFAST_TEST_BROWSER"
	browserStays  = "HEADFAST_TEST_BROWSER_STAYS"
)

// runBrowser writes its arguments down, a line each, and goes to the page.
func runBrowser(record string) {
	text := strings.Join(os.Args[1:], "\n") + "\n"
	if err := os.WriteFile(record, []byte(text), 0o600); err != nil {
		os.Exit(1)
	}
	if os.Getenv(browserStays) == "" && len(os.Args) == 2 {
		if r, err := http.Get(os.Args[1]); err == nil {
			_, _ = io.Copy(io.Discard, r.Body)
			r.Body.Close()
		}
	}
	os.Exit(0)
}
