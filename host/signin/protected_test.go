package signin_test

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/host/internal/testbed"
)

// Protected says what an MCP server wants of its clients. Behind it is package demo.
type Protected struct {
	AS *authServer
	// Path is one of package demo's that want its key, "/modern" where empty; "/legacy", "/legacy-json", "/sse", "/mcp".
	Path string
	// Scopes are those that every request needs; where nil, what the authorization server has for that.
	Scopes []string
	// Tools are tools' further scopes: a call without is 403.
	Tools map[string]string
	// Root puts the metadata at the root form of the well-known address, not at the path form (RFC 9728 section 3.1).
	Root bool
	// Mute leaves resource_metadata out of the challenge: the well-known addresses have to be tried.
	Mute bool
	// DPoP takes tokens only that are bound to a key; Nonce is one that proofs need, "" for none.
	DPoP  bool
	Nonce string
	// CORS lets pages of other origins in.
	CORS bool
}

// protectedServer is an MCP server that wants tokens.
type protectedServer struct {
	*recorder
	// URL is what clients connect to, and the resource's name.
	URL string
	// Metadata is the address of the protected resource's metadata.
	Metadata string
	// Demo is the server behind; what got through is in its Requests. It is nil with startGoSDK.
	Demo *demo.Server

	wants   Protected
	proofs  proofs
	process *testbed.Server // of startGoSDK
	mu      sync.Mutex
	as      *authServer
}

// startProtected starts an MCP server that wants tokens of an authorization server.
func startProtected(t *testing.T, p Protected) *protectedServer {
	t.Helper()
	p.Path = cmp.Or(p.Path, "/modern")
	behind, err := demo.Start(demo.Options{Key: fakeSecret})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := behind.Close(); err != nil {
			t.Error(err)
		}
	})
	m := newProtected(t, p)
	m.Demo = behind
	m.behind(m.guarded(withKey(passOn(t, behind.URL("")))))
	m.moveTo(t, p.AS)
	return m
}

func newProtected(t *testing.T, p Protected) *protectedServer {
	r := record(t)
	m := &protectedServer{recorder: r, URL: r.origin + p.Path, wants: p}
	m.Metadata = r.origin + "/.well-known/oauth-protected-resource"
	if !p.Root {
		m.Metadata += p.Path
	}
	return m
}

// withKey is for package demo, which wants a key of its own.
func withKey(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("X-API-Key", fakeSecret)
		r.Header.Del("Authorization")
		next.ServeHTTP(w, r)
	})
}

// moveTo has another authorization server's tokens taken from now on, and no other's. The server of startGoSDK stays
// where it is.
func (m *protectedServer) moveTo(t *testing.T, as *authServer) {
	t.Helper()
	m.mu.Lock()
	m.as = as
	m.mu.Unlock()
	as.allow(t, m.URL, m.scopes())
}

func (m *protectedServer) issuedBy() *authServer {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.as
}

// needed are the scopes that every request needs.
func (m *protectedServer) needed() []string {
	if m.wants.Scopes != nil {
		return slices.Clone(m.wants.Scopes)
	}
	return slices.Clone(m.issuedBy().Scopes)
}

// scopes are all that there are.
func (m *protectedServer) scopes() []string {
	all := m.needed()
	for _, one := range m.wants.Tools {
		if !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	slices.Sort(all)
	return all
}

// with are the requests that carried this token in Authorization.
func (m *protectedServer) with(token string) (out []request) {
	for _, r := range m.requests() {
		if _, sent, _ := strings.Cut(r.Header.Get("Authorization"), " "); sent == token {
			out = append(out, r)
		}
	}
	return out
}

// canonical is the address of a request as a proof has it: without query.
func (m *protectedServer) canonical(u *url.URL) string { return m.origin + u.Path }
