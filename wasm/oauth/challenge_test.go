package oauth

import (
	"fmt"
	"strings"
	"testing"
)

// show writes challenges in short: Scheme(token){name=value}.
func show(all []Challenge) string {
	var out []string
	for _, c := range all {
		text := c.Scheme
		if c.Token != "" {
			text += "(" + c.Token + ")"
		}
		for _, p := range c.Params {
			text += fmt.Sprintf(" %s=%q", p.Name, p.Value)
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// TestChallenges has the forms that servers send, in the spirit of the well-known collection of such fields.
func TestChallenges(t *testing.T) {
	for _, c := range []struct {
		fields []string
		want   string
	}{
		{nil, ""},
		{[]string{""}, ""},
		{[]string{"Bearer"}, "Bearer"},
		{[]string{`Bearer realm="x"`}, `Bearer realm="x"`},
		{[]string{`bearer resource_metadata="https://h/.well-known/oauth-protected-resource", scope="a b"`},
			`bearer resource_metadata="https://h/.well-known/oauth-protected-resource" scope="a b"`},
		{[]string{`Bearer error="invalid_token", error_description="a, b=\"c\" d"`}, `Bearer error="invalid_token" error_description="a, b=\"c\" d"`},
		{[]string{`Basic realm="a, Bearer b", Bearer scope=x`}, `Basic realm="a, Bearer b"; Bearer scope="x"`},
		{[]string{`Basic realm=x`, `DPoP algs="ES256 RS256"`}, `Basic realm="x"; DPoP algs="ES256 RS256"`},
		{[]string{`Negotiate, NTLM, Bearer scope="x"`}, `Negotiate; NTLM; Bearer scope="x"`},
		{[]string{`Negotiate YII/+==, Bearer`}, `Negotiate(YII/+==); Bearer`},
		{[]string{`NewScheme abc, Bearer a=b`}, `NewScheme(abc); Bearer a="b"`},
		{[]string{`, ,Bearer ,, scope = "x" ,`}, `Bearer scope="x"`},
		{[]string{`Bearer resource_metadata=https://h/x, scope=a`}, `Bearer resource_metadata="https://h/x" scope="a"`},
		{[]string{`Bearer realm="never ends, scope=x`}, `Bearer`},
		{[]string{`Bearer realm="a\`}, `Bearer`},
		{[]string{`Bearer scope="a", scope="b"`}, `Bearer scope="a" scope="b"`},
		{[]string{`=x, "y", Bearer scope=z`}, `x; Bearer scope="z"`},
		{[]string{`a="b"`}, ``},
		{[]string{"Bearer\tscope=\"x\""}, `Bearer scope="x"`},
		{[]string{`Bearer SCOPE="x"`}, `Bearer SCOPE="x"`},
		{[]string{`Bearer scope=""`}, `Bearer scope=""`},
		{[]string{`Bearer scope=`}, `Bearer(scope=)`},
		{[]string{`{"error":"x"}`}, ``},
	} {
		if got := show(ParseChallenges(c.fields)); got != c.want {
			t.Errorf("%q: %s, want %s", c.fields, got, c.want)
		}
	}
	if v, ok := ParseChallenges([]string{`Bearer SCOPE=x, scope=y`})[0].Get("Scope"); v != "x" || !ok {
		t.Error("a parameter is found without regard to case, the first of its name")
	}
	if n := len(ParseChallenges([]string{strings.Repeat("A,", 1000)})); n != mostChallenges {
		t.Error(n)
	}
}
