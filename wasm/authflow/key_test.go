package authflow

import (
	"strconv"
	"testing"

	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/weburl"
)

// TestRotations: however often a workload is given another identity, it is another account each time and one entry of
// the store, which has nothing secret.
func TestRotations(t *testing.T) {
	u, err := weburl.Parse("https://api.acme.test/mcp")
	if err != nil {
		t.Fatal(err)
	}
	accounts, entries, texts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range 5 {
		plan := &resolve.Plan{URL: u, SignIn: &resolve.SignIn{Grant: "jwt_bearer", Assertion: "fake-assertion-" + strconv.Itoa(i), IDToken: "fake-id-token-" + strconv.Itoa(i)}}
		a := New(nil, plan, "")
		rec := record{Issuer: "https://as.acme.test", Token: "https://as.acme.test/token", Access: "fake-access-token-" + strconv.Itoa(i), Refresh: "fake-refresh", Expires: int64(i), Client: client{Secret: "fake-secret"}}
		accounts[Key(plan, "")], entries[a.key], texts[a.text(&rec)] = true, true, true
	}
	if len(accounts) != 5 || len(entries) != 1 || len(texts) != 1 {
		t.Errorf("%d accounts, %d entries of the store with %d texts: %v", len(accounts), len(entries), len(texts), texts)
	}
	for text := range texts {
		if want := `{"version":1,"issuer":"https://as.acme.test","token_endpoint":"https://as.acme.test/token","expires":0,"client_expires":0}`; text != want {
			t.Errorf("%s\nwant %s", text, want)
		}
	}
}
