package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
	"github.com/headfast/headfast/wasm/trace"
)

// failed are the words for an endpoint that did not give what it is for.
var failed = map[string]struct{ code, title, hint string }{
	oauth.AtRegistration: {problem.Registration, "The authorization server does not register this client", ""},
	oauth.AtToken:        {problem.SignInFailed, "The authorization server gave no token", "The server's words say what it misses; --trace shows the whole way."},
	oauth.AtRefresh:      {problem.SignInFailed, "The token could not be renewed", "Try again; then sign in again."},
	oauth.AtDevice:       {problem.SignInFailed, "The authorization server gave no code to type", "The server's words say what it misses; --trace shows the whole way."},
}

// refused is an answer of an endpoint that is not what was asked for, in one sentence, whatever the answer is.
func (f *flow) refused(kind string, r *reply, refusal *oauth.Refusal, unreadable error) *msg.Error {
	w := failed[kind]
	w.hint = f.usual(kind)
	who := r.from.Authority()
	var e *msg.Error
	switch {
	case r.Failure != nil && r.Status == 0:
		e = problem.New(problem.Unreachable, w.title, who+" did not answer ("+r.Failure.Kind+": "+f.a.quote(r.Failure.Detail)+").", "Try again.")
	case r.Failure != nil:
		e = problem.New(problem.CutOff, w.title, who+" broke off its answer.", "Try again.")
	case r.Long:
		e = problem.New(w.code, w.title, who+" answered with more than 1 MiB.", w.hint)
	case r.Status >= 500:
		e = problem.New(w.code, w.title, oauth.Says(kind, r.Status, refusal, unreadable, f.words(r, refusal)), "Try again later: it is "+who+" that failed.")
	default:
		e = problem.New(w.code, w.title, oauth.Says(kind, r.Status, refusal, unreadable, f.words(r, refusal)), f.hint(kind, refusal, w.hint))
	}
	e.Status = r.Status
	return e
}

// usual is what is always true of an endpoint that did not give what it is for; of a registration, where another way
// to one is.
func (f *flow) usual(kind string) string {
	if kind == oauth.AtRegistration {
		return "Register a client at " + f.a.quote(f.meta.Issuer) + " and write " + f.a.plan.OAuthExample(config.ClientID, "…") + "."
	}
	return failed[kind].hint
}

// words are the server's own: of a refusal its description, else of the body.
func (f *flow) words(r *reply, refusal *oauth.Refusal) string {
	if refusal != nil {
		return f.a.quote(refusal.Description)
	}
	return f.a.redact.Excerpt(r.Type, r.Body, r.Long)
}

// hint is what is known of this provider, else what is always true.
func (f *flow) hint(kind string, refusal *oauth.Refusal, otherwise string) string {
	code := ""
	if refusal != nil {
		code = refusal.Code
	}
	return f.advice(provider.Topic(kind, code), otherwise)
}

// advice is what is known of this provider about a topic.
func (f *flow) advice(topic, otherwise string) string {
	if advice := f.known.Advice(topic); advice != "" {
		return advice
	}
	return otherwise
}

// declined is an error response of the authorization endpoint (RFC 6749 section 4.1.2.1).
func (f *flow) declined(back *oauth.Callback) *msg.Error {
	refusal := &oauth.Refusal{Code: back.Error, Description: back.Description}
	body := oauth.Says(oauth.AtAuthorization, 0, refusal, nil, trace.Line(f.a.redact.Text(back.Description)))
	if back.Error == "access_denied" {
		return problem.New(problem.SignInFailed, "The sign-in was declined", body, "Sign in again and agree, if that was not meant.")
	}
	return problem.New(problem.SignInFailed, "The authorization server refused the sign-in", body, f.hint(oauth.AtAuthorization, refusal, "Check the oauth block; the server's words say what it misses."))
}
