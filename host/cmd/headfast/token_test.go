package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// configured writes another configuration.
func (p place) configured(text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.dir, ".mcp.json"), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// decided is the decision of a document: whether a rule won, and the fingerprint of a header.
func (o outcome) decided() (rule, authorization string) {
	o.t.Helper()
	auth := o.document().Auth
	if auth == nil {
		o.t.Fatalf("no decision in %s", o.out)
	}
	for _, r := range auth.Rules {
		if r.Won {
			rule = r.Name
		}
	}
	for _, h := range auth.Headers {
		if h.Name == "Authorization" {
			authorization = h.Fingerprint + " from " + h.Source + h.Note
		}
	}
	return rule, authorization
}

// TestExplainToken: a token that is kept is told as a header is, though the entry says nothing of signing in; another
// entry at the same address has none.
func TestExplainToken(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.configured(fmt.Sprintf(`{"mcpServers": {"acme": {"type": "http", "url": %[1]q}, "other": {"type": "http", "url": %[1]q, "oauth": {"clientId": "mine"}}}}`, s.mcp.URL+"/mcp"))
	p.run("explain", "acme").want(0, "none: no credential is configured", "headfast tools acme")
	p.run("login", "acme").want(0)
	p.run("login", "acme", "--profile", "work").want(0)

	p.run("explain", "acme").want(0, "Authorization  Bearer ....0001, 29 characters  credential", "from  the token of "+s.as.URL, "rule  stored-token: ",
		"kept  Bearer ....0001, expires in 60 min, renews by itself", "by    "+s.as.URL, "scope tools", `the client "a-client"`)
	p.run("explain", "acme", "--profile", "work").want(0, "Bearer ....0002", "profile work")
	p.run("explain", "other").want(0, "no sign-in is kept: headfast login other", `the client "mine"`)
	doc := p.run("explain", "acme", "--json").want(0).document()
	if len(doc.Accounts) != 1 || doc.Accounts[0].Fingerprint != "....0001" || doc.Accounts[0].Issuer != s.as.URL || doc.Accounts[0].Scope != "tools" || doc.Accounts[0].ExpiresIn < 3000 {
		t.Errorf("%+v", doc.Accounts)
	}
	if doc := p.run("explain", "other", "--json").want(0).document(); len(doc.Accounts) != 0 || doc.Store == "" {
		t.Errorf("%+v", doc)
	}
}

// TestTokenInJSON: a script is told of the token as of a header, also of one that was had only now.
func TestTokenInJSON(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	rule, token := p.run("call", "acme", "echo", "text=x", "--sign-in", "--json").want(0).decided()
	if rule != "auth-says" || token != "Bearer ....0001, 29 characters from the token of "+s.as.URL {
		t.Errorf("%s, %s", rule, token)
	}
	p.configured(bare(s.mcp.URL + "/mcp"))
	p.run("login", "acme").want(0)
	for _, args := range [][]string{{"tools", "acme"}, {"call", "acme", "echo", "text=x"}, {"explain", "acme"}} {
		rule, token := p.run(append(args, "--json")...).want(0).decided()
		if rule != "stored-token" || !strings.HasPrefix(token, "Bearer ....000") || !strings.HasSuffix(token, "from the token of "+s.as.URL) {
			t.Errorf("%s: %s, %s", args, rule, token)
		}
	}
}

// TestSignInOffered: --sign-in says at once what it is not for.
func TestSignInOffered(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.configured(bare(s.mcp.URL + "/mcp"))
	p.run("tools", "acme", "--sign-in").want(6, "HF104", "headfast login acme", `--sign-in opens a page only for an entry that asks for it: "auth": "oauth".`)
	if o := p.run("tools", "acme").want(6); strings.Contains(o.err, "--sign-in") {
		t.Errorf("%s", o.err)
	}
}
