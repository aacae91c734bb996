package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
)

// The ways in which a client says who it is at the token endpoint (OpenID Connect Core section 9).
const (
	authNone  = "none"
	authBasic = "client_secret_basic"
	authPost  = "client_secret_post"
	authJWT   = "private_key_jwt"
)

// configured is the client that the entry names ("Preregistration").
func (f *flow) configured() client {
	c := client{ID: f.a.set.ClientID, Secret: f.a.set.ClientSecret}
	c.Method = f.method(c.Secret != "")
	return c
}

// moved says that the configured client, or workload, has been used at another token endpoint before: what is its own
// does not go to this one, unless a person says so ("Authorization Server Binding", 2026-07-28).
func (f *flow) moved() *msg.Error {
	s, rec := f.a.set, &f.a.rec
	if rec.Token == "" || rec.Token == f.meta.Token || s.ClientID != rec.Client.ID || s.ClientID == "" && s.Assertion == "" {
		return nil
	}
	return problem.New(problem.Discovery, "The server is signed in to elsewhere than before", "The configured client was used at "+f.a.quote(rec.Token)+"; now "+f.a.quote(f.meta.Issuer)+
		" names "+f.a.quote(f.meta.Token)+". Nothing was sent there.", "If that is right, sign out first: headfast logout "+f.a.plan.Server)
}

// entrusted says that nobody has said that this authorization server may have what is secret in the entry: where no
// person sees who asks, a server could have it by naming one of its own ("Authorization Server Binding", 2026-07-28); of a
// code for a device it has it before the person sees anything. A
// signed assertion and an identity provider's grant are for their issuer alone, and a server on this machine is the
// person's own.
func (f *flow) entrusted() *msg.Error {
	s := f.a.set
	if !f.a.alone() && s.Grant != "device_code" || s.Issuer != "" || s.ServerMetadata != "" || s.ClientSecret == "" && s.Assertion == "" || f.a.plan.URL.Loopback() {
		return nil
	}
	return problem.New(problem.BadField, `oauth of "`+f.a.plan.Server+`" does not say who may have its secret`, "The server names "+f.a.quote(f.meta.Issuer)+
		" as its authorization server. Nothing was sent there, since nobody sees it who could tell whether that is right.", `If it is, write "issuer": "`+f.a.quote(f.meta.Issuer)+`" into oauth.`)
}

// method is how a client authenticates: as the entry says, else the best that the server knows.
func (f *flow) method(secret bool) string {
	switch {
	case f.a.set.AuthMethod != "":
		return f.a.set.AuthMethod
	case f.a.set.PrivateKey != "":
		return authJWT
	case !secret:
		return authNone
	case f.known.Quirk(provider.AuthMethod) != "":
		return f.known.Quirk(provider.AuthMethod)
	case f.meta.HasMethods && !contains(f.meta.AuthMethods, authBasic) && contains(f.meta.AuthMethods, authPost):
		return authPost
	}
	return authBasic // RFC 8414 section 2: what is meant where nothing is said
}

// identify is who we are to this issuer, in the order of "Client Registration Approaches" (2026-07-28): what the entry
// configures, a document of ours, what was registered before, a new registration.
func (f *flow) identify(redirect string, next func()) {
	switch {
	case f.a.set.ClientID != "":
		f.note("this program is known there as the client that the entry names")
		f.client = f.configured()
	case f.byDocument():
		f.note("this program is known there by its document: " + f.a.document())
		f.client = client{ID: f.a.document(), Method: authNone}
	case f.registered(redirect):
		f.note("this program was registered there before")
		f.client = f.a.rec.Client
		f.doubt(next)
		return
	case f.meta.Register != "":
		f.register(redirect, f.scopeEver(), next)
		return
	default:
		f.fail(problem.New(problem.Registration, "The authorization server does not know this client", f.a.quote(f.meta.Issuer)+" offers no registration (RFC 7591), and no client is configured.",
			f.hint(oauth.AtRegistration, nil, f.usual(oauth.AtRegistration))))
		return
	}
	next()
}

// document is where this client's metadata document is, or empty.
func (a *Account) document() string {
	if a.set.ClientDocument != "" {
		return a.set.ClientDocument
	}
	return a.out.ClientDocument()
}

// byDocument says that the authorization server knows clients by their documents, and there is one of ours.
func (f *flow) byDocument() bool { return f.meta.ClientDocuments && f.a.document() != "" }

// authenticate puts who we are into a request to the token endpoint, then goes on (RFC 6749 section 2.3, RFC 7523
// section 2.2).
func (f *flow) authenticate(form *oauth.Form, c client, next func(headers []msg.Header)) {
	switch c.Method {
	case authBasic:
		pair := oauth.Escape(c.ID) + ":" + oauth.Escape(c.Secret)
		f.a.redact.Add(base64(pair))
		next([]msg.Header{{Name: "Authorization", Value: "Basic " + base64(pair)}})
	case authJWT:
		form.Set("client_id", c.ID)
		f.assertion(c.ID, func(jwt string) {
			form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
			form.Set("client_assertion", jwt)
			f.a.redact.Add(jwt)
			next(nil)
		})
	case authPost:
		form.Set("client_id", c.ID)
		form.Set("client_secret", c.Secret)
		next(nil)
	default:
		form.Set("client_id", c.ID)
		next(nil)
	}
}
