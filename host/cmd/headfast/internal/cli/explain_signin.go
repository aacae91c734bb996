package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/tidwall/gjson"
)

// block is the entry's oauth block as it stands in the file; none is an empty one.
func (t *target) block() gjson.Result {
	entry, _ := entryOf(t.text, t.explain.Server)
	block, _ := member(entry, "oauth")
	return block
}

func written(block gjson.Result, name string) string {
	v, _ := member(block, name)
	return v.Str
}

// ways say what each grant is, in words of every day.
var ways = map[string]string{
	"":                   "you sign in on a page in your browser, and the server is sent the token that comes of it",
	"authorization_code": "you sign in on a page in your browser, and the server is sent the token that comes of it",
	deviceCode:           "you type a short code on a page, on any device, and the server is sent the token that comes of it",
	"client_credentials": "nobody is asked: the client that the entry names gets a token with its own secret or key",
	"jwt_bearer":         "nobody is asked: oauth.assertion, the identity of this workload, is given for a token",
	"enterprise":         "nobody is asked: your company's identity provider gives a grant for oauth.idToken, and that is given for a token",
}

func (t *target) needsPerson() bool {
	switch written(t.block(), "grant") {
	case "", "authorization_code", deviceCode:
		return true
	}
	return false
}

// signInLines tell what a sign-in would be, and what there is of one.
func (t *target) signInLines(kept *host.Account) string {
	s, block := t.out, t.block()
	var b strings.Builder
	grant := written(block, "grant")
	way, known := ways[grant]
	if !known {
		way = "as the grant says"
	}
	b.WriteString("\n  " + join("  ", s.Cyan("Sign-in"), way, s.Dim(grant)) + "\n")
	fmt.Fprintf(&b, "    as    %s\n", term.Line(asClient(block, kept)))
	if scopes, there := member(block, "scopes"); there {
		fmt.Fprintf(&b, "    for   %s\n", term.Line(scopes.Raw))
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
func asClient(block gjson.Result, kept *host.Account) string {
	id := written(block, "clientId")
	if id == "" && kept != nil {
		return `the client "` + kept.Client + `", as it is known there since the sign-in`
	}
	if id == "" {
		if document := written(block, "clientMetadataUrl"); document != "" {
			return "the client whose metadata is at " + document + ", where the authorization server reads such; else one that it registers"
		}
		return "a client that the authorization server registers when it is asked to (RFC 7591), or has registered before"
	}
	proof := ""
	for _, by := range [][2]string{{"clientSecret", "its secret"}, {"privateKey", "its private key"}} {
		if _, there := member(block, by[0]); there {
			proof = ", with " + by[1]
		}
	}
	return `the client "` + id + `" that the entry names` + proof
}
