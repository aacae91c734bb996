package signin_test

import (
	"encoding/json"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// OIDC are the settings of oidc-provider. The zero value is a server that registers whoever asks, wants PKCE with S256
// and gives opaque tokens for an hour, and refresh tokens that are good for once: the second use of one revokes all
// that came of the sign-in. Any login and password will do. It keeps the last thousand things that it knows.
type OIDC struct {
	Path           string           `json:"-"`                        // of the issuer, as in "/tenant"; "" for none
	Issuer         string           `json:"issuer,omitempty"`         // filled by startOIDC
	AccessSeconds  int              `json:"accessSeconds,omitempty"`  // the life of an access token
	RefreshSeconds int              `json:"refreshSeconds,omitempty"` // that of a refresh token, a day
	JWT            bool             `json:"jwt,omitempty"`            // access tokens are JWTs
	Refresh        string           `json:"refresh,omitempty"`        // who gets refresh tokens: "always", "offline_access", "never"
	KeepRefresh    bool             `json:"keepRefresh,omitempty"`    // a refresh token is not replaced
	Closed         bool             `json:"closed,omitempty"`         // there is no registration
	DPoPNonce      bool             `json:"dpopNonce,omitempty"`      // proofs need a nonce (RFC 9449 section 8)
	Clients        []map[string]any `json:"clients,omitempty"`        // more that it knows from the start
	Resources      map[string]any   `json:"resources,omitempty"`      // URL to scopes; startProtected adds its own
	Documents      map[string]any   `json:"documents,omitempty"`      // https URL to a client's metadata document
}

// startOIDC starts oidc-provider, which has a login and a consent page, and all that OIDC says.
func startOIDC(t *testing.T, o OIDC) *authServer {
	t.Helper()
	as := &authServer{
		recorder: record(t), Clients: map[string]string{"public": "", "confidential": fakeSecret},
		Scopes: []string{"mcp:read"}, Resources: true,
	}
	as.allow = func(t *testing.T, resource string, scopes []string) {
		as.set(t, map[string]any{"resources": map[string]any{resource: scopes}})
	}
	if o.Issuer == "" {
		o.Issuer = as.origin + o.Path
	}
	o.Clients = append(o.Clients, knownClients()...)
	settings, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var ready struct{ Issuer, Origin string }
	p := testbed.StartServer(t, nodeScript(t, "oidc.mjs", string(settings)), &ready)
	as.started(t, p, ready.Issuer, ready.Origin)
	return as
}

// knownClients are those of every oidc-provider. On this machine any port will do for a redirect.
func knownClients() []map[string]any {
	all := []string{"authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"}
	redirects := []string{"http://127.0.0.1/callback"}
	return []map[string]any{
		{"client_id": resourceClient, "client_secret": fakeSecret, "redirect_uris": []string{}, "grant_types": []string{}, "response_types": []string{}},
		{"client_id": "public", "application_type": "native", "token_endpoint_auth_method": "none", "redirect_uris": redirects, "grant_types": all},
		{"client_id": "confidential", "client_secret": fakeSecret, "application_type": "native", "redirect_uris": redirects, "grant_types": append(all, "client_credentials")},
	}
}

// set changes settings of oidc-provider that runs, by their names in JSON: as.set(t, map[string]any{"accessSeconds": 1}).
func (as *authServer) set(t *testing.T, settings map[string]any) {
	t.Helper()
	if err := as.process.Tell(settings); err != nil {
		t.Fatal(err)
	}
}

// loseAll has oidc-provider start anew, at the same address: it knows no client that registered, no token, no session.
func (as *authServer) loseAll(t *testing.T) {
	t.Helper()
	as.set(t, map[string]any{"anew": true})
}
