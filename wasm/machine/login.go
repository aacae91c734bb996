package machine

import (
	"sort"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
)

// login signs in by a person's wish.
func (m *Machine) login(v *msg.Login) {
	m.look(v.ID, 0, v.Config, v.Server, func(l *lookup) {
		plan := resolve.Make(l.entry, l.value)
		if e := m.loginRefused(plan, v.Grant); e != nil {
			m.Emit(&msg.Effect{Done: &msg.Done{ID: v.ID, Outcome: msg.OutcomeNotSent, Error: e}})
			return
		}
		a := m.account(plan, v.Profile)
		m.logins[v.ID] = func() {} // until the first request is out
		a.Load(func() {
			if m.logins[v.ID] != nil {
				m.logins[v.ID] = a.Login(v.ID, func(e *msg.Error) {
					if e == nil {
						e = l.untold
					}
					m.loginDone(v.ID, e)
				})
			}
		})
	})
}

// loginRefused says why an entry cannot be signed in to.
func (m *Machine) loginRefused(plan *resolve.Plan, grant string) *msg.Error {
	if e := plan.Broken(); e != nil {
		return e
	}
	if plan.SignIn != nil {
		return signInAs(plan, grant)
	}
	why, hint := plan.Forbids()
	e := problem.New(problem.Usage, `"`+plan.Server+`" is not one to sign in to`, why+".", hint)
	e.Server, e.Where = plan.Server, plan.Where
	return e
}

// signInAs has a person sign in by another grant than the entry says.
func signInAs(plan *resolve.Plan, grant string) *msg.Error {
	switch {
	case grant == "":
		return nil
	case grant != resolve.DeviceCode:
		return problem.New(problem.Usage, "This grant cannot be asked for", `"`+grant+`"`, `Use "`+resolve.DeviceCode+`".`)
	case !plan.SignIn.Person():
		e := problem.New(problem.Usage, "A code on a page is for a sign-in of a person, and the grant of this entry needs none", "", "Sign in without it.")
		e.Server, e.Where = plan.Server, plan.SignIn.Where
		return e
	}
	plan.SignIn.Grant = grant
	return nil
}

func (m *Machine) loginDone(id uint32, e *msg.Error) {
	if m.logins[id] == nil {
		return
	}
	delete(m.logins, id)
	d := &msg.Done{ID: id, Outcome: msg.OutcomeResult, Result: []byte("{}")}
	switch {
	case e != nil && e.Severity == "warning":
		d.Problems = []msg.Error{*e}
	case e != nil && e.Code == problem.Cancelled:
		d = &msg.Done{ID: id, Outcome: msg.OutcomeCancelled, Error: e}
	case e != nil:
		d = &msg.Done{ID: id, Outcome: msg.OutcomeServerError, Error: e}
	}
	m.Emit(&msg.Effect{Done: d})
}

// leaveLogin gives up on a Login; false where none of that number is under way.
func (m *Machine) leaveLogin(id uint32) bool {
	cancel := m.logins[id]
	if cancel == nil {
		return false
	}
	cancel()
	m.loginDone(id, problem.New(problem.Cancelled, "Cancelled", "", ""))
	return true
}

// logout gives the tokens back and forgets them.
func (m *Machine) logout(v *msg.Logout) {
	if v.Config == 0 {
		m.forget(v)
		return
	}
	entry, e := m.entry(v.Config, v.Server)
	if e != nil {
		m.turnAway(v.ID, e)
		return
	}
	m.pass(v.ID, 0, m.configs[v.Config], entry, func() {
		m.lookFor(v.ID, 0, entry, entry.Variables(), func(l *lookup) { m.logoutOf(v, resolve.Make(entry, l.value)) })
	})
}

func (m *Machine) logoutOf(v *msg.Logout, plan *resolve.Plan) {
	if e := m.loginRefused(plan, ""); e != nil {
		m.turnAway(v.ID, e)
		return
	}
	m.logins[v.ID] = func() {}
	m.account(plan, v.Profile).Logout(func(e *msg.Error) { m.loginDone(v.ID, e) })
}

// forget deletes an account by its key, which no entry may lead to any more. It waits for whoever renews it, who would
// write it down again.
func (m *Machine) forget(v *msg.Logout) {
	for key, a := range m.accounts {
		if a.Kept(v.Key) {
			delete(m.accounts, key)
		}
	}
	var unlock func()
	unlock = m.Lock(v.Key, func(failure *msg.Failure) {
		if failure != nil && failure.Kind != msg.FailUnsupported {
			m.loginDone(v.ID, storeProblem(failure))
			return
		}
		m.logins[v.ID] = func() {} // what is begun is not given up
		m.Put(&msg.Put{Store: msg.StoreAccounts, Key: v.Key, Delete: true}, func(s *msg.Stored) {
			unlock()
			m.loginDone(v.ID, storeProblem(s.Failure))
		})
	})
	m.logins[v.ID] = unlock
}

// tokens tells what there is in the store.
func (m *Machine) tokens(v *msg.Tokens) {
	m.Get(msg.StoreAccounts, "", func(s *msg.Stored) {
		if e := storeProblem(s.Failure); e != nil {
			m.Emit(&msg.Effect{Done: &msg.Done{ID: v.ID, Outcome: msg.OutcomeNotSent, Error: e}})
			return
		}
		keys := strings.Fields(s.Value)
		sort.Strings(keys)
		keys = keys[:min(len(keys), mostAccounts)]
		m.describe(v.ID, keys, nil)
	})
}

// describe reads one account after the other.
func (m *Machine) describe(id uint32, keys []string, all []msg.Account) {
	if len(keys) == 0 {
		m.Emit(&msg.Effect{Accounts: &msg.Accounts{ID: id, Accounts: all}})
		return
	}
	m.Get(msg.StoreAccounts, keys[0], func(s *msg.Stored) {
		switch {
		case s.Failure != nil:
			all = append(all, msg.Account{Key: keys[0], Problem: s.Failure.Detail})
		case s.Found:
			all = append(all, authflow.Describe(keys[0], s.Value))
		}
		m.describe(id, keys[1:], all)
	})
}

func storeProblem(f *msg.Failure) *msg.Error {
	switch {
	case f == nil:
		return nil
	case f.Kind == msg.FailLocked:
		return problem.New(problem.StoreLocked, "The sign-ins are kept where it is locked", f.Detail+".", "Unlock it, then try again.")
	}
	return problem.New(problem.StoreFailed, "The sign-ins cannot be read", f.Detail+".", "")
}
