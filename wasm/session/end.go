package session

import (
	"sort"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
)

// fail ends the session for a reason; requests under way get that outcome.
func (s *Session) fail(e *msg.Error, outcome string) {
	if s.assumedWrong(e) {
		return
	}
	if s.worthReviving(e) {
		s.discard()
		s.lose(s.revival.by, s.revival.why)
		return
	}
	if _, ok := table[s.phase][broke]; ok {
		s.failure = answer{fault: e, outcome: outcome}
		s.move(broke)
	}
}

// becomeFailed leaves a session that was open for its Close; one that never was is over.
func (s *Session) becomeFailed() {
	s.endAll(s.failure)
	s.state(msg.PhaseFailed)
	if s.pipe != nil {
		s.startStopping()
	}
	if s.connect != nil {
		s.endConnect(s.failure)
		s.phase = over
		s.out.Gone(s)
	}
}

// endAll ends every call with this answer and every exchange, in the order in which they began: maps have
// none, and the same inputs must give the same effects.
func (s *Session) endAll(a answer) {
	s.stopReviving()
	s.stopSigning()
	s.dropOwn()
	for _, c := range s.sortedVerbs() {
		s.finish(c, answer{fault: a.fault, outcome: c.left(a.outcome)})
	}
	for _, k := range s.listeners() {
		delete(s.listens, k.verb)
		s.out.Emit(&msg.Effect{Done: &msg.Done{ID: k.verb, Outcome: a.outcome, Error: a.fault}})
	}
	for _, verb := range sortedKeys(s.notices) {
		delete(s.notices, verb)
		s.out.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: a.outcome, Error: a.fault}})
	}
	s.withdraw(func(*question) bool { return true })
	s.waiting = nil
	s.quiet()
	s.abortAll()
}

