package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// Account is the sign-in to one server under one profile. All sessions with that server share it, so that a token is
// had once and renewed once.
type Account struct {
	out Outside
	key string
	// plan is that of the last session: where the server is, what the entry says of sign-in.
	plan *resolve.Plan
	set  *resolve.SignIn

	rec record
	// trouble is why the store could not be read, odd says that it could, and its record could not.
	trouble *msg.Failure
	odd     bool
	// kept is what the store has, as far as is known; unsaved says that it could not be made to have what is here, and
	// untold why, until somebody has been told.
	kept    string
	unsaved bool
	untold  *msg.Failure
	// ends is when the access token ends, on the monotonic clock; 0 is not known.
	ends int64
	// worked says that the access token has been taken by the server, fresh that a sign-in has just brought it.
	worked, fresh bool
	// renewed is the access token that was last had by renewing.
	renewed string
	// turn counts what was written, so that what was read before is not taken for newer.
	turn int
	flow *flow
	// nonces are the last DPoP nonces, by origin.
	nonces map[string]string
	// jwk is the public key that DPoP proofs name, alg its algorithm.
	jwk, alg string
	redact   *trace.Redactor
}

// New is the account for a plan whose SignIn is set, under a profile: "" is the entry's own.
func New(out Outside, plan *resolve.Plan, profile string) *Account {
	a := &Account{out: out, key: storeKey(plan, profile), nonces: map[string]string{}}
	a.rec.URL, a.rec.Profile = plan.URL.Origin()+plan.URL.Path, profileOf(plan, profile)
	a.Use(plan)
	return a
}

// Use takes a newer plan for the same account: the file may have changed.
func (a *Account) Use(plan *resolve.Plan) {
	if a.flow != nil {
		return // it is under way as another entry has it
	}
	a.plan, a.set, a.redact = plan, plan.SignIn, &plan.Redact
	a.hide()
}

func profileOf(plan *resolve.Plan, profile string) string {
	if profile == "" {
		return plan.SignIn.Profile
	}
	return profile
}

// hide makes the account's secrets known to the redactor of the plan in use.
func (a *Account) hide() { a.Hide(a.redact) }

// Hide makes the account's secrets known to a session's redactor.
func (a *Account) Hide(r *trace.Redactor) {
	r.Tokens([]string{a.rec.Access, a.rec.Refresh, a.rec.OldRefresh, a.rec.Client.Secret})
}

// Token is the access token in use; empty where there is none.
func (a *Account) Token() string { return a.rec.Access }

// Issuer is who gave it.
func (a *Account) Issuer() string { return a.rec.Issuer }

// Stale says that the token is over by what the server said of it, and can be renewed without a person.
func (a *Account) Stale() bool {
	return a.ends != 0 && a.out.Now() >= a.ends && a.rec.Access != "" && a.rec.Refresh != ""
}

// Worked says that the server has taken the token: what was kept in case it does not is not needed any more.
func (a *Account) Worked(token string) {
	if a.worked || token != a.rec.Access {
		return
	}
	a.worked = true
	if a.rec.OldRefresh != "" {
		a.forgetOld()
	}
}

// Sign puts the token on a request to the server (RFC 6750 section 2.1, RFC 9449 section 7.1), unless it is one that
// wants a proof which cannot be made.
func (a *Account) Sign(h *msg.HTTP) (signed bool) {
	if a.rec.Access == "" || a.rec.Type == dpop && a.jwk == "" {
		return false
	}
	h.Headers = append(h.Headers[:len(h.Headers):len(h.Headers)], msg.Header{Name: "Authorization", Value: a.rec.Type + " " + a.rec.Access})
	if a.rec.Type == dpop {
		h.Proof = a.proof(h.Method, h.URL, a.plan.URL.Origin(), a.rec.Access)
	}
	return true
}

// Fresh says that a person's sign-in has just brought the token.
func (a *Account) Fresh() bool { return a.fresh }

// Uses tells of the token for a trace, without its value.
func (a *Account) Uses() msg.HeaderUse {
	f := trace.Print(a.rec.Access)
	return msg.HeaderUse{Name: "Authorization", Scheme: a.rec.Type, Fingerprint: f.Tail, Length: f.Length, Credential: true, Sent: true,
		Note: "the token of " + a.rec.Issuer}
}

// Told is the account for people.
func (a *Account) Told() msg.Account { return told(a.key, &a.rec) }

func told(key string, r *record) msg.Account {
	f := trace.Print(r.Access)
	return msg.Account{Key: key, URL: r.URL, Profile: r.Profile, Issuer: r.Issuer, Resource: r.Resource, Client: r.Client.ID, Scope: r.Scope,
		Scheme: r.Type, Fingerprint: f.Tail, Expires: r.Expires, Refreshes: r.Refresh != ""}
}

// Describe reads a stored account for people.
func Describe(key, text string) msg.Account {
	r, why := decode(text)
	if r == nil {
		return msg.Account{Key: key, Problem: why}
	}
	return told(key, r)
}

// about completes a problem with which server and from where.
func (a *Account) about(e *msg.Error) *msg.Error {
	e.Server, e.URL = a.plan.Server, a.plan.Show
	if e.Where.Line == 0 {
		e.Where = a.set.Where
	}
	return e
}
