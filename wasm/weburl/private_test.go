package weburl

import (
	"math/rand/v2"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestInwardAddresses(t *testing.T) {
	text, err := os.ReadFile("testdata/ssrf.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		want, address, _ := strings.Cut(line, " ")
		address = strings.TrimSpace(address)
		if address[0] == '"' {
			if address, err = strconv.Unquote(address); err != nil {
				t.Fatalf("line %d: %v", n+1, err)
			}
		}
		rows[want]++
		if got := verdict(address); got != want {
			t.Errorf("line %d: %q is %s, want %s", n+1, address, got, want)
		}
	}
	if rows["refused"] < 50 || rows["private"] < 50 || rows["public"] < 30 {
		t.Error(rows)
	}
}

func verdict(address string) string {
	u, err := Parse(address)
	switch {
	case err != nil:
		return "refused"
	case u.Private():
		return "private"
	}
	return "public"
}

// notPublic is the list once more, as prefixes, for another reader of addresses.
var notPublic = prefixes("0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16 " +
	"198.18.0.0/15 224.0.0.0/4 240.0.0.0/4 ::/3 2001::/23 4000::/2 8000::/1")

func prefixes(list string) (all []netip.Prefix) {
	for _, p := range strings.Fields(list) {
		all = append(all, netip.MustParsePrefix(p))
	}
	return all
}

// theirs is Private by net/netip, for an address that embeds no other.
func theirs(a netip.Addr) bool {
	for _, p := range notPublic {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// TestPrivateAgrees holds our reading of addresses against net/netip's, for many of them and all wrappings of each.
func TestPrivateAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		v4 := netip.AddrFrom4([4]byte{byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32()), byte(r.Uint32())})
		b := v4.As4()
		wrapped := []netip.Addr{v4}
		for _, w := range [][16]byte{
			{12: b[0], b[1], b[2], b[3]}, {10: 0xff, 0xff, b[0], b[1], b[2], b[3]}, {8: 0xff, 0xff, 0, 0, b[0], b[1], b[2], b[3]},
			{0, 0x64, 0xff, 0x9b, 12: b[0], b[1], b[2], b[3]}, {0x20, 2, b[0], b[1], b[2], b[3], 15: 1},
			{0x20, 1, 0, 0, b[0], b[1], b[2], b[3], 12: ^byte(8), ^byte(8), ^byte(8), ^byte(8)},
			{0x20, 1, 0, 0, 8, 8, 8, 8, 12: ^b[0], ^b[1], ^b[2], ^b[3]},
		} {
			wrapped = append(wrapped, netip.AddrFrom16(w))
		}
		for _, a := range wrapped {
			same(t, a, theirs(v4))
		}
	}
	for range 20_000 {
		w := [16]byte{byte(r.Uint32())}
		for i := 1; i < 16; i++ {
			w[i] = byte(r.Uint32())
		}
		if w[0] == 0x20 && w[1] <= 2 {
			continue // it may embed one
		}
		same(t, netip.AddrFrom16(w), theirs(netip.AddrFrom16(w)))
	}
}

func same(t *testing.T, a netip.Addr, want bool) {
	t.Helper()
	for _, text := range []string{a.String(), a.StringExpanded()} {
		if a.Is4In6() {
			h := strconv.FormatUint(uint64(a.As16()[12])<<8|uint64(a.As16()[13]), 16) + ":" + strconv.FormatUint(uint64(a.As16()[14])<<8|uint64(a.As16()[15]), 16)
			text = "::ffff:" + h // net/netip writes these with dots, which we do not take
		}
		if a.Is6() {
			text = "[" + text + "]"
		}
		u, err := Parse("https://" + text + "/")
		if err != nil || u.Private() != want {
			t.Fatalf("%s is private: %v, %v; want %v", text, u.Private(), err, want)
		}
	}
}
