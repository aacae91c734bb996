package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// explain makes the plan and tells it, with the token that is kept for it. Nothing is sent, and nothing written.
func (m *Machine) explain(x *msg.Explain) {
	entry, e := m.entry(x.Config, x.Server)
	clients, unknown := dialects(x.As)
	if e == nil {
		e = unknown
	}
	if e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: x.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	m.lookFor(x.ID, 0, entry, variables(entry, clients), func(l *lookup) {
		p := resolve.Make(l.entry, l.value)
		means := meanings(clients, l)
		if p.SignIn == nil || p.Broken() != nil {
			m.explained(x.ID, p, nil, means)
			return
		}
		m.explainSignedIn(x, p, means)
	})
}

// explainSignedIn looks for the account that a Connect would use: of two entries with the same URL each has its own.
func (m *Machine) explainSignedIn(x *msg.Explain, p *resolve.Plan, means []msg.Meaning) {
	a := m.accounts[authflow.Key(p, x.Profile)]
	if a == nil {
		a = authflow.New(m, p, x.Profile)
	}
	a.Load(func() {
		if f := a.Trouble(); f != nil {
			p.Problems = problem.Append(p.Problems, unreadable(p, f))
		}
		m.explained(x.ID, p, tokenOf(p, a.Told(), a.Uses()), means)
	})
}

// tokenOf has the plan tell of the token, where there is one, as it does of a header. A client that is registered, and
// has no token, is an account too.
func tokenOf(p *resolve.Plan, account msg.Account, use msg.HeaderUse) *msg.Account {
	if account.Client == "" && account.Scheme == "" {
		return nil // there is nothing to tell
	}
	if account.Scheme != "" {
		p.Stored(trace.Line(account.Issuer))
		use.Note = trace.Line(use.Note)
		p.Auth.Header = append(p.Auth.Header, use)
	}
	return &account
}

// unreadable warns of a sign-in that cannot be read: what is configured may do without it.
func unreadable(p *resolve.Plan, f *msg.Failure) *msg.Error {
	code, title, hint := problem.StoreFailed, "The sign-in that may be kept cannot be read", "Mend the store: without it there is no token."
	if f.Kind == msg.FailLocked {
		code, title, hint = problem.StoreLocked, "The sign-ins are kept where it is locked", "Unlock it: without it there is no token."
	}
	e := problem.Warn(code, title, trace.Line(f.Detail)+".", hint)
	e.Server, e.Where = p.Server, p.Where
	return e
}

func (m *Machine) explained(id uint32, p *resolve.Plan, account *msg.Account, means []msg.Meaning) {
	x := &msg.Explained{
		ID: id, Server: p.Server, Transport: p.Transport, Where: p.Where, Method: firstMethod(p.Transport), URL: p.Show,
		Auth: p.Auth, Env: p.Process.Uses, Account: account, Problems: problems(p.Problems), Meanings: means,
	}
	if p.SignIn != nil {
		x.SignIn = p.SignIn.Tell()
	}
	if h := p.Helper; h != nil {
		x.Helper = &msg.Helper{Program: h.Show, Where: h.Where}
	}
	m.Emit(&msg.Effect{Explained: x})
}

// firstMethod is how a transport begins; a process has none.
func firstMethod(transport string) string {
	switch transport {
	case config.HTTP:
		return "POST"
	case config.SSE:
		return "GET"
	}
	return ""
}
