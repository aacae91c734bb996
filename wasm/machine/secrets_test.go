package machine

import (
	"encoding/base64"
	"testing"

	"github.com/headfast/headfast/wasm/oauth"
)

// TestSecrets: verifiers, states and jtis are 43 characters each, none twice, and none the same from other entropy.
func TestSecrets(t *testing.T) {
	seen := map[string]bool{}
	for seed := range byte(4) {
		entropy := make([]byte, 32)
		entropy[31] = seed
		m := &Machine{secrets: newSecrets(entropy)}
		for range 10_000 {
			s := m.Secret()
			if raw, err := base64.RawURLEncoding.DecodeString(s); err != nil || len(raw) != 32 || len(s) != 43 {
				t.Fatalf("%q is not 32 bytes", s)
			}
			if seen[s] {
				t.Fatalf("%q comes twice", s)
			}
			seen[s] = true
		}
		if seen[base64.RawURLEncoding.EncodeToString(entropy)] {
			t.Fatal("the entropy itself comes out")
		}
	}
}

// TestChallenge is RFC 7636 appendix B.
func TestChallenge(t *testing.T) {
	sum := oauth.SHA256([]byte("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
	if got := base64.RawURLEncoding.EncodeToString(sum[:]); got != "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" {
		t.Fatal(got)
	}
}
