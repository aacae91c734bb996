package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
	"github.com/headfast/headfast/wasm/weburl"
)

// Need is what a refused request needs.
type Need struct {
	// Session is the driver's, for its messages; or the Login's ID.
	Session uint32
	// Used is the token that was refused; empty where none was sent.
	Used string
	// Challenges are the values of WWW-Authenticate, Nonce is DPoP-Nonce.
	Challenges []string
	Nonce      string
	// More says that the token lacks scope, Said is what the server said of it, for people.
	More bool
	Said string
	// Anew says that a person wants to sign in, whatever there is.
	Anew bool
	// Person says that there is one who can; Asked is called when one is asked, who may take any time.
	Person bool
	Asked  func()
}

// flow is one way to a token. All that need one meanwhile wait for it.
type flow struct {
	a    *Account
	need Need
	ask  oauth.Need

	waiting []*waiter
	over    bool
	unlock  func()
	fetches map[*fetch]bool
	timer   Timer // of what waits between two exchanges

	// What the stages find out.
	prm      *oauth.Resource
	resource string
	meta     *oauth.Server
	// known is what is known of the authorization server besides what it says; nil is nothing.
	known  *provider.Provider
	scope  string
	client client
	dpop   bool
	code   *code
	// legacy says that the server has no protected-resource metadata, as before 2025-06-18.
	legacy bool
	// asked says that a person is asked to sign in.
	asked bool
	// forget forgets the account, once it is to be given back.
	forget func(*msg.Error)
	// quiet says that it asks nobody: there is a token, or it is being renewed. leaving says that the account is given
	// back.
	quiet, leaving bool
	// silent is why the authorization server gave no answer where its metadata was asked for last.
	silent *msg.Failure
	// down says that the server failed where it was asked for protected-resource metadata, which it may have.
	down bool
	// renewing says that a refresh token is on its way: the answer may hold the only one that is good from then on, so
	// it is awaited and written down even where nobody waits any more.
	renewing bool
}

type waiter struct {
	then  func(*msg.Error)
	asked func()
	over  bool
}

// asks tells those who wait that a person is asked.
func (f *flow) asks() {
	f.asked = true
	for _, w := range f.waiting {
		w.tell()
	}
}

func (w *waiter) tell() {
	if !w.over && w.asked != nil {
		w.asked()
	}
}

// Renew gets a token for a request that was refused; then is called with nil when the request may be sent again.
// Whoever does not wait any more calls cancel: a flow that nobody waits for is given up, unless it is renewing.
func (a *Account) Renew(n Need, then func(*msg.Error)) (cancel func()) {
	a.setNonce(a.plan.URL.Origin(), n.Nonce)
	w := &waiter{then: then, asked: n.Asked}
	if f := a.flow; f != nil {
		switch {
		case n.Anew && (f.quiet || f.leaving):
			return f.afterwards(w, n)
		case f.leaving:
			w.then = func(*msg.Error) { then(a.SignInWanted("You have signed out")) }
		}
		f.need.Anew = f.need.Anew || n.Anew
		f.waiting = append(f.waiting, w)
		if f.asked {
			w.tell()
		}
		f.need.Person = f.need.Person || n.Person
		return func() { f.leave(w) }
	}
	f := &flow{a: a, need: n, waiting: []*waiter{w}, fetches: map[*fetch]bool{}, unlock: func() {}}
	f.ask = oauth.ReadNeed(oauth.ParseChallenges(n.Challenges))
	a.flow = f
	f.begin()
	return func() { f.leave(w) }
}

// afterwards has a person who wants to sign in wait for what asks nobody, and then be asked, unless they were by then.
func (f *flow) afterwards(w *waiter, n Need) (cancel func()) {
	then := w.then
	cancel = func() { f.leave(w) }
	w.then = func(e *msg.Error) {
		if f.asked {
			then(e)
			return
		}
		cancel = f.a.Renew(n, then)
	}
	f.waiting = append(f.waiting, w)
	return func() { cancel() }
}

func (f *flow) leave(w *waiter) {
	w.over = true
	if f.heard() {
		return
	}
	if !f.renewing {
		f.end(f.cancelled())
	}
}

// heard says that somebody waits.
func (f *flow) heard() bool {
	for _, w := range f.waiting {
		if !w.over {
			return true
		}
	}
	return false
}

// begin looks at what there is: another process may have renewed the token meanwhile.
func (f *flow) begin() {
	f.lock(func() {
		f.a.read(f.step(f.choose))
	})
}

// step is what comes next, unless the flow is over by then.
func (f *flow) step(next func()) func() {
	return func() {
		if !f.over {
			next()
		}
	}
}

// lock makes the account ours alone, among all that share the store.
func (f *flow) lock(next func()) {
	f.unlock()
	f.unlock = f.a.out.Lock(f.a.key, func(failure *msg.Failure) {
		switch {
		case f.over:
		case failure != nil && failure.Kind != msg.FailUnsupported:
			f.fail(f.a.storeFault(failure))
		default:
			next()
		}
	})
}

