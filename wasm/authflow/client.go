package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
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
// person sees who asks, a server could have it by naming one of its own ("Authorization Server Binding", 2026-07-28). A
// signed assertion and an identity provider's grant are for their issuer alone, and a server on this machine is the
// person's own.
func (f *flow) entrusted() *msg.Error {
	s := f.a.set
	if !f.a.alone() || s.Issuer != "" || s.ServerMetadata != "" || s.ClientSecret == "" && s.Assertion == "" || f.a.plan.URL.Loopback() {
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
			f.hint(oauth.AtRegistration, nil, failed[oauth.AtRegistration].hint)))
		return
	}
	next()
}

// registered says that this issuer has registered us before, for this redirect, and may be taken to know us still.
func (f *flow) registered(redirect string) bool {
	rec, known := &f.a.rec, &f.a.rec.Client
	switch {
	case rec.Issuer != f.meta.Issuer || rec.Token != f.meta.Token || known.ID == "" || known.Redirect != redirect:
		return false
	case known.Ends != 0 && known.Ends <= f.a.out.Wall()/1000:
		return false
	case !known.mayUse(f.scope) && f.meta.Register != "":
		f.note("this program was registered there before, for less than is wanted now, so it is registered anew")
		return false
	case f.need.Anew && rec.Doubted && f.meta.Register != "":
		f.note("nobody came back with a token from the last sign-in as the client that was registered there before: perhaps it is not known there any more, so this program is registered anew")
		return false
	}
	return true
}

// doubt writes down that a person is sent away with a client that was registered before, until they come back: an
// authorization server that does not know it any more tells them alone, on its own page (RFC 6749 section 4.1.2.1).
func (f *flow) doubt(next func()) {
	f.lock(func() {
		f.a.read(f.step(func() {
			goOn := func() {
				f.unlock()
				f.unlock = func() {}
				next()
			}
			rec := f.a.rec
			if f.a.trouble != nil || rec.Client != f.client || rec.Doubted {
				goOn()
				return
			}
			rec.Doubted = true
			f.keep(&rec, goOn)
		}))
	})
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

// scopeEver is what this program may want here now or later. Some servers let a client use no scope that its
// registration did not name (RFC 7591 section 2), and where it named none, none at all.
func (f *flow) scopeEver() string {
	scopes := strings.Fields(f.scope)
	if f.prm != nil {
		scopes = append(scopes, f.prm.Scopes...)
	}
	return scopeOf(scopes)
}

// mayUse says that a client may use what is wanted, as far as its registration said.
func (c *client) mayUse(scope string) bool {
	named := strings.Fields(c.Scope)
	for _, s := range strings.Fields(scope) {
		if c.Scope != "" && !contains(named, s) {
			return false
		}
	}
	return true
}

// register is dynamic client registration (RFC 7591 section 3.1). Some servers know a resource's scopes only where the
// resource is named: they are asked again, without.
func (f *flow) register(redirect, scope string, next func()) {
	u, e := f.safe(f.meta.Register, "registration_endpoint")
	if e != nil {
		f.fail(e)
		return
	}
	f.post(u, "registers this program as a client there", "application/json", f.registration(redirect, scope), nil, func(r *reply) {
		c, refusal, err := oauth.ParseRegistration(r.Type, r.Body)
		if refusal != nil && refusal.Code == "invalid_client_metadata" && scope != "" {
			f.note("the registration was refused: it is tried again without naming what the token is for (scope)")
			f.register(redirect, "", next)
			return
		}
		if !r.ok() || err != nil || refusal != nil {
			f.fail(f.refused(oauth.AtRegistration, r, refusal, err))
			return
		}
		if len(c.RedirectURIs) > 0 && !contains(c.RedirectURIs, redirect) {
			f.fail(problem.New(problem.Registration, "The authorization server registered another redirect URI", "It was asked for "+redirect+" and took another.",
				f.advice(provider.AboutRedirect, `Register a client there and write "oauth": { "clientId": "…" }.`)))
			return
		}
		if c.Secret != "" {
			f.a.redact.Add(c.Secret)
		}
		f.client = client{ID: c.ID, Secret: c.Secret, Method: c.AuthMethod, Redirect: redirect, Ends: c.SecretExpires}
		if c.Scope != "" {
			f.client.Scope = scope
		}
		if quirk := f.known.Quirk(provider.AuthMethod); quirk != "" && c.Secret != "" {
			f.client.Method = quirk
		}
		if f.client.Method == "" {
			f.client.Method = f.registerMethod()
		}
		next()
	})
}

// registration is the client's metadata as it is sent.
func (f *flow) registration(redirect, scope string) []byte {
	kind := "native"
	if strings.HasPrefix(redirect, "https:") {
		kind = "web"
	}
	b := append(jsontext.AppendString([]byte(`{"client_name":`), "Headfast"), `,"redirect_uris":[`...)
	grant := "authorization_code"
	if f.a.set.Grant == "device_code" {
		grant = grantDevice
	}
	b = append(jsontext.AppendString(b, redirect), `],"grant_types":["`+grant+`","refresh_token"],"response_types":["code"],"application_type":"`...)
	b = append(b, kind+`","token_endpoint_auth_method":"`+f.registerMethod()+`"`...)
	if scope != "" {
		b = jsontext.AppendString(append(b, `,"scope":`...), scope)
	}
	return append(b, '}')
}

// registerMethod is what a client on a person's machine asks for: no secret where the server allows that.
func (f *flow) registerMethod() string {
	for _, m := range []string{authNone, authBasic, authPost} {
		if !f.meta.HasMethods || contains(f.meta.AuthMethods, m) {
			return m
		}
	}
	return authNone
}

// authenticate puts who we are into a request to the token endpoint, then goes on (RFC 6749 section 2.3, RFC 7523
// section 2.2).
func (f *flow) authenticate(form *oauth.Form, c client, next func(headers []msg.Header)) {
	switch c.Method {
	case authBasic:
		pair := oauth.Escape(c.ID) + ":" + oauth.Escape(c.Secret)
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
