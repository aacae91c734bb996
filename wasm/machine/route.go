package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/session"
)

// route hands one input to whom it concerns. An input for something that is already over is ignored:
// it crossed the end on its way.
func (m *Machine) route(in *msg.Input) {
	switch {
	case in.Load != nil:
		m.load(in.Load)
	case in.Explain != nil:
		m.explain(in.Explain)
	case in.Connect != nil:
		m.connect(in.Connect)
	case in.Request != nil:
		m.request(in.Request)
	case in.Cancel != nil:
		m.cancel(in.Cancel)
	case in.Close != nil:
		m.close(in.Close)
	case in.Stored != nil:
		m.stored(in.Stored)
	case in.Head != nil:
		m.exchange(in.Head.ID, func(s *session.Session) { s.Head(in.Head) })
	case in.Body != nil:
		m.exchange(in.Body.ID, func(s *session.Session) { s.Body(in.Body) })
	case in.End != nil:
		m.exchange(in.End.ID, func(s *session.Session) { s.End(in.End) })
		delete(m.exchanges, in.End.ID)
	}
}

func (m *Machine) exchange(id uint32, f func(*session.Session)) {
	if s := m.exchanges[id]; s != nil {
		f(s)
	}
}

func (m *Machine) connect(c *msg.Connect) {
	if m.sessions[c.Session] != nil || m.connecting(c.Session) {
		m.refuse(c.ID, "a session with this number is open")
		return
	}
	m.look(c.ID, c.Session, c.Config, c.Server, func(l *lookup) { m.open(c, l) })
}

// open starts the session once the values are known.
func (m *Machine) open(c *msg.Connect, l *lookup) {
	plan := resolve.Make(l.entry, l.value)
	if e := plan.Broken(); e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: c.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	if e := unspoken(plan); e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: c.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	if s := session.Open(m, plan, c); !s.Over() {
		m.sessions[c.Session] = s
	}
}

func unspoken(p *resolve.Plan) *msg.Error {
	if p.Transport == "http" || p.Transport == "sse" {
		return nil
	}
	e := problem.New(problem.Unsupported, `"`+p.Server+`" is a `+p.Transport+" server", "This version of Headfast reaches servers over HTTP only.", "")
	e.Server, e.Where = p.Server, p.Where
	return e
}

func (m *Machine) request(r *msg.Request) {
	s := m.sessions[r.Session]
	if s == nil {
		m.refuse(r.ID, "there is no session with this number")
		return
	}
	s.Request(r)
}

// cancel asks every session: the verb's number is the driver's own and lives in one of them at most.
func (m *Machine) cancel(v *msg.Cancel) {
	if m.giveUp(v.ID) {
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