// choose is the first stage: use what is new, renew what can be renewed, else get another.
func (f *flow) choose() {
	r := &f.a.rec
	switch {
	case f.a.trouble != nil: // what is there must not be lost to a new sign-in
		f.fail(f.a.storeFault(f.a.trouble))
	case f.need.Anew:
		f.discover()
	case f.need.More && f.scopeAsked():
		if r.Access != f.need.Used {
			f.done() // another has got it meanwhile
			return
		}
		f.fail(f.a.ScopeMissing(403, f.need.Said))
	case f.need.More:
		f.discover()
	case f.ask.Nonce && f.need.Used != "" && f.need.Used == r.Access && f.need.Nonce != "":
		f.quiet = true
		f.prove(f.done) // the nonce is known now
	case r.Access != "" && r.Access != f.need.Used && r.Type == dpop:
		f.quiet = true
		f.prove(f.done)
	case r.Access != "" && r.Access != f.need.Used:
		f.note("there is a token in the store that was not tried yet: it is used")
		f.done()
	case r.Access != "" && f.a.fresh && !f.a.worked && !f.a.Stale():
		f.fail(f.a.TokenRefused(401, f.need.Said)) // another would be like it, and a person is asked for nothing
	case r.Refresh != "" && r.Token != "" && !f.fruitless():
		f.refresh()
	default:
		f.discover()
	}
}

// fruitless says that the server has refused a token that was just renewed: another of that issuer would fare the same,
// and only where the server is signed in to elsewhere by now is there another way.
func (f *flow) fruitless() bool {
	return f.need.Used != "" && !f.need.More && f.need.Used == f.a.renewed && !f.a.worked && !f.a.Stale()
}

// done ends the flow with a token.
func (f *flow) done() { f.end(nil) }

// fail ends the flow for a reason; where a token was to be given back, it is forgotten here all the same.
func (f *flow) fail(e *msg.Error) {
	if forget := f.forget; forget != nil && !f.over {
		f.forget = nil
		e.Severity = "warning"
		forget(f.a.about(e))
		return
	}
	f.end(f.a.about(e))
}

// end tells all that wait, and leaves nothing under way.
func (f *flow) end(e *msg.Error) {
	if f.over {
		return
	}
	f.over = true
	f.a.flow = nil
	f.unlock()
	f.leaveCode()
	if f.timer != nil {
		f.timer.Stop()
	}
	for x := range f.fetches {
		x.abort()
	}
	for _, w := range f.waiting {
		if !w.over {
			w.then(e)
		}
	}
}

func (f *flow) cancelled() *msg.Error {
	return f.a.about(problem.New(problem.Cancelled, "Cancelled", "", ""))
}

// keep writes a record down under the lock, takes it over, and goes on. What could not be kept is used all the same,
// and told: what was there before is still in the store. The lock is not given back before the answer, even where
// nobody waits any more: who has it next must read what was written.
func (f *flow) keep(rec *record, next func()) {
	text := f.a.text(rec)
	if f.a.alone() && text == f.a.kept {
		f.a.adopt(rec)
		next()
		return
	}
	unlock := f.unlock
	f.unlock = func() {}
	f.a.turn++
	f.a.out.Put(&msg.Put{Key: f.a.key, Value: text}, func(v *msg.Stored) {
		if f.a.wrote(text, v.Failure); v.Failure != nil {
			f.note("not kept: " + v.Failure.Kind + ": " + v.Failure.Detail)
		}
		f.a.adopt(rec)
		if f.unlock = unlock; f.over {
			unlock()
			return
		}
		next()
	})
}

// trusted reads an address that the entry names: it may be anywhere that is safe to speak to.
func (f *flow) trusted(text, what string) (weburl.URL, *msg.Error) {
	u, err := oauth.SafeURL(text, true)
	if err != nil {
		return u, problem.New(problem.BadURL, what+" cannot be used: "+err.Error(), "Nothing was sent.", "Correct it.")
	}
	return u, nil
}

// safe reads an address that a server named. It is https, or http on this machine where the MCP server itself is on
// this machine, and literally private only where the MCP server is.
func (f *flow) safe(text, what string) (weburl.URL, *msg.Error) {
	here := f.a.plan.URL.Loopback()
	u, err := oauth.SafeURL(text, here)
	why := ""
	switch {
	case err != nil:
		why = err.Error()
	case u.Private() && !f.a.plan.URL.Private():
		why = "it is a private address, and the MCP server is not at one"
	default:
		return u, nil
	}
	return u, problem.New(problem.Unsafe, "The server names an address for sign-in that is not safe", what+": "+why+". Nothing was sent there.",
		"Tell the server's operator.")
}
