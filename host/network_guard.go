package host

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"

	"github.com/headfast/headfast/jsbridge/msg"
)

// A guarded request goes where a server's words lead, so it must not lead inward (RFC 9728 section 7.7): what counts is
// the address that is connected to, since a name can mean one thing when it is looked up and another right after.

// errPrivate is a connection that was not made.
type errPrivate struct{}

func (errPrivate) Error() string {
	return "a server's words lead to a private address, and the server itself is not at one; nothing was sent there"
}

type guardKey struct{}

func isGuarded(ctx context.Context) bool { return ctx.Value(guardKey{}) != nil }

// guard makes the context of a request that must not go inward; the error is for an address that is there literally,
// which a proxy would not keep from being reached.
func guard(ctx context.Context, address string) (context.Context, error) {
	if u, err := url.Parse(address); err == nil {
		if ip, err := netip.ParseAddr(u.Hostname()); err == nil && private(ip) {
			return nil, errPrivate{}
		}
	}
	return context.WithValue(ctx, guardKey{}, true), nil
}

// controlPrivate is a net.Dialer's ControlContext: it sees each address right before it is connected to. A proxy is
// where its owner says, and how far it goes is its own matter.
func controlPrivate(ctx context.Context, _, address string, _ syscall.RawConn) error {
	if progressOf(ctx).seen().proxy != "" {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || private(at.Addr()) {
		return errPrivate{}
	}
	return nil
}

// inward are the IPv4 addresses that are not public (RFC 6890).
var inward = prefixes("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 " +
	"198.18.0.0/15 224.0.0.0/4 240.0.0.0/4")

// The IPv6 addresses that embed an IPv4 address, by where it is; the rest of what is public is 2000::/3 without the
// protocols' own 2001::/23.
var (
	embedLast   = prefixes("::/96 ::ffff:0:0:0/96 64:ff9b::/96")
	sixToFour   = netip.MustParsePrefix("2002::/16")
	teredo      = netip.MustParsePrefix("2001::/32")
	protocols   = netip.MustParsePrefix("2001::/23")
	globalBlock = netip.MustParsePrefix("2000::/3")
)

func prefixes(list string) (all []netip.Prefix) {
	for _, p := range strings.Fields(list) {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}

func among(list []netip.Prefix, ip netip.Addr) bool {
	return slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// private says that an address is not public, however it is wrapped. The core's weburl says the same of literal ones.
func private(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	if ip.Is4() {
		return among(inward, ip)
	}
	b := ip.As16()
	v4 := func(at int) bool { return among(inward, netip.AddrFrom4([4]byte(b[at:at+4]))) }
	switch {
	case among(embedLast, ip):
		return v4(12)
	case sixToFour.Contains(ip):
		return v4(2)
	case teredo.Contains(ip): // the server, and the client inverted (RFC 4380 section 4)
		return v4(4) || among(inward, netip.AddrFrom4([4]byte{^b[12], ^b[13], ^b[14], ^b[15]}))
	}
	return protocols.Contains(ip) || !globalBlock.Contains(ip)
}

// admit gives the context that a request is to be performed under. A session whose own server is at a private address
// may be led to others.
func (x *exchange) admit(ctx context.Context) (context.Context, error) {
	if !x.http.Guarded || x.client.isInside(x.http.Session) {
		return ctx, nil
	}
	return guard(ctx, x.http.URL)
}

// isInside says that a session's own server is at a private address.
func (c *Client) isInside(session uint32) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return session != 0 && c.inside[session]
}

// met notes where a session's own server is.
func (c *Client) met(h *msg.HTTP, seen steps) {
	if h.Guarded || h.Session == 0 || !seen.at.IsValid() || !private(seen.at) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside == nil {
		c.inside = map[uint32]bool{}
	}
	c.inside[h.Session] = true
}

// leave forgets where a session's server is.
func (c *Client) leave(session uint32) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.inside, session)
	c.endPages(session)
}

// RoundTrip sends guarded requests over connections of their own: one that was opened without a guard may lead inward.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	of := &n.open
	if isGuarded(r.Context()) {
		of = &n.guarded
	}
	if t := of.own[originOf(r.URL)]; t != nil {
		return t.RoundTrip(r)
	}
	return of.common.RoundTrip(r)
}
