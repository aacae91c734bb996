package authflow

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
)

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
		if f.guessed && (!r.ok() || err != nil) && refusal == nil {
			f.fail(f.noSignIn(r))
			return
		}
		if !r.ok() || err != nil || refusal != nil {
			f.fail(f.refused(oauth.AtRegistration, r, refusal, err))
			return
		}
		if len(c.RedirectURIs) > 0 && !contains(c.RedirectURIs, redirect) {
			f.fail(problem.New(problem.Registration, "The authorization server registered another redirect URI", "It was asked for "+redirect+" and took another.",
				f.advice(provider.AboutRedirect, "Register a client there and write "+f.a.plan.OAuthExample(config.ClientID, "…")+".")))
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
