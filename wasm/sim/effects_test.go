package sim

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// effect keeps the books for one effect.
func (c *checker) effect(e *msg.Effect) {
	if err := e.Check(); err != nil {
		c.bad("boundary", "%v", err)
		return
	}
	c.secrets(e)
	switch {
	case e.HTTP != nil:
		c.http(e.HTTP)
	case e.Spawn != nil:
		c.spawn(e.Spawn)
	case e.Abort != nil && c.abortPending(e.Abort.ID):
	case e.Abort != nil:
		x := c.live("abort", e.Abort.ID)
		if x != nil && (x.aborted || x.spawn) {
			c.bad("effect.abort", "abort of %d again, or of a process", x.id)
		} else if x != nil {
			x.aborted = true
			c.tornOff(x)
		}
	case e.Write != nil:
		if x := c.live("write", e.Write.ID); x != nil {
			c.write(x, e.Write.Data)
		}
	case e.Stop != nil:
		if x := c.live("stop", e.Stop.ID); x != nil {
			x.stopped = true
		}
	case e.Get != nil:
		c.fresh(e.Get.ID)
		c.gets[e.Get.ID], c.getKeys[e.Get.ID] = true, e.Get.Store+" "+e.Get.Key
	case e.Loaded != nil:
		if c.loads[e.Loaded.ID]--; c.loads[e.Loaded.ID] < 0 {
			c.bad("I1.twice", "load %d is answered twice", e.Loaded.ID)
		}
	case e.Places != nil:
		c.done(e.Places.ID, &msg.Done{ID: e.Places.ID, Outcome: "places"})
	case e.Translated != nil:
		c.done(e.Translated.ID, &msg.Done{ID: e.Translated.ID, Outcome: "explained"})
	case e.Explained != nil:
		c.done(e.Explained.ID, &msg.Done{ID: e.Explained.ID, Outcome: "explained"})
	case e.Exported != nil:
		c.done(e.Exported.ID, &msg.Done{ID: e.Exported.ID, Outcome: "explained"})
	case e.Probed != nil:
		c.done(e.Probed.ID, &msg.Done{ID: e.Probed.ID, Outcome: "explained"})
	case e.Findings != nil:
		c.done(e.Findings.ID, &msg.Done{ID: e.Findings.ID, Outcome: "explained"})
	case e.Done != nil:
		c.done(e.Done.ID, e.Done)
	case e.Ask != nil:
		c.ask(e.Ask)
	case e.Withdraw != nil && c.withdrawn(e.Withdraw.ID):
	case e.Prompt != nil:
		c.prompt(e.Prompt)
	case e.Withdraw != nil && c.prompts[e.Withdraw.ID]:
		c.prompted(e.Withdraw.ID)
	case e.Withdraw != nil:
		a := c.asks[e.Withdraw.ID]
		if a == nil || !a.open {
			c.bad("ask.withdraw", "withdraw of %d, which does not wait", e.Withdraw.ID)
			return
		}
		c.answered(e.Withdraw.ID)
	case e.Message != nil:
		c.message(e.Message)
	case e.Gap != nil:
		c.gap(e.Gap)
	case e.State != nil:
		c.state(e.State)
	default:
		c.signing(e)
	}
}

// fresh demands that the core's numbers grow, so that none is used twice.
func (c *checker) fresh(id uint32) {
	if id <= c.lastID {
		c.bad("effect.id", "effect number %d after %d", id, c.lastID)
	}
	c.lastID = max(c.lastID, id)
}

func (c *checker) live(what string, id uint32) *exchange {
	x := c.exchanges[id]
	if x == nil {
		c.bad("effect."+what+".unknown", "%s of %d, which is not under way", what, id)
	}
	return x
}

func (c *checker) active(what string, id uint32) *session {
	s := c.sessions[id]
	if s == nil || s.over && !c.closing(id) {
		c.bad("session.over", "%s of session %d, which is over", what, id)
		return nil
	}
	return s
}

