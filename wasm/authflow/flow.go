package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
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
	// Status is what the server answered to a question without a token; 0 where it was not asked.
	Status uint32
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
	// failed is the status of that, 0 where it gave none; guessed says that the endpoints are those of before 2025-06-18,
	// which nobody named.
	failed  uint32
	guessed bool
	// silence is why the MCP server could not be asked; answered says that it gave an answer, whichever.
	silence  *msg.Failure
	answered bool
	// renewing says that a refresh token is on its way: the answer may hold the only one that is good from then on, so
	// it is awaited and written down even where nobody waits any more.
	renewing bool
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
