package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
)

// ways say what each grant is, in words of every day.
var ways = map[string]string{
	"authorization_code": "you sign in on a page in your browser, and the server is sent the token that comes of it",
	"device_code":        "you type a short code on a page, on any device, and the server is sent the token that comes of it",
	"client_credentials": "nobody is asked: the client that the entry names gets a token with its own secret or key",
	"jwt_bearer":         "nobody is asked: oauth.assertion, the identity of this workload, is given for a token",
	"enterprise":         "nobody is asked: your company's identity provider gives a grant for oauth.idToken, and that is given for a token",
}

func (t *target) needsPerson() bool { return t.explain.SignIn != nil && t.explain.SignIn.Person }

// signInLines tell what a sign-in would be, and what there is of one.
func (t *target) signInLines(kept *host.Account) string {
	s, how := t.out, t.explain.SignIn
	if how == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n  " + join("  ", s.Cyan("Sign-in"), ways[how.Grant], s.Dim(how.Grant)) + "\n")
	fmt.Fprintf(&b, "    as    %s\n", term.Line(asClient(how, kept)))
	if len(how.Scopes) > 0 {
		fmt.Fprintf(&b, "    for   %s\n", term.Line(strings.Join(how.Scopes, " ")))
	}
	switch {
	case kept != nil:
		b.WriteString("    " + join("  ", "kept", term.Line(tokenFacts(*kept, time.Now())), s.Dim(profileName(kept.Profile))) + "\n")
		fmt.Fprintf(&b, "    by    %s\n", term.Line(kept.Issuer))
		if kept.Scope != "" {
			fmt.Fprintf(&b, "    scope %s\n", term.Line(kept.Scope))
		}
	case t.needsPerson():
		fmt.Fprintf(&b, "    kept  no sign-in is kept: %s\n", s.Bold(t.loginLine()))
	default:
		b.WriteString("    kept  no token is kept: one is had when the server asks for it\n")
	}
	fmt.Fprintf(&b, "    in    %s\n", term.Line(t.store.Describe()))
	return b.String()
}

// asClient says who this program is to the authorization server. The file's own words are shown, without its variables'
// values; a secret's only that it is there.
func asClient(how *msg.SignIn, kept *host.Account) string {
	switch {
	case how.Client == "" && kept != nil:
		return `the client "` + kept.Client + `", as it is known there since the sign-in`
	case how.Client == "" && how.Document != "":
		return "the client whose metadata is at " + how.Document + ", where the authorization server reads such; else one that it registers"
	case how.Client == "":
		return "a client that the authorization server registers when it is asked to (RFC 7591), or has registered before"
	}
	return `the client "` + how.Client + `" that the entry names` + map[string]string{"secret": ", with its secret", "private_key": ", with its private key"}[how.Proof]
}
