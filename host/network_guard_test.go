package host

import (
	"bufio"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/weburl"
)

// TestPrivateAddresses: the driver and the core judge alike: over the list of inward addresses, and at random.
func TestPrivateAddresses(t *testing.T) {
	list, err := os.Open("../wasm/weburl/testdata/ssrf.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var all []string
	for lines := bufio.NewScanner(list); lines.Scan(); {
		_, address, _ := strings.Cut(lines.Text(), " ")
		if address = strings.TrimSpace(address); strings.HasPrefix(address, `"`) {
			address, _ = strconv.Unquote(address)
		}
		all = append(all, address)
	}
	for range 20000 {
		var b [16]byte
		for i := range b {
			b[i] = byte(rand.Uint32())
		}
		copy(b[:], [][]byte{{}, {0x20, 0x02}, {0x20, 0x01, 0, 0}, {0x20, 0x01}, {0, 0x64, 0xff, 0x9b, 11: 0}, {11: 0}, {10: 0xff, 11: 0xff}, {8: 0xff, 9: 0xff, 11: 0}}[rand.IntN(8)])
		all = append(all, "https://["+netip.AddrFrom16(b).String()+"]/", "https://"+netip.AddrFrom4([4]byte(b[12:])).String()+"/")
	}
	compared := 0
	for _, address := range all {
		u, err := weburl.Parse(address)
		if err != nil {
			continue
		}
		if ip, err := netip.ParseAddr(strings.Trim(u.Host, "[]")); err == nil {
			compared++
			if private(ip) != u.Private() {
				t.Errorf("%s (%s): private %v here, %v in the core", address, ip, private(ip), u.Private())
			}
		}
	}
	if compared < 30000 {
		t.Errorf("%d addresses were compared", compared)
	}
}

// guardRig has a server on 127.0.0.1, and names for it.
type guardRig struct {
	performer
	port string
	hits atomic.Int32
}

func newGuardRig(t *testing.T, where func(name string, n int) []netip.Addr) *guardRig {
	g := &guardRig{performer: perform(t, Options{Proxy: noProxy})}
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { g.hits.Add(1) }))
	t.Cleanup(server.Close)
	_, g.port, _ = net.SplitHostPort(server.Listener.Addr().String())
	none, err := newProxies(noProxy, nil)
	if err != nil {
		t.Fatal(err)
	}
	*g.network() = *newNetwork(&net.Dialer{Timeout: 300 * time.Millisecond, Resolver: scripted(t, where)}, none, nil)
	return g
}

// get sends a request of a session.
func (g *guardRig) get(session uint32, guarded bool, host string) outcome {
	g.t.Helper()
	return g.send(g.t.Context(), msg.HTTP{ID: 1, Session: session, Method: "GET", URL: "http://" + net.JoinHostPort(host, g.port) + "/", Guarded: guarded})
}

// wantNone: nothing came to the server.
func (g *guardRig) wantNone() {
	g.t.Helper()
	if n := g.hits.Swap(0); n != 0 {
		g.t.Errorf("%d requests arrived", n)
	}
}

func atLoopback(string, int) []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} }

// TestGuardRefuses: literal addresses, however they are wrapped, and names.
func TestGuardRefuses(t *testing.T) {
	g := newGuardRig(t, func(name string, _ int) []netip.Addr {
		if ip, err := netip.ParseAddr(strings.ReplaceAll(strings.TrimSuffix(name, ".acme.example"), "-", ".")); err == nil {
			return []netip.Addr{ip}
		}
		return []netip.Addr{netip.MustParseAddr("::ffff:127.0.0.1"), netip.IPv6Loopback()}
	})
	for _, host := range []string{"127.0.0.1", "::1", "::ffff:127.0.0.1", "169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "10.0.0.1", "0.0.0.0",
		"127-0-0-1.acme.example", "169-254-169-254.acme.example", "10-1-2-3.acme.example", "0-0-0-0.acme.example", "mapped.acme.example"} {
		g.get(1, true, host).want(t, msg.FailPrivate, false, "private address")
	}
	g.wantNone()
}

// TestGuardRebinding: a name that is public when it is looked up first, and private after; and one that is both at once.
func TestGuardRebinding(t *testing.T) {
	public, private := netip.MustParseAddr("203.0.113.7"), netip.MustParseAddr("127.0.0.1")
	g := newGuardRig(t, func(name string, n int) []netip.Addr {
		switch {
		case name == "both.acme.example":
			return []netip.Addr{public, private}
		case n == 0:
			return []netip.Addr{public}
		}
		return []netip.Addr{private}
	})
	if first := g.get(1, true, "mcp.acme.example"); first.failure == nil || first.failure.Kind == msg.FailPrivate {
		t.Errorf("a public address: %+v", first.failure)
	}
	g.get(1, true, "mcp.acme.example").want(t, msg.FailPrivate, false)
	if both := g.get(1, true, "both.acme.example"); both.failure == nil || both.failure.Sent {
		t.Errorf("both: %+v", both)
	}
	g.wantNone()
}

// TestGuardSession: a session whose own server is at a private address may be led to others; no other session may, and
// none uses a connection that was opened without a guard.
func TestGuardSession(t *testing.T) {
	g := newGuardRig(t, atLoopback)
	g.get(7, true, "mcp.acme.example").want(t, msg.FailPrivate, false)
	g.wantNone()
	g.get(7, false, "mcp.acme.example").works(t)
	g.get(7, true, "mcp.acme.example").works(t)
	g.get(7, true, "127.0.0.1").works(t)
	g.get(0, false, "mcp.acme.example").works(t)
	g.hits.Store(0)
	g.get(8, true, "mcp.acme.example").want(t, msg.FailPrivate, false) // where an idle connection is
	g.get(0, true, "mcp.acme.example").want(t, msg.FailPrivate, false)
	g.wantNone()
	g.c.leave(7)
	g.get(7, true, "mcp.acme.example").want(t, msg.FailPrivate, false)
	g.wantNone()
}

// TestGuardProxy: a proxy on this machine is where its owner says; behind it only what is literally private is refused,
// and that a proxy is private says nothing of the server.
func TestGuardProxy(t *testing.T) {
	g := newGuardRig(t, atLoopback)
	proxy := startProxy(t, "127.0.0.1:"+g.port)
	through, err := newProxies(proxy.url(), nil)
	if err != nil {
		t.Fatal(err)
	}
	*g.network() = *newNetwork(&net.Dialer{}, through, nil)
	g.get(7, false, "mcp.acme.example").works(t)
	g.get(7, true, "as.acme.example").works(t)
	if g.c.isInside(7) {
		t.Error("the proxy's address was taken for the server's")
	}
	before := len(proxy.seen)
	g.get(7, true, "169.254.169.254").want(t, msg.FailPrivate, false)
	g.get(7, true, "::ffff:10.0.0.1").want(t, msg.FailPrivate, false)
	if len(proxy.seen) != before {
		t.Error("the proxy was asked for a private address")
	}
}

// TestGuardCertificate: an origin with a client certificate has a guarded transport too.
func TestGuardCertificate(t *testing.T) {
	a := newAuthority(t)
	certificate, key := files(t, a.valid(t))
	server := tlsServer(t, nil, false, unwanted(t))
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := perform(t, Options{Proxy: noProxy, ClientCertificates: []ClientCertificate{{Origin: "https://localhost:" + u.Port(), CertFile: certificate, KeyFile: key}}})
	p.send(t.Context(), msg.HTTP{ID: 1, Session: 3, Method: "GET", URL: "https://localhost:" + u.Port() + "/", Guarded: true}).want(t, msg.FailPrivate, false)
}
