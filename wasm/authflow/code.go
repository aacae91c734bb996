package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
)

// code is an authorization code on its way (RFC 6749 section 4.1): what was recorded before the person was sent away.
type code struct {
	await                     uint32
	redirect, state, verifier string
	// sent says that the person was sent to the page, arrived that the genuine redirect came back.
	sent, arrived, gone bool
	timer               Timer
}

// authorize begins the authorization code grant: the redirect must be received before anybody is sent away.
func (f *flow) authorize() {
	switch {
	case f.meta.Authorize == "":
		f.fail(problem.New(problem.Discovery, "The authorization server signs no people in", f.a.quote(f.meta.Issuer)+" names no authorization_endpoint.", `Write "grant" into "oauth" where another way is meant.`))
		return
	case !contains(f.meta.Challenges, "S256") && (f.meta.HasChallenges || f.known.Quirk(provider.ChallengeMethod) != "S256"):
		f.fail(problem.New(problem.Discovery, "The authorization server does not protect the sign-in", f.a.quote(f.meta.Issuer)+" does not say that it supports PKCE with S256 (code_challenge_methods_supported). Nobody was sent there.",
			"Tell its operator; without it a code can be stolen on its way."))
		return
	case !f.need.Person && f.need.More:
		f.fail(f.a.ScopeWanted(f.need.Said, f.scope))
		return
	case !f.need.Person:
		f.fail(f.a.SignInWanted("The server wants a sign-in"))
		return
	}
	f.await(f.wantedRedirect())
}

// SignInWanted is what is said where there is nobody to sign in.
func (a *Account) SignInWanted(title string) *msg.Error {
	why := " asks for a token, and no sign-in to it is kept."
	if a.rec.Access != "" {
		why = " does not take the token that is kept, and it cannot be renewed without you: the sign-in has ended."
	}
	return a.about(problem.New(problem.AuthRequired, title, a.plan.URL.Authority()+why, "Sign in: headfast login "+a.plan.Server))
}

// wantedRedirect is where the entry, or the registration that there is, wants the redirect to come in.
func (f *flow) wantedRedirect() string {
	switch {
	case f.a.set.RedirectURI != "":
		return f.a.set.RedirectURI
	case f.a.set.Port != 0:
		return "http://localhost:" + number(uint32(f.a.set.Port)) + "/callback"
	case f.a.set.ClientID == "" && f.a.rec.Issuer == f.meta.Issuer:
		return f.a.rec.Client.Redirect
	}
	return ""
}

// await asks for a listener. One that cannot listen where an old registration says is asked to choose anew.
func (f *flow) await(uri string) {
	f.code = &code{state: f.a.out.Secret(), verifier: f.a.out.Secret()}
	f.a.redact.Add(f.code.verifier)
	path := "/callback"
	if f.a.set.ClientID == "" && !f.byDocument() { // else it is as registered
		path += "/" + short(f.meta.Issuer)
	}
	f.code.await = f.a.out.Await(&waiting{f, f.code, uri}, &msg.Await{Session: f.need.Session, Server: f.a.plan.Server, URI: uri, Path: path})
}

// short is a name for an issuer that fits into a path: each has its own, so that what one sends does not look like what
// another sends (RFC 8252 section 8.11 of old; RFC 9700 section 4.4.2.2).
func short(issuer string) string {
	sum := oauth.SHA256([]byte(issuer))
	return hexed(sum[:4])
}

