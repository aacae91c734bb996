package oauth

import (
	"reflect"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		a                Address
		resource, server []string
	}{
		{Address{"https://h", ""}, []string{"https://h/.well-known/oauth-protected-resource"},
			[]string{"https://h/.well-known/oauth-authorization-server", "https://h/.well-known/openid-configuration"}},
		{Address{"https://h:8443", "/"}, []string{"https://h:8443/.well-known/oauth-protected-resource"},
			[]string{"https://h:8443/.well-known/oauth-authorization-server", "https://h:8443/.well-known/openid-configuration"}},
		{Address{"https://h", "/public/mcp"}, []string{"https://h/.well-known/oauth-protected-resource/public/mcp", "https://h/.well-known/oauth-protected-resource"},
			[]string{"https://h/.well-known/oauth-authorization-server/public/mcp", "https://h/.well-known/openid-configuration/public/mcp", "https://h/public/mcp/.well-known/openid-configuration"}},
		{Address{"https://h", "/t/"}, []string{"https://h/.well-known/oauth-protected-resource/t", "https://h/.well-known/oauth-protected-resource"},
			[]string{"https://h/.well-known/oauth-authorization-server/t", "https://h/.well-known/openid-configuration/t", "https://h/t/.well-known/openid-configuration"}},
	} {
		if got := c.a.ResourceMetadata(); !reflect.DeepEqual(got, c.resource) {
			t.Errorf("%v: %v", c.a, got)
		}
		if got := c.a.ServerMetadata(); !reflect.DeepEqual(got, c.server) {
			t.Errorf("%v: %v", c.a, got)
		}
	}
}

func TestMetadata(t *testing.T) {
	r, err := ParseResource([]byte(` {"resource":"https://h/mcp","authorization_servers":["https://as"],"scopes_supported":[],"x":{}}`))
	if err != nil || r.Resource != "https://h/mcp" || !r.HasScopes || len(r.Servers) != 1 {
		t.Error(r, err)
	}
	s, err := ParseServer([]byte(`{"issuer":"https://as","authorization_endpoint":"https://as/a","token_endpoint":"https://as/t","code_challenge_methods_supported":["S256"],"authorization_response_iss_parameter_supported":true,"registration_endpoint":null}`))
	if err != nil || !s.SendsIssuer || !s.HasChallenges || s.HasMethods || s.Register != "" || s.ClientDocuments {
		t.Error(s, err)
	}
	for _, bad := range []string{"", "[]", `"x"`, "<html>", `{"issuer":1}`, `{"issuer":"a","issuer":"b"}`, `{"scopes_supported":"a"}`, `{"scopes_supported":[1]}`,
		`{"issuer":"` + strings.Repeat("a", 5000) + `"}`, `{"scopes_supported":["a"`, strings.Repeat(" ", MaxDocument+1)} {
		if _, err := ParseServer([]byte(bad)); err == nil {
			t.Errorf("%.40q is read", bad)
		}
	}
	if _, err := ParseResource([]byte(`{"detail":"Not Found"}`)); err != nil {
		t.Error("a document without members is one; what is missing is for who needs it:", err)
	}
}

func TestForm(t *testing.T) {
	var f Form
	f.Set("client_id", "https://h/a b?c=d&e")
	f.Set("empty", "")
	f.Set("scope", "a b+c~ü")
	const want = "client_id=https%3A%2F%2Fh%2Fa%20b%3Fc%3Dd%26e&scope=a%20b%2Bc~%C3%BC"
	if string(f.Bytes()) != want {
		t.Error(string(f.Bytes()))
	}
	for url, whole := range map[string]string{"https://h/a": "https://h/a?", "https://h/a?x=1": "https://h/a?x=1&", "https://h/a?": "https://h/a?", "https://h/a?x&": "https://h/a?x&"} {
		if got := f.AppendTo(url); got != whole+want {
			t.Error(got)
		}
	}
}

func TestCallback(t *testing.T) {
	c, err := ParseCallback("code=a%2Bb+c&state=s&iss=https%3A%2F%2Fas&session_state=1&session_state=2")
	if err != nil || c.Code != "a+b c" || c.State != "s" || c.Issuer != "https://as" || !c.HasIssuer {
		t.Error(c, err)
	}
	for _, bad := range []string{"code=a&code=b", "state=%zz", "code=%4", "iss=a&iss=a", strings.Repeat("x", 70_000)} {
		if c, err := ParseCallback(bad); err == nil {
			t.Errorf("%.30q is read as %v", bad, c)
		}
	}
	for _, c := range []struct {
		query      string
		advertised bool
		fits       bool
	}{
		{"iss=https%3A%2F%2Fas", true, true}, {"", true, false}, {"iss=https%3A%2F%2Fas", false, true}, {"", false, true},
		{"iss=https%3A%2F%2Fas%2F", true, false}, {"iss=https%3A%2F%2FAS", false, false}, {"iss=", false, false},
	} {
		got, err := ParseCallback(c.query)
		if err != nil || got.IssuerFits("https://as", c.advertised) != c.fits {
			t.Errorf("%v: %v %v", c, got, err)
		}
	}
}

func TestToken(t *testing.T) {
	const kind = "application/json"
	tok, refused, err := ParseToken(kind, []byte(`{"access_token":"a","token_type":"Bearer","expires_in":"3600","scope":"","refresh_token":"r","x":1}`))
	if err != nil || refused != nil || tok.Access != "a" || tok.ExpiresIn != 3600 || !tok.HasScope || tok.Refresh != "r" {
		t.Error(tok, refused, err)
	}
	if tok, _, _ := ParseToken("application/x-www-form-urlencoded", []byte("access_token=gho_1&scope=repo%2Cuser&token_type=bearer")); tok == nil || tok.Access != "gho_1" {
		t.Error("a form is read where it says that it is one")
	}
	if _, refused, err := ParseToken(kind, []byte(`{"error":"invalid_grant","error_description":"no"}`)); err != nil || refused == nil || refused.Code != "invalid_grant" {
		t.Error("an error with status 200 is an error", refused, err)
	}
	for _, bad := range []string{`[]`, `{}`, `{"access_token":1}`, `{"access_token":"a b"}`, `{"access_token":"a\r\nX: y"}`, `<html>`, ``, `{"access_token":"a","access_token":"b"}`} {
		if tok, refused, err := ParseToken(kind, []byte(bad)); err == nil {
			t.Errorf("%q is read as %v %v", bad, tok, refused)
		}
	}
	for text, want := range map[string]int64{`1`: 1, `1.9`: 1, `-5`: 0, `1e300`: longestLife, `"x"`: 0, `null`: 0, `true`: 0, `""`: 0} {
		if tok, _, err := ParseToken(kind, []byte(`{"access_token":"a","expires_in":`+text+`}`)); err != nil || tok.ExpiresIn != want {
			t.Errorf("%s: %v %v", text, tok, err)
		}
	}
	if r := ParseRefusal(kind, []byte(`{"detail":"Not Found"}`)); r != nil {
		t.Error(r)
	}
}
