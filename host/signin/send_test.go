package signin_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// token asks the token endpoint: names and values by turns.
func (c *byHand) token(pairs ...string) tokens {
	c.t.Helper()
	var got tokens
	got.Status = c.post(c.as.Meta.Token, &got, append(pairs, "resource", c.resource)...)
	return got
}

// revoke takes a token back (RFC 7009).
func (c *byHand) revoke(token string) int {
	c.t.Helper()
	return c.post(c.as.Meta.Revoke, nil, "token", token)
}

// post sends a form as this client, with a proof where it has a key; a nonce that is wanted is taken, once.
func (c *byHand) post(to string, into any, pairs ...string) int {
	c.t.Helper()
	for range 2 {
		status, again := c.postOnce(to, into, pairs)
		if !again {
			return status
		}
	}
	c.t.Fatalf("%s wants one nonce after the other", to)
	return 0
}

func (c *byHand) postOnce(to string, into any, pairs []string) (status int, again bool) {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	if c.secret == "" && c.id != "" {
		form.Set("client_id", c.id)
	}
	r, err := http.NewRequest(http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if c.secret != "" {
		r.SetBasicAuth(url.QueryEscape(c.id), url.QueryEscape(c.secret))
	}
	if c.key != nil {
		r.Header.Set("DPoP", c.prove(r, ""))
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if c.newNonce(answer) && answer.StatusCode >= 400 {
		return 0, true
	}
	if into != nil {
		if err := json.Unmarshal(body, into); err != nil {
			c.t.Fatalf("%s: %s\n%s", to, answer.Status, body)
		}
	}
	return answer.StatusCode, false
}

// newNonce notes a nonce that is wanted.
func (c *byHand) newNonce(answer *http.Response) bool {
	nonce := answer.Header.Get("DPoP-Nonce")
	if nonce == "" || nonce == c.nonce {
		return false
	}
	c.nonce = nonce
	return true
}

func (c *byHand) prove(r *http.Request, token string) string {
	c.t.Helper()
	p, err := prove(c.key, r.Method, r.URL.Scheme+"://"+r.URL.Host+r.URL.Path, token, c.nonce)
	if err != nil {
		c.t.Fatal(err)
	}
	return p
}
