package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
)

// The grants and token types that need no page.
const (
	grantJWT      = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	grantExchange = "urn:ietf:params:oauth:grant-type:token-exchange"
	grantDevice   = "urn:ietf:params:oauth:grant-type:device_code"
	typeIDToken   = "urn:ietf:params:oauth:token-type:id_token"
	typeIDJAG     = "urn:ietf:params:oauth:token-type:id-jag"
)

// clientCredentials is RFC 6749 section 4.4 (the extension "OAuth Client Credentials").
func (f *flow) clientCredentials() {
	f.client = f.configured()
	form := &oauth.Form{}
	form.Set("grant_type", "client_credentials")
	form.Set("scope", f.scope)
	form.Set("resource", f.resourceParameter())
	f.token(form, f.client, "asks for a token as this program, without a person", f.got)
}

// workload is RFC 7523 section 2.1 with the platform's own token ("Workload Identity Federation"). It is asked once:
// what was refused is not asked for in another way.
func (f *flow) workload() {
	f.client = client{ID: f.a.set.ClientID, Secret: f.a.set.ClientSecret, Method: authNone}
	if f.client.Secret != "" || f.a.set.PrivateKey != "" {
		f.client = f.configured()
	}
	f.read(f.a.set.Assertion, "oauth.assertion", func(assertion string) {
		form := &oauth.Form{}
		form.Set("grant_type", grantJWT)
		form.Set("assertion", assertion)
		form.Set("scope", f.scope)
		form.Set("resource", f.resourceParameter())
		f.token(form, f.client, "gives the identity of this workload for a token", f.got)
	})
}

// read gives a configured value, or what is now in the file that it names: platforms renew such files.
func (f *flow) read(value, what string, next func(string)) {
	path, named := strings.CutPrefix(value, "file:")
	if !named {
		next(value)
		return
	}
	f.a.out.Get(msg.StoreFiles, path, func(v *msg.Stored) {
		switch {
		case f.over:
		case v.Failure != nil || !v.Found:
			f.fail(problem.New(problem.KeyMissing, "A file that signs in cannot be read", what+" names "+f.a.quote(path)+": "+failureText(v.Failure)+".", "Correct the path."))
		default:
			text := strings.TrimSpace(v.Value)
			f.a.redact.Add(text)
			next(text)
		}
	})
}

// enterprise is "Enterprise-Managed Authorization": the identity provider gives an ID-JAG for the id token (RFC 8693
// section 2.1), and the authorization server a token for that.
func (f *flow) enterprise() {
	s := f.a.set
	form := &oauth.Form{}
	form.Set("grant_type", grantExchange)
	form.Set("requested_token_type", typeIDJAG)
	form.Set("audience", f.meta.Issuer)
	form.Set("resource", f.resourceParameter())
	form.Set("scope", f.scope)
	at := client{ID: s.IDPClientID, Secret: s.IDPSecret, Method: authNone}
	if at.Secret != "" {
		at.Method = authBasic
	}
	f.read(s.IDToken, "oauth.idToken", func(token string) {
		form.Set("subject_token", token)
		form.Set("subject_token_type", typeIDToken)
		f.exchanged(form, at)
	})
}

func (f *flow) exchanged(form *oauth.Form, at client) {
	u, e := f.trusted(f.a.set.IDPToken, "oauth.idpTokenEndpoint")
	if e != nil {
		f.fail(e)
		return
	}
	f.authenticate(form, at, func(headers []header) {
		x := &fetch{url: u, what: "asks the identity provider to vouch for you at this server (ID-JAG)", trusted: true}
		f.sendForm(x, form, headers, func(r *reply) {
			t, refusal, err := oauth.ParseToken(r.Type, r.Body)
			switch {
			case !r.ok() || refusal != nil || err != nil:
				e := f.refused(oauth.AtToken, r, refusal, err)
				e.Title = "The identity provider gave no grant for this server"
				f.fail(e)
			case t.Issued != "" && t.Issued != typeIDJAG:
				f.fail(problem.New(problem.SignInFailed, "The identity provider gave another kind of token", `issued_token_type is "`+f.a.quote(t.Issued)+`".`, "Ask its operator for ID-JAG."))
			default:
				f.a.redact.Add(t.Access)
				f.grantOf(t.Access)
			}
		})
	})
}

// grantOf gives an assertion of the identity provider's for a token (RFC 7523 section 2.1).
func (f *flow) grantOf(assertion string) {
	f.client = f.configured()
	form := &oauth.Form{}
	form.Set("grant_type", grantJWT)
	form.Set("assertion", assertion)
	form.Set("scope", f.scope)
	f.token(form, f.client, "gives what the identity provider said for a token", f.got)
}
