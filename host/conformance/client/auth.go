package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/headfast/headfast/host"
)

// document is the metadata document of the suite's client.
const document = "https://conformance-test.local/client-metadata.json"

// callback is where the suite's pages send a browser; nothing listens there, since the steps read the Location.
const callback = "http://localhost:3000/callback"

// person signs in as the suite's pages want it: they redirect at once.
func person() *host.SignIn {
	return &host.SignIn{
		Open:     visit,
		Redirect: func(context.Context, host.RedirectRequest) (string, error) { return callback, nil },
	}
}

func visit(ctx context.Context, p host.Page) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.URL, nil)
	if err != nil {
		return err
	}
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := browser.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	to := response.Header.Get("Location")
	if to == "" {
		return fmt.Errorf("the page answered %s and redirects nowhere", response.Status)
	}
	if status := p.Redirected(to); status != http.StatusOK {
		return fmt.Errorf("the redirect was answered with %d", status)
	}
	return nil
}

// given is what a scenario hands over for signing in.
type given struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	PrivateKey   string `json:"private_key_pem"`
	Algorithm    string `json:"signing_algorithm"`
	IDPClientID  string `json:"idp_client_id"`
	IDPIDToken   string `json:"idp_id_token"`
	IDPToken     string `json:"idp_token_endpoint"`
	ValidJWT     string `json:"valid_jwt"`
}

// keyVariable stands for the private key that a scenario hands over.
const keyVariable = "CONFORMANCE_KEY"

// oauth is the entry's oauth block for a scenario.
func oauth(env Env) (map[string]any, error) {
	block := map[string]any{}
	var g given
	if len(env.Context) > 0 {
		if err := json.Unmarshal(env.Context, &g); err != nil {
			return nil, err
		}
	}
	set := func(name, value string) {
		if value != "" {
			block[name] = value
		}
	}
	set("clientId", g.ClientID)
	set("clientSecret", g.ClientSecret)
	switch strings.TrimPrefix(env.Scenario, "auth/") {
	case "client-credentials-jwt":
		block["grant"], block["privateKey"] = "client_credentials", "env:"+keyVariable
		set("signingAlgorithm", g.Algorithm)
	case "client-credentials-basic":
		block["grant"] = "client_credentials"
	case "enterprise-managed-authorization":
		block["grant"] = "enterprise"
		set("idToken", g.IDPIDToken)
		set("idpTokenEndpoint", g.IDPToken)
		set("idpClientId", g.IDPClientID)
	case "wif-jwt-bearer":
		block["grant"] = "jwt_bearer"
		set("assertion", g.ValidJWT)
	}
	return block, nil
}

// environment gives the key that a scenario hands over.
func environment(env Env) func(string) (string, bool) {
	return func(name string) (string, bool) {
		var g given
		if name != keyVariable || json.Unmarshal(env.Context, &g) != nil {
			return "", false
		}
		return g.PrivateKey, true
	}
}
