package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
)

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
	then, leave := w.then, func() { f.leave(w) }
	w.then = func(e *msg.Error) {
		if f.asked {
			then(e)
			return
		}
		leave = f.a.Renew(n, then)
	}
	f.waiting = append(f.waiting, w)
	return func() { leave() }
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
