package signin_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// byHand is an OAuth client that a test leads step by step: the rigs are tested with it, without Headfast.
type byHand struct {
	t        *testing.T
	as       *authServer
	id       string
	secret   string
	redirect string
	resource string
	scope    string
	key      *ecdsa.PrivateKey // for DPoP, nil without
	nonce    string
}

// tokens are an answer of the token endpoint, also one that says what is wrong.
type tokens struct {
	Status  int    `json:"-"`
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Type    string `json:"token_type"`
	Expires int    `json:"expires_in"`
	Scope   string `json:"scope"`
	Error   string `json:"error"`
	About   string `json:"error_description"`
}

// newClient is a client that the authorization server knows, for a protected server.
func newClient(t *testing.T, as *authServer, mcp *protectedServer, id string) *byHand {
	return &byHand{
		t: t, as: as, id: id, secret: as.Clients[id], redirect: "http://127.0.0.1:9/callback",
		resource: mcp.URL, scope: strings.Join(as.Scopes, " "),
	}
}

// register makes a client known (RFC 7591).
func register(t *testing.T, as *authServer, mcp *protectedServer, changes map[string]any) *byHand {
	t.Helper()
	c := newClient(t, as, mcp, "")
	wanted := map[string]any{
		"client_name": "By hand", "application_type": "native", "token_endpoint_auth_method": "none",
		"redirect_uris": []string{c.redirect}, "response_types": []string{"code"},
		"grant_types": []string{"authorization_code", "refresh_token"},
	}
	maps.Copy(wanted, changes)
	var got struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if status := c.json(as.Meta.Register, wanted, &got); status != http.StatusCreated {
		t.Fatalf("registration: status %d, %+v", status, got)
	}
	c.id, c.secret = got.ID, got.Secret
	return c
}

func (c *byHand) json(to string, what, into any) int {
	c.t.Helper()
	body, err := json.Marshal(what)
	if err != nil {
		c.t.Fatal(err)
	}
	answer, err := http.Post(to, "application/json", strings.NewReader(string(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		c.t.Fatal(err)
	}
	return answer.StatusCode
}

// attempt is one sign-in under way.
type attempt struct {
	page     string
	verifier string
	state    string
}

// begin makes the page that a person has to go to.
func (c *byHand) begin(extra ...string) attempt {
	a := attempt{verifier: rand.Text() + rand.Text(), state: rand.Text()}
	sum := sha256.Sum256([]byte(a.verifier))
	query := url.Values{
		"response_type": {"code"}, "client_id": {c.id}, "redirect_uri": {c.redirect}, "state": {a.state}, "scope": {c.scope},
		"resource": {c.resource}, "code_challenge": {b64.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	for i := 0; i+1 < len(extra); i += 2 {
		query.Set(extra[i], extra[i+1])
	}
	a.page = c.as.Meta.Authorize + "?" + query.Encode()
	return a
}

// finish checks the redirect and gets the tokens.
func (c *byHand) finish(a attempt, at landing) tokens {
	c.t.Helper()
	got := at.URL.Query()
	if !at.Redirected || got.Get("state") != a.state || got.Get("code") == "" {
		c.t.Fatalf("landed at %s: status %d, after %q\n%s", at.URL, at.Status, at.Pages, at.Body)
	}
	if iss := got.Get("iss"); c.as.Meta.IssInAnswer && iss != c.as.Issuer {
		c.t.Errorf("iss in the redirect is %q, the issuer is %q", iss, c.as.Issuer)
	}
	return c.token("grant_type", "authorization_code", "code", at.code(), "redirect_uri", c.redirect, "code_verifier", a.verifier)
}

// signIn goes the whole way.
func (c *byHand) signIn(who ...person) tokens {
	c.t.Helper()
	a := c.begin()
	got := c.finish(a, walk(c.t, a.page, who...))
	if got.Access == "" {
		c.t.Fatalf("no token: %+v", got)
	}
	return got
}

// refresh uses a refresh token.
func (c *byHand) refresh(token string) tokens {
	c.t.Helper()
	return c.token("grant_type", "refresh_token", "refresh_token", token)
}
