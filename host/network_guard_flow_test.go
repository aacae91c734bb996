package host

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// refusals is an MCP server that says where to sign in, and an authorization server: by the name that is asked for.
type refusals struct {
	mu   sync.Mutex
	came []string
	port string
}

func (r *refusals) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	r.came = append(r.came, q.Host+q.URL.Path)
	r.mu.Unlock()
	name, _, _ := strings.Cut(q.Host, ":")
	switch {
	case name == "mcp.acme.example":
		w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="https://as.acme.example:`+r.port+`/resource"`)
		w.WriteHeader(http.StatusUnauthorized)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (r *refusals) toAS() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.came, func(one string) bool { return strings.HasPrefix(one, "as.") })
}

// TestGuardFlow: the core's own flow. A server at a private address may name another there, for a session and for a
// login; one that is public, here behind a proxy, may not.
func TestGuardFlow(t *testing.T) {
	a := newAuthority(t)
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	for name, inside := range map[string]bool{"inside": true, "outside": false} {
		for _, how := range []string{"session", "login"} {
			t.Run(name+" "+how, func(t *testing.T) {
				r := &refusals{}
				config := &tls.Config{Certificates: []tls.Certificate{a.sign(t, -time.Hour, time.Hour, "mcp.acme.example", "as.acme.example")}}
				server := tlsServer(t, config, false, r.ServeHTTP)
				address := server.Listener.Addr().String()
				_, r.port, _ = net.SplitHostPort(address)
				proxy := startProxy(t, address)
				through, err := newProxies(proxy.url(), nil)
				if err != nil {
					t.Fatal(err)
				}
				route := func(u *url.URL) (*url.URL, error) {
					if inside || u.Hostname() != "mcp.acme.example" {
						return nil, nil
					}
					return through(u)
				}
				resolver := scripted(t, func(string, int) []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} })
				network := newNetwork(&net.Dialer{Resolver: resolver}, route, pool)
				defer network.CloseIdleConnections()
				c := client(t, Options{Transport: network, SignIn: &SignIn{}})
				text := `{"mcpServers":{"s":{"type":"http","url":"https://mcp.acme.example:` + r.port + `/mcp","auth":"oauth"}}}`
				loaded, err := c.Load("mcp.json", []byte(text))
				if err != nil {
					t.Fatal(err)
				}
				if how == "login" {
					err = loaded.Login(t.Context(), "s", "")
				} else {
					_, err = loaded.Connect(t.Context(), "s")
				}
				if err == nil || r.toAS() != inside {
					t.Errorf("asked at the private address: %v, want %v; %v, %q", r.toAS(), inside, err, r.came)
				}
			})
		}
	}
}
