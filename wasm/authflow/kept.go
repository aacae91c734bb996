package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// Load reads what is stored: another process may have signed in, or out.
func (a *Account) Load(then func()) {
	if a.flow != nil { // it reads under the lock
		then()
		return
	}
	a.read(then)
}

// read takes over what the store has: it is the newest, unless it is what we could not replace, or has been written
// since it was read. What cannot be read is left there and told when it matters.
func (a *Account) read(then func()) {
	turn := a.turn
	a.out.Get(msg.StoreAccounts, a.key, func(v *msg.Stored) {
		if turn != a.turn {
			then()
			return
		}
		a.trouble, a.odd = v.Failure, false
		if v.Failure != nil && v.Failure.Kind == msg.FailUnsupported {
			a.trouble = nil // there is no store here
		}
		if v.Failure == nil && !(a.unsaved && v.Value == a.kept) {
			a.takeOver(v)
		}
		then()
	})
}

func (a *Account) takeOver(v *msg.Stored) {
	if v.Value != a.kept {
		a.jwk = "" // whoever wrote it may have made another key
	}
	a.kept, a.unsaved = v.Value, false
	r, why := &record{}, ""
	if v.Found { // else somebody has signed out
		r, why = decode(v.Value)
	}
	if r == nil {
		a.trouble, a.odd = &msg.Failure{Kind: msg.FailStore, Detail: why}, true
		return
	}
	if a.alone() {
		if a.rec.Access != "" {
			return // what is here is more than the store ever has
		}
		r.clearTokens()
	}
	a.adopt(r)
}

// wrote notes what came of writing a text.
func (a *Account) wrote(text string, failure *msg.Failure) {
	if a.unsaved = failure != nil; !a.unsaved {
		a.kept = text
	}
	if a.untold = failure; a.alone() {
		a.untold = nil // the next token costs nobody anything
	}
}

// NotKept is the warning that the newest token is not in the store, told once; nil where it is.
func (a *Account) NotKept() *msg.Error {
	f := a.untold
	if f == nil {
		return nil
	}
	a.untold = nil
	e := problem.New(problem.StoreFailed, "The sign-in could not be kept", trace.Line(f.Detail)+". It is good for as long as this program runs; what was kept before is still there.", "Mend the store, then sign in again: headfast login "+a.plan.Server)
	e.Severity = "warning"
	return a.about(e)
}

// adopt takes a record over; its end is told by the wall clock, which is only a hint.
func (a *Account) adopt(r *record) {
	if r.Access != a.rec.Access {
		a.worked, a.fresh, a.ends = false, false, 0
		if left := (r.Expires - a.out.Wall()) * 1e6; r.Expires > 0 {
			a.ends = a.out.Now() + max(left, 1-a.out.Now())
		}
	}
	url, profile := a.rec.URL, a.rec.Profile
	a.rec = *r
	a.rec.URL, a.rec.Profile = url, profile
	a.hide()
}

// forgetOld takes the old refresh token out of the store, as it is by then: another process may have renewed the token
// meanwhile.
func (a *Account) forgetOld() {
	var unlock func()
	unlock = a.out.Lock(a.key, func(failure *msg.Failure) {
		if failure != nil && failure.Kind != msg.FailUnsupported {
			return
		}
		a.read(func() {
			if a.trouble != nil || !a.worked || a.rec.OldRefresh == "" {
				unlock()
				return
			}
			a.rec.OldRefresh = ""
			a.turn++
			text := a.text(&a.rec)
			a.out.Put(&msg.Put{Store: msg.StoreAccounts, Key: a.key, Value: text}, func(v *msg.Stored) {
				if v.Failure == nil {
					a.kept = text
				}
				unlock()
			})
		})
	})
}

// storeFault is a store that cannot be read or written.
func (a *Account) storeFault(f *msg.Failure) *msg.Error {
	if f.Kind == msg.FailLocked {
		return a.about(problem.New(problem.StoreLocked, "The sign-ins are kept where it is locked", trace.Line(f.Detail)+".", "Unlock it, then try again."))
	}
	if a.odd {
		return a.about(problem.New(problem.StoreFailed, "The sign-in that is kept cannot be read", trace.Line(f.Detail)+". It was not overwritten.", "Update Headfast, or forget it: headfast logout "+a.plan.Server))
	}
	return a.about(problem.New(problem.StoreFailed, "The sign-in cannot be read or kept", trace.Line(f.Detail)+".", "Mend the store; nothing of it was overwritten."))
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
	f.a.out.Put(&msg.Put{Store: msg.StoreAccounts, Key: f.a.key, Value: text}, func(v *msg.Stored) {
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
