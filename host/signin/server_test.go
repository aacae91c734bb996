package signin_test

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// fakeSecret is that of every confidential client.
const fakeSecret = "a-fake-secret"

// resourceClient is who the protected servers are at an authorization server.
const resourceClient = "protected-server"

// authServer is an authorization server: a process, behind a recorder.
type authServer struct {
	*recorder
	Issuer string
	// Meta is its metadata.
	Meta metadata
	// Clients are those that it knows from the start, with their secrets; "" is a public one's.
	Clients map[string]string
	// Scopes are those that a protected server wants unless the test says otherwise.
	Scopes []string
	// Resources says that its tokens are for the resource that was asked for (RFC 8707).
	Resources bool

	process *testbed.Server
	backend string
	keys    func() (map[string]any, error)
	allow   func(t *testing.T, resource string, scopes []string)
}

// metadata is what the tests use of RFC 8414's.
type metadata struct {
	Issuer      string   `json:"issuer"`
	Authorize   string   `json:"authorization_endpoint"`
	Token       string   `json:"token_endpoint"`
	Register    string   `json:"registration_endpoint"`
	Introspect  string   `json:"introspection_endpoint"`
	Revoke      string   `json:"revocation_endpoint"`
	Device      string   `json:"device_authorization_endpoint"`
	EndSession  string   `json:"end_session_endpoint"`
	Keys        string   `json:"jwks_uri"`
	Grants      []string `json:"grant_types_supported"`
	PKCE        []string `json:"code_challenge_methods_supported"`
	Scopes      []string `json:"scopes_supported"`
	IssInAnswer bool     `json:"authorization_response_iss_parameter_supported"`
	Documents   bool     `json:"client_id_metadata_document_supported"`
}

// started completes an authorization server whose process runs.
func (as *authServer) started(t *testing.T, p *testbed.Server, issuer, backend string) {
	t.Helper()
	as.process, as.Issuer, as.backend = p, issuer, backend
	as.keys = sync.OnceValues(as.fetchKeys)
	if err := as.ask(http.MethodGet, strings.TrimRight(issuer, "/")+"/.well-known/openid-configuration", nil, &as.Meta); err != nil {
		t.Fatal(err)
	}
	as.behind(oneAtATime(isPath(path(as.Meta.Token)), passOn(t, backend)))
}

// oneAtATime has a server do certain requests one after the other. Where a key is checked between reading a refresh
// token and using it up (private_key_jwt, DPoP), two uses in the same instant could otherwise both be the first.
func oneAtATime(these which, next http.Handler) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if these(r) {
			mu.Lock()
			defer mu.Unlock()
		}
		next.ServeHTTP(w, r)
	})
}

// grants are the requests at the token endpoint with this grant_type, as in "refresh_token".
func (as *authServer) grants(kind string) (out []request) {
	for _, r := range as.to(http.MethodPost, path(as.Meta.Token)) {
		if r.form().Get("grant_type") == kind {
			out = append(out, r)
		}
	}
	return out
}

// told is what an authorization server says of a token (RFC 7662), or a JWT of itself (RFC 9068).
type told struct {
	Active   bool     `json:"active"`
	Issuer   string   `json:"iss"`
	Audience audience `json:"aud"`
	Scope    string   `json:"scope"`
	Client   string   `json:"client_id"`
	Subject  string   `json:"sub"`
	Expires  int64    `json:"exp"`
	Confirm  struct {
		Thumbprint string `json:"jkt"`
	} `json:"cnf"`
}

// audience is a string or a list of them.
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// introspect asks about a token, past the recorder. A JWT tells for itself: it is good until it is over, also when it
// was revoked.
func (as *authServer) introspect(token string) (told, error) {
	if strings.Count(token, ".") == 2 {
		return as.readJWT(token)
	}
	var out told
	err := as.ask(http.MethodPost, as.Meta.Introspect, url.Values{"token": {token}}, &out)
	return out, err
}

func (as *authServer) readJWT(token string) (told, error) {
	keys, err := as.keys()
	if err != nil {
		return told{}, err
	}
	var out told
	header, err := openJWT(token, func(h jwtHeader) any { return keys[h.KeyID] }, &out)
	if err != nil {
		return told{}, err
	}
	out.Active = header.Type == "at+jwt" && out.Issuer == as.Issuer && time.Now().Unix() < out.Expires
	return out, nil
}

func (as *authServer) fetchKeys() (map[string]any, error) {
	var set struct{ Keys []jwk }
	if err := as.ask(http.MethodGet, as.Meta.Keys, nil, &set); err != nil {
		return nil, err
	}
	keys := map[string]any{}
	for _, one := range set.Keys {
		switch key := one.public().(type) {
		case *rsa.PublicKey, *ecdsa.PublicKey:
			keys[one.KeyID] = key
		}
	}
	return keys, nil
}

// ask sends a request past the recorder, as a protected server.
func (as *authServer) ask(method, to string, form url.Values, into any) error {
	u, err := url.Parse(to)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(method, as.backend+u.RequestURI(), strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Host = u.Host
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(resourceClient, fakeSecret)
	}
	answer, err := direct.RoundTrip(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, to, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

func path(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Path
}
