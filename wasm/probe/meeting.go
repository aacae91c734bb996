package probe

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/session"
	"github.com/headfast/headfast/wasm/transport"
)

// meeting is a session that is opened to see whether it can be, and closed at once. It is that session's Outside, and
// keeps from the driver what is of no concern to it.
type meeting struct {
	Outside
	r    *Run
	plan *resolve.Plan
	met  session.Met
	s    *session.Session
	// ended says that connecting is over, fault how; state is the session's last.
	ended bool
	fault *msg.Error
	state msg.State
	then  func(*meeting)
}

// meet connects as the plan says, by what is known of the server, and closes the session again; then is told.
func (r *Run) meet(plan *resolve.Plan, account *authflow.Account, met session.Met, then func(*meeting)) {
	m := &meeting{Outside: &recorder{r.out, r, plan}, r: r, plan: plan, met: met, then: then}
	r.stop = m.leave
	left := uint32(max(1, (r.until-r.out.Now())/1e6))
	m.s = session.Look(m, plan, &msg.Connect{ID: r.verb.ID, Session: r.verb.ID, TimeoutMS: left}, account)
}

// leave closes the session, so that one that the server knows is deleted.
func (m *meeting) leave() {
	if m.s != nil && !m.s.Over() {
		m.s.Close(&msg.Close{ID: m.r.verb.ID})
	}
}

// Emit hands on what the driver has to do, and keeps what tells of the session.
func (m *meeting) Emit(e *msg.Effect) {
	switch {
	case e.Done != nil && !m.ended:
		m.ended, m.fault = true, e.Done.Error
		if m.fault == nil { // the session is still in the middle of telling so
			m.After(0, m.leave)
		}
	case e.State != nil:
		if e.State.Phase == msg.PhaseReady {
			m.state = *e.State
		}
	case e.Abort != nil, e.Trace != nil, e.Stop != nil:
		m.Outside.Emit(e)
	}
}

// Gone goes on once the session is over.
func (m *meeting) Gone(*session.Session) {
	if !m.r.over {
		m.r.stop = nil
		m.then(m)
	}
}

// Met is what the probe found itself: what other sessions know is not what it asks for.
func (m *meeting) Met(string) session.Met { return m.met }

// Meet leaves what other sessions know as it is.
func (m *meeting) Meet(string, session.Met) {}

// recorder notes each exchange.
type recorder struct {
	Outside
	r    *Run
	plan *resolve.Plan
}

// mostAnswers bounds what is noted.
const mostAnswers = 100

// Send notes what is asked, and what comes of it.
func (o *recorder) Send(to transport.Receiver, h *msg.HTTP) uint32 {
	if r := o.r; len(r.told.Answers) < mostAnswers {
		to = &noted{Receiver: to, r: r, plan: o.plan, at: len(r.told.Answers), rpc: rpcOf(h.Body)}
		r.told.Answers = append(r.told.Answers, msg.Answered{Method: h.Method, URL: o.plan.ShownText(h.URL), Credential: carries(h, o.plan), Note: "no answer in time"})
	}
	return o.Outside.Send(to, h)
}