func sortedKeys(m map[uint32]bool) []uint32 {
	keys := make([]uint32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}

// left is how a call ends with its session: what the server may have had may have run, whatever became of the
// handshake.
func (c *call) left(outcome string) string {
	switch {
	case outcome == msg.OutcomeCancelled:
		return outcome
	case c.sent || c.ran || c.task != nil:
		return msg.OutcomeUnknown
	}
	return msg.OutcomeNotSent
}

// sortedVerbs are the driver's calls in order.
func (s *Session) sortedVerbs() []*call {
	verbs := make([]*call, 0, len(s.verbs))
	for _, c := range s.verbs {
		verbs = append(verbs, c)
	}
	sort.Slice(verbs, func(i, j int) bool { return verbs[i].verb < verbs[j].verb })
	return verbs
}

// dropOwn forgets the session's own calls; dropHandshake those of the handshake only.
func (s *Session) dropOwn() { s.dropCalls(func(c *call) bool { return c.verb == 0 }) }

func (s *Session) dropHandshake() { s.dropCalls(func(c *call) bool { return c.shake }) }

func (s *Session) dropCalls(which func(*call) bool) {
	for c := range s.resting {
		if which(c) {
			c.over = true
			s.detach(c)
		}
	}
	for _, c := range s.inOrder() {
		if which(c) {
			f := c.flight
			c.over = true
			s.detach(c)
			if f != nil {
				s.abort(f)
			}
		}
	}
}

func (s *Session) abortAll() {
	for _, f := range s.flightsInOrder() {
		if f.role == rolePipe {
			continue // a process is ended gently, by startStopping
		}
		f.call, f.ended = nil, nil
		s.abort(f)
	}
}

func (s *Session) flightsInOrder() []*flight {
	flights := make([]*flight, 0, len(s.flights))
	for _, f := range s.flights {
		flights = append(flights, f)
	}
	sort.Slice(flights, func(i, j int) bool { return flights[i].id < flights[j].id })
	return flights
}

// endConnect answers the Connect verb if it still waits.
func (s *Session) endConnect(a answer) {
	c := s.connect
	if c == nil {
		return
	}
	s.connect = nil
	c.timer.Stop()
	s.out.Emit(&msg.Effect{Done: &msg.Done{ID: c.verb, Outcome: a.outcome, Error: a.fault}})
}

// Cancel gives up on the driver's Connect or Request; false where none of that number is under way here.
func (s *Session) Cancel(v *msg.Cancel) bool {
	if s.connect != nil && s.connect.verb == v.ID {
		s.fail(s.cancelled(), msg.OutcomeCancelled)
		return true
	}
	if k := s.listens[v.ID]; k != nil {
		s.unlisten(k, &msg.Done{Outcome: msg.OutcomeCancelled, Error: s.cancelled()})
		return true
	}
	c := s.verbs[v.ID]
	if c != nil {
		s.giveUp(c, v.Reason, answer{fault: s.cancelled(), outcome: msg.OutcomeCancelled})
	}
	return c != nil
}

func (s *Session) cancelled() *msg.Error {
	return s.about(problem.New(problem.Cancelled, "Cancelled", "", ""))
}

// giveUp ends a call that the server may still work on, and tells the server: by closing the stream in
// 2026-07-28 over HTTP, by notifications/cancelled elsewhere ("Cancellation"), by tasks/cancel what is a task.
func (s *Session) giveUp(c *call, reason string, a answer) {
	f, task, working := c.flight, c.task, c.sent && s.calls[c.id] == c && s.phase == ready
	s.finish(c, a)
	if task != nil {
		s.cancelTask(&call{task: task})
	} else if working && (!s.wire.ClosingCancels || s.pipe != nil) {
		s.notify("notifications/cancelled", cancellation(c.id, reason), nil)
	}
	if f != nil {
		s.abort(f)
	}
}

func cancellation(id, reason string) []byte {
	params := jsontext.AppendString([]byte(`{"requestId":`), id)
	if reason != "" {
		params = jsontext.AppendString(append(params, `,"reason":`...), reason)
	}
	return jsonrpc.AppendNotification(nil, "notifications/cancelled", append(params, '}'))
}

// timedOut ends a call by its own bound. An answer whose status is there and whose body never ends is
// judged by what there is.
func (s *Session) timedOut(c *call) {
	a := answer{fault: s.late(c), outcome: msg.OutcomeUnknown}
	if !c.sent && !c.ran && c.task == nil {
		a = answer{fault: s.unsent(c.timeout), outcome: msg.OutcomeNotSent}
	}
	if f := c.flight; f != nil && f.in.Status != 0 && !f.in.OK() {
		a = s.unanswered(f, nil)
	}
	silent := s.stream != nil && c.sent && s.stream.last < c.sentAt
	s.giveUp(c, "timed out", a)
	switch {
	case !silent:
	case c.method != ping:
		s.sound()
	case len(s.calls) == 0: // nothing came on the one stream, and nobody waits for it: it is half open
		s.abort(s.stream)
	}
}

func (s *Session) connectTimedOut() {
	a := answer{fault: s.noAnswer(s.connect.bound), outcome: msg.OutcomeUnknown}
	for _, f := range s.flightsInOrder() {
		if f.in.Status != 0 && !f.in.OK() && (f.call != nil || f == s.stream) {
			a = s.unanswered(f, nil)
			break
		}
	}
	if s.assumed { // what was remembered may be why: the next Connect finds out anew
		s.forgetMet()
	}
	s.fail(a.fault, a.outcome)
}

// Close ends the session for the driver's Close.
func (s *Session) Close(v *msg.Close) {
	s.closing = append(s.closing, v.ID)
	if s.phase == closing {
		return
	}
	if s.closer != nil {
		s.closer.Stop()
	}
	s.move(closeAsked)
}

// startClosing cancels what is under way, and deletes the session that the server knows ("Session
// Management", 2025-11-25): it may refuse, so its answer is not waited for beyond deleteTimeout.
func (s *Session) startClosing() {
	a := answer{fault: s.cancelled(), outcome: msg.OutcomeCancelled}
	s.endAll(a)
	s.endConnect(a)
	switch {
	case s.pipe != nil:
		s.startStopping()
		return
	case s.sessionID == "" || s.stream != nil:
		s.move(closed)
		return
	}
	f := &flight{role: roleDelete, url: s.endpoint, ended: func(*flight) { s.move(closed) }}
	s.fly(f, "DELETE", nil, s.versionHeader())
	s.closer = s.out.After(deleteTimeout, func() { s.abortAll(); s.move(closed) })
}

func (s *Session) finishClosing() {
	if s.closer != nil {
		s.closer.Stop()
	}
	s.state(msg.PhaseClosed)
	for _, verb := range s.closing {
		s.out.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: msg.OutcomeResult, Result: []byte("{}")}})
	}
	s.out.Gone(s)
}
