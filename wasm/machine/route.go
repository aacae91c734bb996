package machine

import (
	"sort"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/session"
	"github.com/headfast/headfast/wasm/transport"
)

// route hands one input to whom it concerns. An input for something that is already over is ignored:
// it crossed the end on its way.
func (m *Machine) route(in *msg.Input) {
	switch {
	case in.Load != nil:
		m.load(in.Load)
	case in.Survey != nil:
		m.survey(in.Survey)
	case in.Explain != nil:
		m.explain(in.Explain)
	case in.Translate != nil:
		m.translate(in.Translate)
	case in.Lint != nil:
		m.lint(in.Lint)
	case in.Connect != nil:
		m.connect(in.Connect)
	case in.Request != nil:
		m.request(in.Request)
	case in.Notify != nil:
		m.notify(in.Notify)
	case in.Listen != nil:
		m.listen(in.Listen)
	case in.Answer != nil:
		m.answered(in.Answer)
	case in.Cancel != nil:
		m.cancel(in.Cancel)
	case in.Close != nil:
		m.close(in.Close)
	case in.Stored != nil:
		m.stored(in.Stored)
	case in.Login != nil:
		m.login(in.Login)
	case in.Logout != nil:
		m.logout(in.Logout)
	case in.Tokens != nil:
		m.tokens(in.Tokens)
	case in.Agreed != nil:
		m.agreed(in.Agreed)
	case in.Inputs != nil:
		m.inputs(in.Inputs)
	case in.Export != nil:
		m.export(in.Export)
	case in.Probe != nil:
		m.probe(in.Probe)
	default:
		m.happened(in)
	}
}

// happened hands on what came of an effect.
func (m *Machine) happened(in *msg.Input) {
	m.recordCame(in)
	switch {
	case in.Head != nil:
		m.exchange(in.Head.ID, func(r transport.Receiver) { r.Head(in.Head) })
	case in.Body != nil:
		m.exchange(in.Body.ID, func(r transport.Receiver) { r.Body(in.Body) })
	case in.Stderr != nil:
		m.exchange(in.Stderr.ID, func(r transport.Receiver) {
			if s, ok := r.(*session.Session); ok {
				s.Stderr(in.Stderr)
			}
		})
	case in.End != nil:
		m.ended(in.End)
	case in.Awaiting != nil:
		if w := m.awaits[in.Awaiting.ID]; w != nil {
			w.Awaiting(in.Awaiting)
		}
	case in.Arrived != nil:
		m.arrived(in.Arrived)
	case in.Visited != nil:
		m.visited(in.Visited)
	case in.Signed != nil:
		m.signed(in.Signed)
	case in.Prompted != nil:
		m.prompted(in.Prompted)
	}
}

func (m *Machine) ended(e *msg.End) {
	if w := m.awaits[e.ID]; w != nil {
		delete(m.awaits, e.ID)
		w.End(e)
		return
	}
	m.exchange(e.ID, func(r transport.Receiver) { r.End(e) })
	delete(m.exchanges, e.ID)
}

func (m *Machine) exchange(id uint32, f func(transport.Receiver)) {
	if r := m.exchanges[id]; r != nil {
		f(r)
	}
}

func (m *Machine) connect(c *msg.Connect) {
	if m.sessions[c.Session] != nil || m.connecting(c.Session) {
		m.refuse(c.ID, "a session with this number is open")
		return
	}
	c.Capabilities = append([]byte(nil), c.Capabilities...) // the intake's memory is the next step's
	m.look(c.ID, c.Session, c.Config, c.Server, func(l *lookup) { m.open(c, l) })
}

// open starts the session once the values are known.
func (m *Machine) open(c *msg.Connect, l *lookup) {
	plan := resolve.Make(l.entry, l.value)
	plan.Untold = l.untold
	if e := plan.Broken(); e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: c.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	if e := session.Check(c); e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: c.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	if s := session.Open(m, plan, c, m.account(plan, c.Profile)); !s.Over() {
		m.sessions[c.Session] = s
	}
}

func (m *Machine) request(r *msg.Request) {
	s := m.sessions[r.Session]
	if s == nil {
		m.refuse(r.ID, "there is no session with this number")
		return
	}
	s.Request(r)
}

func (m *Machine) notify(n *msg.Notify) {
	s := m.sessions[n.Session]
	if s == nil {
		m.refuse(n.ID, "there is no session with this number")
		return
	}
	s.Notify(n)
}

func (m *Machine) listen(l *msg.Listen) {
	s := m.sessions[l.Session]
	if s == nil {
		m.refuse(l.ID, "there is no session with this number")
		return
	}
	s.Listen(l)
}

// answered hands an Answer to the session that asked; one that crossed a Withdraw is ignored.
func (m *Machine) answered(a *msg.Answer) {
	s := m.asked[a.ID]
	if s == nil {
		return
	}
	delete(m.asked, a.ID)
	s.Answer(a)
}

// inOrder are the sessions by their numbers: a map has no order, and the same inputs must give the same effects.
func (m *Machine) inOrder() []*session.Session {
	all := make([]*session.Session, 0, len(m.sessions))
	for _, s := range m.sessions {
		all = append(all, s)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID() < all[j].ID() })
	return all
}

// cancel asks every session: the verb's number is the driver's own and lives in one of them at most.
func (m *Machine) cancel(v *msg.Cancel) {
	if m.giveUp(v.ID) || m.leaveLogin(v.ID) {
		return
	}
	for _, s := range m.sessions {
		if s.Cancel(v) {
			return
		}
	}
}

func (m *Machine) close(v *msg.Close) {
	s := m.sessions[v.Session]
	if s == nil {
		m.refuse(v.ID, "there is no session with this number")
		return
	}
	s.Close(v)
}

// refuse answers a verb that cannot be.
func (m *Machine) refuse(verb uint32, why string) {
	m.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: msg.OutcomeNotSent, Error: problem.New(problem.Usage, "This cannot be done", why, "")}})
}
