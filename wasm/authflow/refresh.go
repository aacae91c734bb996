package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
)

// refresh renews the token (RFC 6749 section 6), at the endpoint that issued it and no other. It holds the lock from
// before it reads the store until the new token is written down, so that of many processes one refreshes.
func (f *flow) refresh() { f.refreshWith(f.a.rec.Refresh) }

func (f *flow) refreshWith(token string) {
	rec := f.a.rec
	f.client = rec.Client
	f.resource = rec.Resource
	f.dpop = rec.Type == dpop
	f.known = provider.Of(rec.Issuer)
	if f.a.set.ClientID != "" && f.a.set.ClientID == rec.Client.ID {
		f.client.Secret = f.a.set.ClientSecret // the file's is newer
	}
	form := &oauth.Form{}
	form.Set("grant_type", "refresh_token")
	form.Set("refresh_token", token)
	form.Set("resource", f.resourceParameter())
	f.renewing, f.quiet = true, true
	send := func() {
		f.tokenAt(rec.Token, form, f.client, "asks for a new token with the refresh token: nobody has to sign in again", func(r tokenReply) { f.refreshed(token, r) })
	}
	if f.dpop {
		f.prove(send)
		return
	}
	send()
}

// refreshed takes what came. Only an authorization server's own words end a credential, and only that one: what went
// wrong on the way ends nothing.
func (f *flow) refreshed(used string, r tokenReply) {
	rec := f.a.rec
	f.renewing = false
	switch {
	case r.token != nil:
		// What worked is what there is; the one before it, or the one that was refused, is not needed any more.
		rec.Refresh, rec.OldRefresh, rec.Doubted = used, "", false
		if r.token.Refresh != "" && r.token.Refresh != used {
			rec.OldRefresh = used
		}
		f.take(&rec, r.token)
		f.a.renewed = rec.Access
		f.keep(&rec, f.done)
	case r.rejected && r.refusal.Code == "invalid_grant" && rec.OldRefresh != "" && rec.OldRefresh != used:
		f.note("the newest refresh token is refused and never worked, so its answer may have been lost: the one before it is tried")
		f.refreshWith(rec.OldRefresh)
	case r.rejected && r.refusal.Code == "invalid_grant":
		f.signedOut(r)
	case r.rejected && f.a.set.ClientID == "" && (r.refusal.Code == "invalid_client" || r.refusal.Code == "unauthorized_client"):
		f.signedOut(r) // the registration is gone, and with it what it got; a configured client may be mended in the file
	default:
		f.fail(r.fault)
	}
}

// signedOut forgets the credential that the server has ended, and has a person sign in again.
func (f *flow) signedOut(r tokenReply) {
	f.note("the authorization server has ended this sign-in (" + r.refusal.Code + "): the token is forgotten")
	rec := f.a.rec
	rec.clearTokens()
	if r.refusal.Code == "invalid_client" {
		rec.Client, rec.Doubted = client{}, false
	}
	f.keep(&rec, func() {
		if !f.heard() {
			f.end(f.cancelled())
			return
		}
		if !f.need.Person && f.a.set.Grant == "authorization_code" {
			e := f.a.SignInWanted("The sign-in has ended")
			e.Body = r.fault.Body
			f.fail(e)
			return
		}
		f.discover()
	})
}

// Logout gives the tokens back (RFC 7009), then forgets them here whatever the server says; then is told what went
// wrong.
func (a *Account) Logout(then func(*msg.Error)) {
	if f := a.flow; f != nil && f.renewing {
		f.waiting = append(f.waiting, &waiter{then: func(*msg.Error) { a.Logout(then) }})
		return
	} else if f != nil {
		f.end(f.cancelled())
	}
	f := &flow{a: a, fetches: map[*fetch]bool{}, unlock: func() {}}
	f.waiting, f.leaving = []*waiter{{then: then}}, true
	a.flow = f
	f.lock(func() { a.read(f.step(f.giveBack)) })
}

func (f *flow) giveBack() {
	if f.a.trouble != nil && !f.a.odd {
		f.fail(f.a.storeFault(f.a.trouble))
		return
	}
	rec := f.a.rec
	forget := func(e *msg.Error) {
		f.forget, f.a.jwk = nil, ""
		f.a.adopt(&record{})
		f.a.out.Put(&msg.Put{Store: msg.StoreAccounts, Key: f.a.key, Delete: true}, func(v *msg.Stored) {
			if v.Failure != nil {
				e = f.a.storeFault(v.Failure)
			} else {
				f.a.wrote("", nil)
			}
			f.end(e)
		})
	}
	token, hint := rec.Refresh, "refresh_token"
	if token == "" {
		token, hint = rec.Access, "access_token"
	}
	u, bad := f.safe(rec.Revoke, "revocation_endpoint")
	switch {
	case token == "":
		forget(nil)
		return
	case rec.Revoke == "":
		forget(f.notGivenBack(f.a.quote(rec.Issuer) + " has named no address for that (RFC 7009)."))
		return
	case bad != nil:
		forget(f.notGivenBack("The address that " + f.a.quote(rec.Issuer) + " has named for that is not safe to go to."))
		return
	}
	form := &oauth.Form{}
	form.Set("token", token)
	form.Set("token_type_hint", hint)
	f.client, f.forget = rec.Client, forget
	f.authenticate(form, rec.Client, func(headers []msg.Header) {
		x := &fetch{url: u, what: "gives the token back (revocation)", trusted: true}
		f.sendForm(x, form, headers, func(r *reply) {
			if r.ok() {
				forget(nil)
				return
			}
			e := f.notGivenBack(f.refused(oauth.AtToken, r, oauth.ParseRefusal(r.Type, r.Body), nil).Body)
			e.Status = r.Status
			forget(e)
		})
	})
}

// notGivenBack is the warning that the token was not revoked, and why.
func (f *flow) notGivenBack(why string) *msg.Error {
	return f.a.about(problem.Warn(problem.SignInFailed, "The token could not be given back", why, "It is forgotten here; it ends there by itself."))
}

// TokenRefused is what is said of a token that the server does not take, with nothing left to try.
func (a *Account) TokenRefused(status uint32, said string) *msg.Error {
	use := a.Uses()
	body := problem.Answered(a.plan.URL.Authority(), number(status), said) + " Sent: a token of " + a.quote(a.rec.Issuer) + " (...." + use.Fingerprint + ")."
	e := problem.New(problem.TokenRefused, "The server refused the token", body, "Sign in again: headfast login "+a.plan.Server)
	e.Status = status
	return a.about(e)
}

// ScopeWanted is what is said where more scope may be had, and there is nobody to sign in for it.
func (a *Account) ScopeWanted(said, scope string) *msg.Error {
	e := a.ScopeMissing(403, said)
	e.Hint = "Write " + a.plan.OAuthExample("scopes", a.quote(scope)) + " into " + problem.At(a.set.Where) + ", then: headfast login " + a.plan.Server
	return e
}

// ScopeMissing is what is said where no more scope can be had.
func (a *Account) ScopeMissing(status uint32, said string) *msg.Error {
	e := problem.New(problem.ScopeMissing, "The token does not allow this", problem.Answered(a.plan.URL.Authority(), number(status), said)+
		` Its scope is "`+a.quote(a.rec.Scope)+`".`, "Ask the operator for access, or name the scopes in oauth.scopes.")
	e.Status = status
	return a.about(e)
}