// sendAway sends the person to the authorization server (RFC 6749 section 4.1.1, RFC 7636, RFC 8707).
func (f *flow) sendAway() {
	u, e := f.safe(f.meta.Authorize, "authorization_endpoint")
	if e != nil {
		f.fail(e)
		return
	}
	sum := oauth.SHA256([]byte(f.code.verifier))
	form := oauth.Form{}
	form.Set("response_type", "code")
	form.Set("client_id", f.client.ID)
	form.Set("redirect_uri", f.code.redirect)
	form.Set("state", f.code.state)
	form.Set("code_challenge", base64url(sum[:]))
	form.Set("code_challenge_method", "S256")
	form.Set("scope", f.scope)
	if contains(strings.Fields(f.scope), "offline_access") {
		form.Set("prompt", "consent") // OpenID Connect Core section 11
	}
	form.Set("resource", f.resourceParameter())
	f.addKnown(&form)
	f.code.sent = true
	f.code.timer = f.a.out.After(personTime, func() {
		f.fail(problem.New(problem.SignInFailed, "Nobody signed in", "No answer came from "+u.Authority()+" in ten minutes.", f.advice(provider.AboutRedirect, "Try again: headfast login "+f.a.plan.Server)))
	})
	f.note("sends you to " + u.Origin() + u.Path + " to sign in, and waits for you at " + f.code.redirect + "; only an answer with the number of this sign-in (state) counts")
	f.open(&msg.Open{URL: form.AppendTo(u.String()), Await: f.code.await})
}

// addKnown adds what this provider wants to give a refresh token.
func (f *flow) addKnown(form *oauth.Form) {
	for _, pair := range strings.Split(f.known.Quirk(provider.AuthorizeParams), "&") {
		if name, value, ok := strings.Cut(pair, "="); ok {
			form.Set(name, value)
		}
	}
}

// open has the driver show the page. That it cannot ends nothing: a person can go there by themselves.
func (f *flow) open(o *msg.Open) {
	o.Session, o.Server = f.need.Session, f.a.plan.Server
	f.asks()
	f.a.out.Open(o, func(failure *msg.Failure) {
		if f.over || failure == nil {
			return
		}
		f.note("the page could not be opened: " + failure.Detail)
		if failure.Kind == msg.FailUnsupported {
			f.fail(f.a.SignInWanted("The server wants a sign-in, and no page can be opened here"))
		}
	})
}

// resourceParameter is the resource exactly as published (RFC 8707 section 2), or what the entry says of it.
func (f *flow) resourceParameter() string {
	switch {
	case f.a.set.OmitResource || f.a.set.Resource == "" && f.known.Quirk(provider.OmitResource) == "yes":
		return ""
	case f.a.set.Resource != "":
		return f.a.set.Resource
	}
	return f.resource
}

// cameBack reads the authorization response: who answered first, then what ("Authorization Response Validation").
func (f *flow) cameBack(back *oauth.Callback) {
	f.leaveCode()
	switch {
	case !back.IssuerFits(f.meta.Issuer, f.meta.SendsIssuer):
		f.fail(problem.New(problem.SignInFailed, "The answer to the sign-in is not from who it should be", "It does not name "+f.a.quote(f.meta.Issuer)+" as its issuer (RFC 9207). It was not used.",
			"Try again; if it happens again, somebody may be between you and the server."))
	case back.Error != "":
		f.fail(f.declined(back))
	case back.Code == "":
		f.fail(problem.New(problem.SignInFailed, "The sign-in came back without a code", f.a.quote(f.meta.Issuer)+" sent neither a code nor an error.", "Tell its operator."))
	default:
		f.a.redact.Add(back.Code)
		f.note("you have signed in, and came back with a code that is good once")
		f.exchangeCode(back.Code)
	}
}

// leaveCode ends the listener.
func (f *flow) leaveCode() {
	c := f.code
	if c == nil {
		return
	}
	if c.timer != nil {
		c.timer.Stop()
	}
	if !c.gone {
		c.gone = true
		f.a.out.Emit(&msg.Effect{Abort: &msg.Abort{ID: c.await}})
	}
}

// exchangeCode gets the token for the code (RFC 6749 section 4.1.3).
func (f *flow) exchangeCode(code string) {
	form := &oauth.Form{}
	form.Set("grant_type", "authorization_code")
	form.Set("code", code)
	form.Set("redirect_uri", f.code.redirect)
	form.Set("code_verifier", f.code.verifier)
	form.Set("resource", f.resourceParameter())
	f.token(form, f.client, "gives the code for a token, with the proof that the sign-in began here (PKCE)", f.got)
}
