package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// The bounds of a helper: how long it may run, and what it may print.
const (
	helperTime    = 10 * second
	mostPrinted   = 64 << 10
	helperSilence = "it did not end in 10 s"
)

// helper is one run of the program that prints an entry's headers. What it prints is shown nowhere.
type helper struct {
	s       *Session
	id      uint32
	printed []byte
	why     string
	timer   Timer
	left    bool
	then    func(changed bool, e *msg.Error)
}

// help runs the entry's helper; then is told whether its headers are others than before.
func (s *Session) help(then func(changed bool, e *msg.Error)) *helper {
	p := s.plan.Helper
	h := &helper{s: s, then: then}
	h.id = s.out.Spawn(h, &msg.Spawn{Session: s.id, Command: p.Command, Args: p.Args, Env: p.Env, Dir: p.Dir})
	s.out.Emit(&msg.Effect{Stop: &msg.Stop{ID: h.id, How: msg.StopClose}})
	h.timer = s.out.After(helperTime, func() { h.kill(helperSilence) })
	if s.out.Tracing() {
		s.emit(&msg.Trace{Session: s.id, Exchange: h.id, Phase: "note", Rule: s.plan.Rule, Note: "runs " + p.Show + " for the headers"})
	}
	return h
}

func (h *helper) kill(why string) {
	h.why = why
	h.s.out.Emit(&msg.Effect{Stop: &msg.Stop{ID: h.id, How: msg.StopKill}})
}

// leave is for whoever does not wait any more.
func (h *helper) leave() {
	if !h.left {
		h.left = true
		h.timer.Stop()
		h.kill("")
	}
}

// Head is no input of a process's.
func (h *helper) Head(*msg.Head) {}

// Body takes what it prints.
func (h *helper) Body(b *msg.Body) {
	if len(h.printed)+len(b.Data) > mostPrinted {
		h.kill("it printed more than 64 KiB")
		return
	}
	h.printed = append(h.printed, b.Data...)
}

// End reads what was printed.
func (h *helper) End(e *msg.End) {
	h.timer.Stop()
	if h.left {
		return
	}
	h.left = true
	if h.why == "" && len(h.printed) == 0 && e.Failure != nil {
		h.why = trace.Line(h.s.plan.Redact.Text(e.Failure.Detail))
	}
	if h.why != "" {
		code := problem.HelperFailed
		if e.Failure != nil && e.Failure.Kind == msg.FailUnsupported {
			code = problem.Unsupported
		}
		fault := problem.New(code, "The program that makes the headers did not work", h.s.plan.Helper.Show+": "+h.why+".", "Run it in a terminal to see what is wrong with it.")
		fault.Where = h.s.plan.Helper.Where
		h.then(false, h.s.about(fault))
		return
	}
	changed, fault := h.s.plan.Helped(h.printed)
	h.then(changed, fault)
}

// startHelped has the headers made before the first request.
func (s *Session) startHelped() {
	if s.plan.Helper == nil {
		s.startWithAccount()
		return
	}
	s.sign.unwait = s.help(func(_ bool, e *msg.Error) {
		s.sign.unwait = nil
		if e != nil {
			s.fail(e, msg.OutcomeNotSent)
			return
		}
		s.startWithAccount()
	}).leave
}

// helpAgain has the headers made anew for a call that was refused, once; false where the refusal stands.
func (s *Session) helpAgain(f *flight) bool {
	c := f.call
	if s.plan.Helper == nil || !f.refused() || c == nil || f.token != "" {
		return false
	}
	if c.shake {
		return s.helpShake()
	}
	if c.again.helped || s.phase != ready {
		return false
	}
	c.again.helped = true
	refused := s.judge(f, nil)
	s.detach(c)
	c.sent, c.stopped = false, s.out.Now()
	s.resting[c] = true
	c.unwait = s.help(func(changed bool, e *msg.Error) {
		c.unwait = nil
		if c.over {
			return
		}
		delete(s.resting, c)
		if e == nil && changed {
			s.restart(c)
			return
		}
		if e == nil {
			e = refused
		}
		s.finish(c, answer{fault: e, outcome: msg.OutcomeServerError, status: f.in.Status, stop: true})
	}).leave
	return true
}

// helpShake has the headers made anew for a handshake that was refused.
func (s *Session) helpShake() bool {
	if s.sign.tries > 0 {
		return false
	}
	s.sign.tries++
	s.sign.by = s.beginAgain()
	s.move(unauthorized)
	if s.phase != awaitingToken {
		return false
	}
	s.sign.unwait = s.help(func(_ bool, e *msg.Error) {
		s.sign.unwait = nil
		if s.phase != awaitingToken {
			return
		}
		s.resumeConnect()
		if e != nil {
			s.fail(e, msg.OutcomeServerError)
			return
		}
		s.move(s.sign.by)
	}).leave
	return true
}
