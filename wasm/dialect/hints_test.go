package dialect

import "testing"

// TestOAuthExample: a hint about signing in has the names of the file's client.
func TestOAuthExample(t *testing.T) {
	for id, want := range map[string]string{
		"claude-code": `"oauth": { "clientId": "…" }`, "codex": `oauth = { client_id = "…" }`, "zed": `"oauth": { "client_id": "…" }`,
		"goose": `client_id: …`, "cursor": `"auth": { "CLIENT_ID": "…" }`, "copilot-cli": `"oauthClientId": "…"`,
	} {
		if got := Find(id).OAuthExample("clientId", "…"); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
