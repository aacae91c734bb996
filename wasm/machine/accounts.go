package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/resolve"
)

// The machine is its accounts' authflow.Outside.
var _ authflow.Outside = (*Machine)(nil)

// mostAccounts bounds the accounts that are remembered.
const mostAccounts = 1000

// account is the one for a plan, shared by all that use it; nil where the plan allows no token.
func (m *Machine) account(plan *resolve.Plan, profile string) *authflow.Account {
	if plan.SignIn == nil {
		return nil
	}
	key := authflow.Key(plan, profile)
	a := m.accounts[key]
	if a != nil {
		a.Use(plan)
		return a
	}
	a = authflow.New(m, plan, profile)
	if len(m.accounts) < mostAccounts {
		m.accounts[key] = a
	}
	return a
}

// ClientDocument is the URL of this client's metadata document, or empty.
func (m *Machine) ClientDocument() string { return m.document }

// Get asks the driver's store.
func (m *Machine) Get(store, key string, then func(*msg.Stored)) {
	id := m.nextID()
	m.stores[id] = then
	m.Emit(&msg.Effect{Get: &msg.Get{ID: id, Store: store, Key: key}})
}

// Put has the driver keep an account, or delete it.
func (m *Machine) Put(p *msg.Put, then func(*msg.Stored)) {
	p.ID = m.nextID()
	m.stores[p.ID] = then
	m.Emit(&msg.Effect{Put: p})
}

// Lock asks for an account to be ours alone.
func (m *Machine) Lock(key string, then func(*msg.Failure)) (unlock func()) {
	id := m.nextID()
	had, over := false, false
	m.stores[id] = func(v *msg.Stored) {
		had = v.Failure == nil
		switch {
		case !over:
			then(v.Failure)
		case had: // it came when nobody wanted it any more
			m.Emit(&msg.Effect{Unlock: &msg.Unlock{ID: id}})
		}
	}
	m.Emit(&msg.Effect{Lock: &msg.Lock{ID: id, Key: key}})
	return func() {
		switch {
		case over:
		case had:
			m.Emit(&msg.Effect{Unlock: &msg.Unlock{ID: id}})
		case m.stores[id] != nil:
			m.Emit(&msg.Effect{Abort: &msg.Abort{ID: id}})
		}
		over = true
	}
}

// kept hands on the answer of a store.
func (m *Machine) kept(v *msg.Stored) {
	if then := m.stores[v.ID]; then != nil {
		delete(m.stores, v.ID)
		then(v)
	}
}

// Open has a page shown.
func (m *Machine) Open(o *msg.Open, then func(*msg.Failure)) {
	o.ID = m.nextID()
	m.opens[o.ID] = then
	m.Emit(&msg.Effect{Open: o})
}

func (m *Machine) visited(v *msg.Visited) {
	if then := m.opens[v.ID]; then != nil {
		delete(m.opens, v.ID)
		then(v.Failure)
	}
}

// Sign has the driver sign.
func (m *Machine) Sign(s *msg.Sign, then func(*msg.Signed)) {
	s.ID = m.nextID()
	m.signs[s.ID] = then
	m.Emit(&msg.Effect{Sign: s})
}

func (m *Machine) signed(s *msg.Signed) {
	if then := m.signs[s.ID]; then != nil {
		delete(m.signs, s.ID)
		then(s)
	}
}

// Await has a redirect received.
func (m *Machine) Await(to authflow.Awaiter, a *msg.Await) uint32 {
	a.ID = m.nextID()
	m.awaits[a.ID] = to
	m.Emit(&msg.Effect{Await: a})
	return a.ID
}

// arrived hands a request on; one that came to a listener that is over is answered all the same.
func (m *Machine) arrived(in *msg.Arrived) {
	if w := m.awaits[in.ID]; w != nil {
		w.Arrived(in)
		return
	}
	m.Emit(&msg.Effect{Reply: &msg.Reply{ID: in.ID, Visit: in.Visit, Status: 409}})
}