func (c *checker) ask(a *msg.Ask) {
	c.fresh(a.ID)
	s := c.active("ask", a.Session)
	if s == nil {
		return
	}
	c.asks[a.ID] = &asked{a.Session, a.Request, true}
	if s.asks++; s.asks > 16 {
		c.bad("I5.asks", "%d asks wait in session %d", s.asks, a.Session)
	}
	if a.Request != 0 && !c.open(a.Request) {
		c.bad("I1.after", "ask %d for verb %d, which is over", a.ID, a.Request)
	}
}

func (c *checker) message(m *msg.Message) {
	s := c.active("message", m.Session)
	if s == nil {
		return
	}
	if m.Request != 0 && !c.open(m.Request) {
		c.bad("I1.after", "message %s for verb %d, which is over", m.Method, m.Request)
	}
	for _, v := range c.verbs[m.Request] {
		if v.kind == "request" {
			v.base = c.now
			return
		}
	}
	c.notification(s, m)
}

func (c *checker) state(st *msg.State) {
	s := c.sessions[st.Session]
	if s == nil || s.over && st.Phase != msg.PhaseClosed && st.Phase != msg.PhaseFailed {
		c.active("state", st.Session)
		return
	}
	switch st.Phase {
	case msg.PhaseClosed:
		s.over = true
	case msg.PhaseReconnecting:
		s.lost, s.lostAt = true, c.lastID
	}
	s.phase = st.Phase
}

// done ends a verb: it must wait, and what is said of it must be true.
func (c *checker) done(id uint32, d *msg.Done) {
	c.stats.dones++
	list := c.verbs[id]
	if len(list) == 0 {
		c.bad("I1.twice", "verb %d is answered (%s), and does not wait", id, d.Outcome)
		return
	}
	at := 0
	if d.Outcome == msg.OutcomeNotSent { // a number that is in use is refused
		at = len(list) - 1
	}
	v := list[at]
	if c.verbs[id] = append(list[:at:at], list[at+1:]...); len(list) == 1 {
		delete(c.verbs, id)
	}
	switch d.Outcome {
	case msg.OutcomeResult, "explained":
		if d.Error != nil {
			c.bad("I1.both", "verb %d has a result and an error", id)
		}
	case msg.OutcomeServerError, msg.OutcomeNotSent, msg.OutcomeUnknown, msg.OutcomeCancelled:
		if d.Error == nil || d.Error.Code == "" || d.Error.Title == "" {
			c.bad("I1.why", "verb %d ends as %s without a reason", id, d.Outcome)
		}
	default:
		c.bad("I1.outcome", "verb %d ends as %q", id, d.Outcome)
	}
	if v.kind == "connect" && d.Outcome != msg.OutcomeResult {
		if s := c.sessions[v.session]; s != nil && !c.taken(v, d) {
			s.over = true
		}
	}
	c.inTime(v, d)
	if v.kind == "request" {
		c.honest(v, d)
	}
	if v.kind == "listen" {
		if s := c.sessions[v.session]; s != nil {
			delete(s.torn, id)
		}
	}
}

// taken says that a Connect was refused since the session's number is in use.
func (c *checker) taken(v *verb, d *msg.Done) bool {
	return d.Error != nil && strings.Contains(d.Error.Body, "is open")
}

// slack is how late a step may be before the core takes it for sleep.
const slack = 6e9

func (c *checker) inTime(v *verb, d *msg.Done) {
	if s := c.sessions[v.session]; s != nil && s.asks > 0 || c.awaiting() {
		return // a person is being asked
	}
	if v.timeout > 0 && c.now > v.base+v.timeout+slack {
		c.bad("I5.late."+v.kind, "%s %d (%s) of %d s was answered after %d s", v.kind, v.id, v.method, v.timeout/1e9, (c.now-v.base)/1e9)
	}
}
