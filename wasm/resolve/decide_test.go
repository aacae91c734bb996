package resolve

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/config"
)

// TestDecideIsTotal goes through every configuration: what auth says, whether a credential and another header
// are configured, whether there is an oauth block. Exactly one rule wins, with a reason, and the mode is that
// of the table in the design.
func TestDecideIsTotal(t *testing.T) {
	for _, auth := range []string{"auto", "headers", "oauth", "both", "none"} {
		for _, credential := range []bool{false, true} {
			for _, other := range []bool{false, true} {
				for _, oauth := range []bool{false, true} {
					entry := &config.Entry{Name: "a", Auth: config.Value{Text: auth}}
					if oauth {
						entry.OAuth = &config.OAuth{}
					}
					if credential {
						entry.Headers = append(entry.Headers, config.Header{Name: "Authorization"})
					}
					if other {
						entry.Headers = append(entry.Headers, config.Header{Name: "X-Tenant"})
					}
					checkDecision(t, entry, wanted(auth, credential, oauth))
				}
			}
		}
	}
}

// wanted is the design's table, written a second time.
func wanted(auth string, credential, oauth bool) string {
	switch {
	case auth != "auto":
		return auth
	case credential:
		return "headers"
	case oauth:
		return "oauth"
	}
	return "none"
}

func checkDecision(t *testing.T, entry *config.Entry, mode string) {
	t.Helper()
	a := Decide(entry)
	won := 0
	for _, r := range a.Rules {
		if r.Won {
			won++
			if r.Why != a.Reason {
				t.Errorf("%+v: the reason is %q, the rule's %q", entry, a.Reason, r.Why)
			}
		}
		if r.Why == "" && r.Name != "nothing-configured" {
			t.Errorf("%+v: the rule %s says nothing", entry, r.Name)
		}
	}
	if a.Mode != mode || won != 1 || a.Reason == "" || len(a.Header) != len(entry.Headers) {
		t.Errorf("%+v: mode %q by %d rules (%q); want %q", entry, a.Mode, won, a.Reason, mode)
	}
}

func TestCredentialName(t *testing.T) {
	for _, name := range strings.Fields("Authorization authorization Proxy-Authorization Cookie X-API-Key x_api_key Api-Key apikey X-Auth X-Auth-Token X-Amz-Security-Token My-Secret Password X-Session Session-Id PRIVATE-TOKEN") {
		if !CredentialName(name) {
			t.Errorf("%s is no credential", name)
		}
	}
	for _, name := range strings.Fields("X-Tenant X-Grafana-URL X-MCP-Readonly Accept User-Agent X-Author X-Authority X-Tokens X-Tokenizer X-Secretary X-Passwords X-Sessions X-Key Cookies X-Request-Id") {
		if CredentialName(name) {
			t.Errorf("%s is a credential", name)
		}
	}
}
