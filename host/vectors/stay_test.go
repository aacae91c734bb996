package vectors

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestHeadersStay: with a configured credential nothing but the server itself is asked, whatever a refusal offers.
func TestHeadersStay(t *testing.T) {
	const challenge = `Bearer resource_metadata=\"https://api.acme.test/.well-known/oauth-protected-resource\"`
	for _, status := range []string{"401", "403"} {
		for _, other := range []string{challenge, `Bearer`, `DPoP algs=\"ES256\", resource_metadata=\"https://evil.test/x\"`, `Bearer error=\"insufficient_scope\", scope=\"a\", resource_metadata=\"https://api.acme.test/x\"`,
			`Basic realm=\"x\", Bearer error=\"invalid_token\"`, `Bearer error=\"invalid_token\", authorization_uri=\"https://evil.test\"`} {
			all := play(t, "refused-offers-sign-in", "status=401", "status="+status, challenge, other, "server=acme\n<", "server=acme sign_in\n<")
			for i := range all {
				switch e := &all[i]; {
				case e.HTTP != nil && e.HTTP.URL != "https://api.acme.test/mcp":
					t.Errorf("%s %s: a request to %s", status, other, e.HTTP.URL)
				case e.Get != nil, e.Lock != nil, e.Await != nil, e.Open != nil, e.Put != nil, e.Sign != nil:
					t.Errorf("%s %s: %s", status, other, e.Kind())
				}
			}
		}
	}
}

// homes are where the secrets of the vectors of sign-ins may go, by how they begin.
var homes = map[string][]string{
	"fake-access-token":  {"https://api.acme.test/mcp", "https://api.acme.test/sse", "https://api.acme.test/messages"},
	"fake-refresh-token": {"https://as.acme.test/token", "https://as.acme.test/revoke"},
	"fake-client-secret": {"https://as.acme.test/token"},
	"fake-code":          {"https://as.acme.test/token", "https://as2.acme.test/token", "https://api.acme.test/token"}, // migrated; 2025-03-26
	"code_verifier":      {"https://as.acme.test/token", "https://as2.acme.test/token", "https://api.acme.test/token"},
	"fake-device-code":   {"https://as.acme.test/token"},
	"fake-workload":      {"https://as.acme.test/token"},
	"fake-id-jag":        {"https://as.acme.test/token"},
	"fake-id-token":      {"https://idp.acme.test/token"},
	"fake-idp-secret":    {"https://idp.acme.test/token"},
}

// TestSecretsStay: in all vectors a configured header, a token, a code, a verifier and a client's secret are only in
// requests to where they are for, and never in an address.
func TestSecretsStay(t *testing.T) {
	met := map[string]int{}
	for _, v := range load(t) {
		for _, out := range run(t, v) {
			for i := range out.Effects {
				if h := out.Effects[i].HTTP; h != nil {
					stays(t, v.Name, h, met)
				}
			}
		}
	}
	for secret := range homes {
		if met[secret] == 0 {
			t.Errorf("no vector sends %s anywhere: this test sees nothing of it", secret)
		}
	}
	t.Log(met)
}

func stays(t *testing.T, name string, h *msg.HTTP, met map[string]int) {
	t.Helper()
	text := string(h.Body)
	for _, f := range h.Headers {
		text += "\n" + f.Value
		pair, basic := strings.CutPrefix(f.Value, "Basic ")
		if plain, err := base64.StdEncoding.DecodeString(pair); basic && err == nil {
			text += "\n" + string(plain)
		}
		if h.Guarded && f.Name != "Content-Type" && f.Name != "Accept" && !basic {
			t.Errorf("%s: %s goes to %s", name, f.Name, h.URL)
		}
	}
	for secret, at := range homes {
		if strings.Contains(h.URL, secret) {
			t.Errorf("%s: %s is in %s", name, secret, h.URL)
		}
		if strings.Contains(text, secret) {
			met[secret]++
			url, _, _ := strings.Cut(h.URL, "?")
			if !slices.Contains(at, url) && !(secret == "fake-access-token" && url == "https://api.acme.test/mcp2") { // a redirect on the server's own origin
				t.Errorf("%s: %s goes to %s", name, secret, h.URL)
			}
		}
	}
}

func run(t *testing.T, v *Vector) []msg.Output {
	t.Helper()
	batches, err := v.Encoded()
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := Native{}.Run(batches)
	if err != nil {
		t.Fatal(err)
	}
	outputs := make([]msg.Output, len(bytes))
	for i := range bytes {
		if _, err := outputs[i].UnmarshalMsg(bytes[i]); err != nil {
			t.Fatal(err)
		}
	}
	return outputs
}

// TestNoOldGrants: the module cannot ask for the implicit grant or for a password (RFC 9700 sections 2.1.2 and 2.4).
func TestNoOldGrants(t *testing.T) {
	module, err := os.ReadFile(filepath.Join(dist, "headfast.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(module, []byte("urn:ietf:params:oauth:grant-type:device_code")) {
		t.Fatal("the module has no grants at all: this test would see nothing")
	}
	for _, bad := range []string{"response_type=token", "grant_type=password", "grant_typepassword", "id_token token", "urn:ietf:params:oauth:grant-type:password"} {
		if bytes.Contains(module, []byte(bad)) {
			t.Errorf("the module has %q", bad)
		}
	}
	for _, v := range load(t) {
		for _, out := range run(t, v) {
			for i := range out.Effects {
				e := &out.Effects[i]
				if e.Open != nil && strings.Contains(e.Open.URL, "response_type=") && !strings.Contains(e.Open.URL, "response_type=code&") {
					t.Errorf("%s opens %s", v.Name, e.Open.URL)
				}
				if e.HTTP != nil && bytes.Contains(e.HTTP.Body, []byte("grant_type=password")) {
					t.Errorf("%s asks for a password grant", v.Name)
				}
			}
		}
	}
}
