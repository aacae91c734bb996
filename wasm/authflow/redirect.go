package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// waiting is told what comes to the listener.
type waiting struct {
	f    *flow
	code *code
	uri  string
}

// Awaiting goes on once the listener is there.
func (w *waiting) Awaiting(in *msg.Awaiting) {
	f := w.f
	if f.over || f.code != w.code || w.code.redirect != "" {
		return
	}
	u, err := weburl.Parse(in.URI)
	if err != nil && strings.HasPrefix(in.URI, "http") || err == nil && u.Scheme == "http" && !u.Loopback() {
		f.fail(problem.New(problem.BadURL, "The redirect URI cannot be used", "It must be https, or http on this machine.", "Correct oauth.redirectUri."))
		return
	}
	w.code.redirect = in.URI
	f.identify(in.URI, f.step(f.sendAway))
}

// End is the listener's: by our wish, or because it cannot listen.
func (w *waiting) End(e *msg.End) {
	w.code.gone = true
	f := w.f
	if f.over || f.code != w.code || w.code.arrived {
		return
	}
	fixed := f.a.set.RedirectURI != "" || f.a.set.Port != 0
	if w.uri != "" && !fixed && w.code.redirect == "" {
		f.await("")
		return
	}
	why := "the listener ended"
	if e.Failure != nil {
		why = trace.Line(e.Failure.Detail)
	}
	f.fail(problem.New(problem.SignInFailed, "The sign-in cannot come back here", why+".", "Close what uses the port, or configure another in oauth.callbackPort."))
}

// Arrived takes a request that came to the listener. Only the one with our state counts; any other changes nothing.
func (w *waiting) Arrived(in *msg.Arrived) {
	f := w.f
	reply := func(status uint32) {
		f.a.out.Emit(&msg.Effect{Reply: &msg.Reply{ID: in.ID, Visit: in.Visit, Status: status}})
	}
	_, query, _ := strings.Cut(in.URL, "?")
	query, _, _ = strings.Cut(query, "#")
	back, err := oauth.ParseCallback(query)
	switch {
	case f.code != w.code || w.code.arrived:
		reply(409)
	case f.over || !w.code.sent || err != nil || !w.code.ours(in.URL) || !same(back.State, w.code.state):
		reply(400)
	default:
		w.code.arrived = true
		reply(200)
		f.cameBack(back)
	}
}

// ours says that a request came to where the redirect was to come: each authorization server has an address of its own
// (RFC 9700 section 4.4.2.2). What a person copied, or a program's own scheme handed on, may begin otherwise.
func (c *code) ours(address string) bool {
	came, err := weburl.Parse(address)
	sent, err2 := weburl.Parse(c.redirect)
	return err != nil || err2 != nil || came.Origin() == sent.Origin() && came.Path == sent.Path
}

// same compares without telling by its time where two texts differ.
func same(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	var diff byte
	for i := range len(a) {
		diff |= a[i] ^ b[i]
	}
	return diff == 0
}
