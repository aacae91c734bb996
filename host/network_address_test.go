package host

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// serveAt answers on one loopback address. A machine without IPv6 fails here and says so: what these tests are for
// cannot be seen there.
func serveAt(t testing.TB, ip string) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(ip, "0"))
	if err != nil {
		t.Fatalf("no loopback address %s on this machine, so IPv6 is not tested: %v", ip, err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	_ = s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port
}

// TestAddresses: IPv6 literals, and a server on one of the addresses of its name.
func TestAddresses(t *testing.T) {
	perform(t, Options{}).post("http://[::1]:" + serveAt(t, "::1") + "/mcp").works(t)
	perform(t, Options{}).post("http://127.0.0.1:" + serveAt(t, "127.0.0.1") + "/mcp").works(t)
	for _, ip := range []string{"127.0.0.1", "::1"} {
		none, err := newProxies(noProxy, nil)
		if err != nil {
			t.Fatal(err)
		}
		p := perform(t, Options{})
		p.network().open.common = baseTransport(&net.Dialer{Resolver: bothAddresses(t)}, none, nil)
		p.post("http://both.acme.example:" + serveAt(t, ip) + "/mcp").works(t)
	}
}

// TestLocalhost: whatever localhost means on this machine, a server there is found.
func TestLocalhost(t *testing.T) {
	ips, err := net.DefaultResolver.LookupHost(t.Context(), "localhost")
	if err != nil {
		t.Fatal(err)
	}
	for _, ip := range ips {
		perform(t, Options{}).post("http://localhost:" + serveAt(t, ip) + "/mcp").works(t)
	}
	t.Logf("localhost is %v", ips)
}

// bothAddresses is a resolver for which every name is ::1 and 127.0.0.1.
func bothAddresses(t testing.TB) *net.Resolver {
	return scripted(t, func(string, int) []netip.Addr {
		return []netip.Addr{netip.IPv6Loopback(), netip.AddrFrom4([4]byte{127, 0, 0, 1})}
	})
}

// scripted is a resolver with a DNS server of its own, which asks where a name is, the nth time from 0, for each of the
// two kinds of addresses.
func scripted(t testing.TB, where func(name string, n int) []netip.Addr) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		query, times := make([]byte, 512), map[dnsmessage.Question]int{}
		for {
			n, from, err := conn.ReadFrom(query)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if err := m.Unpack(query[:n]); err != nil || len(m.Questions) == 0 {
				continue
			}
			q := m.Questions[0]
			answer := dnsAnswer(m, where(strings.TrimSuffix(q.Name.String(), "."), times[q]))
			times[q]++
			_, _ = conn.WriteTo(answer, from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func dnsAnswer(query dnsmessage.Message, at []netip.Addr) []byte {
	q := query.Questions[0]
	head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 60}
	answer := dnsmessage.Message{Header: dnsmessage.Header{ID: query.ID, Response: true, RecursionAvailable: true}, Questions: query.Questions}
	for _, ip := range at {
		switch {
		case q.Type == dnsmessage.TypeA && ip.Is4():
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: ip.As4()}})
		case q.Type == dnsmessage.TypeAAAA && ip.Is6():
			answer.Answers = append(answer.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
		}
	}
	b, err := answer.Pack()
	if err != nil {
		return nil
	}
	return b
}
