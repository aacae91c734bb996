package authflow

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/weburl"
)

// tokenReply is what a token endpoint said: exactly one of token and fault is set. refusal is there where it was an
// error of OAuth's.
type tokenReply struct {
	token   *oauth.Token
	refusal *oauth.Refusal
	fault   *msg.Error
	// rejected says that the server answered as an authorization server does, so that it has judged the request.
	rejected bool
}

// token sends a request to this issuer's token endpoint as this client.
func (f *flow) token(form *oauth.Form, c client, what string, then func(tokenReply)) {
	f.tokenAt(f.meta.Token, form, c, what, then)
}

// tokenAt is token for an endpoint that is known. A server that wants a DPoP nonce is asked once more (RFC 9449
// section 8).
func (f *flow) tokenAt(endpoint string, form *oauth.Form, c client, what string, then func(tokenReply)) {
	u, e := f.safe(endpoint, "token_endpoint")
	if e != nil && f.a.set.ServerMetadata != "" {
		u, e = f.trusted(endpoint, "token_endpoint")
	}
	if e != nil {
		f.fail(e)
		return
	}
	f.authenticate(form, c, func(headers []msg.Header) {
		f.postToken(u, form, headers, what, false, then)
	})
}

func (f *flow) postToken(u weburl.URL, form *oauth.Form, headers []msg.Header, what string, again bool, then func(tokenReply)) {
	f.sendForm(&fetch{url: u, what: what, proof: f.dpop, trusted: f.renewing}, form, headers, func(r *reply) {
		answer := f.readToken(r, kindOf(form))
		if answer.refusal != nil && answer.refusal.Code == "use_dpop_nonce" && r.Nonce != "" && f.dpop && !again {
			f.note("the authorization server wants its number (nonce) in the proof, and is asked again with it")
			f.postToken(u, form, headers, what, true, then)
			return
		}
		then(answer)
	})
}

// kindOf is what a request to the token endpoint is, for messages.
func kindOf(form *oauth.Form) string {
	if strings.HasPrefix(string(form.Bytes()), "grant_type=refresh_token") {
		return oauth.AtRefresh
	}
	return oauth.AtToken
}

// readToken reads the answer of a token endpoint, whatever it is.
func (f *flow) readToken(r *reply, kind string) tokenReply {
	if r.Failure != nil || r.Long || r.Status == 0 {
		return tokenReply{fault: f.refused(kind, r, nil, nil)}
	}
	t, refusal, err := oauth.ParseToken(r.Type, r.Body)
	if refusal != nil {
		return tokenReply{refusal: refusal, fault: f.refused(kind, r, refusal, nil), rejected: r.Status < 500}
	}
	if err != nil || !r.ok() {
		return tokenReply{fault: f.refused(kind, r, nil, err)}
	}
	scheme := t.Scheme()
	if scheme == "" || scheme == dpop && !f.dpop {
		return tokenReply{fault: problem.New(problem.SignInFailed, "The token is of a kind that is not known", `token_type is "`+f.a.quote(t.Type)+`" (RFC 6749 section 7.1). It was not used.`, "Tell the operator.")}
	}
	if f.a.set.DPoP && scheme != dpop { // RFC 9449 section 5: it must be discarded where the protection matters
		return tokenReply{fault: problem.New(problem.SignInFailed, "The authorization server gave a token that anybody could use", "oauth.dpop wants tokens that are bound to a key (DPoP), and "+
			f.a.quote(r.from.Authority())+` answered with token_type "`+f.a.quote(t.Type)+`". It was not used.`, "Tell its operator, or remove oauth.dpop.")}
	}
	t.Type = scheme
	return tokenReply{token: t}
}

// got takes the token that a sign-in was for: it is written down before it is used.
func (f *flow) got(r tokenReply) {
	if r.fault != nil {
		if r.refusal != nil && r.refusal.Code == "invalid_client" && f.client.Redirect != "" {
			f.unregister(r.fault)
			return
		}
		f.fail(r.fault)
		return
	}
	rec := record{URL: f.a.rec.URL, Profile: f.a.rec.Profile, Issuer: f.meta.Issuer, Resource: f.resource, Token: f.meta.Token, Revoke: f.meta.Revoke,
		Client: f.client, Scope: f.scope}
	if before := &f.a.rec; before.Issuer == rec.Issuer && before.Token == rec.Token && before.Client == rec.Client && f.need.More {
		rec.Refresh = before.Refresh // more scope need not bring another
	}
	if f.asked {
		rec.SignedIn = f.a.out.Wall()
	}
	f.take(&rec, r.token)
	f.tellToken(&rec, r.token)
	f.save(&rec)
}

// unregister forgets a registration that the server has forgotten, so that the next sign-in makes another.
func (f *flow) unregister(e *msg.Error) {
	f.lock(func() {
		f.a.read(f.step(func() {
			rec := f.a.rec
			if f.a.trouble != nil || rec.Client.ID != f.client.ID {
				f.fail(e)
				return
			}
			rec.Client, rec.Doubted = client{}, false
			f.keep(&rec, func() { f.fail(e) })
		}))
	})
}

// take writes a token into a record.
func (f *flow) take(rec *record, t *oauth.Token) {
	rec.Access, rec.Type, rec.Expires = t.Access, t.Type, 0
	if t.Refresh != "" {
		rec.Refresh = t.Refresh
	}
	if t.HasScope && t.Scope != "" {
		rec.Scope = scopeOf(append(strings.Fields(rec.Scope), strings.Fields(t.Scope)...))
	}
	if t.ExpiresIn > 0 {
		rec.Expires = f.a.out.Wall() + t.ExpiresIn*1000
	}
}

// tellToken says what a token is good for, and not what it is.
func (f *flow) tellToken(rec *record, t *oauth.Token) {
	text := "the token is there"
	if rec.Scope != "" {
		text += `, for "` + rec.Scope + `"`
	}
	if t.ExpiresIn > 0 {
		text += ", good for " + strconv.FormatInt(t.ExpiresIn, 10) + " s"
	}
	if rec.Refresh != "" {
		text += ", and can be renewed without you"
	}
	kept := "; it is kept"
	if f.a.alone() {
		kept = "; it is good for this program only"
	}
	f.note(text + kept + ", and sent to " + f.a.plan.URL.Origin() + " only")
}

// save writes the record down under the lock: whoever uses the token finds it there after a crash.
func (f *flow) save(rec *record) {
	f.lock(func() {
		f.a.trouble = nil
		f.keep(rec, func() {
			f.a.fresh = true
			f.done()
		})
	})
}
