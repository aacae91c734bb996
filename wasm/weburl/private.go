package weburl

import (
	"strconv"
	"strings"
)

// Private says that the host is a literal address which is not public, however it is wrapped, or a name that by its
// definition is none: a server out there must not send us to it (RFC 9728 section 7.7). What a public name resolves to
// is for the driver to look at when it connects. Documentation's addresses, which lead nowhere, count as public.
func (u URL) Private() bool {
	h := strings.TrimSuffix(u.Host, ".")
	switch {
	case h == "localhost" || strings.HasSuffix(h, ".localhost"): // RFC 6761 section 6.3
		return true
	case h == "metadata.google.internal":
		return true
	case strings.HasPrefix(h, "["):
		return privateIPv6(words(h[1 : len(h)-1]))
	case isIPv4(h):
		var b [4]byte
		for i, part := range strings.Split(h, ".") {
			n, _ := strconv.ParseUint(part, 10, 8)
			b[i] = byte(n)
		}
		return privateIPv4(b[0], b[1], b[2])
	}
	return false
}

// privateIPv4 is the registry of special addresses (RFC 6890) as far as it leads to somewhere: this host, private
// networks, a provider's shared space, loopback, link-local, protocol assignments, benchmarks, multicast, reserved.
func privateIPv4(a, b, c byte) bool {
	switch a {
	case 0, 10, 127:
		return true
	case 100:
		return b&0xc0 == 64
	case 169:
		return b == 254
	case 172:
		return b&0xf0 == 16
	case 192:
		return b == 168 || b == 0 && c == 0
	case 198:
		return b&0xfe == 18
	}
	return a >= 224
}

// privateIPv6 takes the one block of global unicast addresses as public (RFC 4291 section 2.4), and what embeds an
// IPv4 address as that one.
func privateIPv6(w [8]uint16) bool {
	switch {
	case w[0] == 0x2002: // 6to4 (RFC 3056 section 2)
		return embedded(w[1], w[2])
	case w[0] == 0x2001 && w[1] == 0: // Teredo: the server, and the client inverted (RFC 4380 section 4)
		return embedded(w[2], w[3]) || embedded(^w[6], ^w[7])
	case w[0] == 0x2001 && w[1] < 0x200: // protocol assignments (RFC 2928)
		return true
	case w[0]>>13 == 1:
		return false
	}
	for _, wrapper := range [][6]uint16{
		{},                   // compatible, and so :: and ::1
		{5: 0xffff},          // mapped
		{4: 0xffff},          // translated (RFC 2765 section 2.1)
		{0: 0x64, 1: 0xff9b}, // NAT64 (RFC 6052 section 2.1)
	} {
		if wrapper == [6]uint16(w[:6]) {
			return embedded(w[6], w[7])
		}
	}
	return true
}

func embedded(high, low uint16) bool {
	return privateIPv4(byte(high>>8), byte(high), byte(low>>8))
}

// words are the groups of an address that checkIPv6 has taken.
func words(address string) (w [8]uint16) {
	head, tail, _ := strings.Cut(address, "::")
	fill(w[:], head)
	if tail != "" {
		fill(w[8-1-strings.Count(tail, ":"):], tail)
	}
	return w
}

func fill(into []uint16, groups string) {
	if groups == "" {
		return
	}
	for i, g := range strings.Split(groups, ":") {
		n, _ := strconv.ParseUint(g, 16, 16)
		into[i] = uint16(n)
	}
}
