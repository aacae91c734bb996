package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/tidwall/gjson"
)

// The bounds of getting a lost connection back: so many handshakes in a row, with waits as for a request.
const (
	mostRevivals   = 5
	longestRevival = 30 * second
)

// revival is the way back from a lost connection.
type revival struct {
	// by is how the next handshake begins, why what people are told.
	by    event
	why   string
	count int
	timer Timer
	// since is when the session was last ready, so that one that fails again and again is given up.
	since int64
}

// steady is how long a session must have been ready for its failures to be forgotten.
const steady = 60 * second

// comesBack says that a lost session is on its way back.
func (s *Session) comesBack() bool {
	switch s.phase {
	case probing, opening, initializing, announcing, attaching, awaitingToken, reviving:
		return true
	}
	return false
}

// lose takes it that the connection is gone and begins another, by this event. Calls that wait are kept.
func (s *Session) lose(by event, why string) {
	if s.phase == ready && s.out.Now()-s.revival.since > steady {
		s.revival.count = 0
	}
	if s.phase == ready && s.revival.count >= mostRevivals {
		s.failure = answer{outcome: msg.OutcomeUnknown, fault: s.about(problem.New(problem.SessionEnded, `The session with "`+s.plan.Server+`" ends again and again`,
			"It was begun anew five times: "+why+".", "Look into the server's log."))}
		s.move(broke)
		return
	}
	s.revival.by, s.revival.why = by, why
	s.move(lost)
}

func (s *Session) becomeReviving() {
	wait := s.reviveAfter()
	s.dropHandshake()
	s.quiet()
	s.leaveStream()
	s.withdrawAll()
	s.sessionID, s.logLevel = "", ""
	s.cache.clear()
	if s.connect == nil {
		if s.revival.count == 0 {
			s.state(msg.PhaseReconnecting)
		}
		s.gap(0, s.revival.why)
		for _, k := range s.listeners() {
			s.gap(k.verb, s.revival.why)
		}
	}
	s.revival.count++
	s.stopReviving()
	if wait == 0 {
		s.revive()
		return
	}
	s.revival.timer = s.out.After(wait, s.revive)
}

// reviveAfter is how long to wait: not at all for a session that the server forgot, else as for a request.
func (s *Session) reviveAfter() int64 {
	if s.connect == nil && (s.revival.count > 0 || s.stream != nil || s.plan.Transport == config.Stdio) {
		return s.backoff(s.revival.count, firstWait, longestWait)
	}
	return 0
}

// leaveStream leaves the stream of HTTP+SSE: the next handshake may be another.
func (s *Session) leaveStream() {
	if f := s.stream; f != nil {
		s.stream = nil
		s.endpoint, s.endpointText = s.plan.URL, ""
		s.abort(f)
	}
}

func (s *Session) stopReviving() {
	if s.revival.timer != nil {
		s.revival.timer.Stop()
		s.revival.timer = nil
	}
}

// assumedWrong begins anew, without what was remembered of the server, where that has led to a failure.
func (s *Session) assumedWrong(e *msg.Error) bool {
	switch e.Code {
	case problem.HeaderRefused, problem.NoCredential, problem.AuthRequired, problem.TokenRefused, problem.ScopeMissing, problem.Unreachable, problem.TLS, problem.Cancelled:
		return false
	}
	if !s.assumed || s.connect == nil {
		return false
	}
	s.forgetMet()
	s.revival.by, s.revival.count = startModern, 0
	s.move(lost)
	return true
}

// forgetMet forgets how the server was met before.
func (s *Session) forgetMet() {
	s.assumed = false
	s.out.Meet(s.address(), Met{})
}

func (s *Session) revive() {
	if s.connect == nil {
		s.revival.timer = s.out.After(longestRevival, func() {
			s.fail(s.noAnswer(longestRevival), msg.OutcomeUnknown)
		})
	}
	if s.plan.Transport == config.Stdio && !s.alive() {
		s.spawn()
	}
	s.move(s.revival.by)
}

// revived goes on where the connection was lost.
func (s *Session) revived() {
	s.stopReviving()
	s.revival.since = s.out.Now()
	s.listenAgain()
	waiting := s.waiting
	s.waiting = nil
	for _, c := range waiting {
		if s.calls[c.id] == c {
			s.dispatch(c)
		}
	}
}

// gap says that notifications may have been lost.
func (s *Session) gap(verb uint32, why string) {
	s.out.Emit(&msg.Effect{Gap: &msg.Gap{Session: s.id, Request: verb, Why: why}})
}

// worthReviving says whether a failed handshake of a lost session may go better the next time.
func (s *Session) worthReviving(e *msg.Error) bool {
	if s.connect != nil || !s.comesBack() || s.revival.count >= mostRevivals {
		return false
	}
	switch e.Code {
	case problem.Unreachable, problem.CutOff, problem.HTTPStatus, problem.SessionEnded, problem.ProcessFailed:
		return true
	}
	return false
}

// sessionEnded says that the server does not know the session any more: 404 by the specification ("Session
// Management", 2025-11-25), and 400 with words about a session from servers that were begun anew. Then the request
// was refused and has not run: it is sent once more in a new session.
func (s *Session) sessionEnded(f *flight, failure *msg.Failure) bool {
	c := f.call
	if c == nil || failure != nil || c.shake || c.again.renewed || s.connect != nil || !f.forgotten() || f.session == "" && s.stream == nil {
		return false
	}
	c.again.renewed = true
	c.ran = c.ran || f.in.Status == 400 // words are no proof
	// HTTP+SSE does not say what a 404 means, and an event stream may have the answer: so the call is told.
	if (s.stream != nil || f.in.Type == eventStream) && !readOnly(c.method) {
		s.finish(c, answer{fault: s.about(s.sessionGone("")), outcome: msg.OutcomeServerError})
	} else {
		s.detach(c)
	}
	s.loseSession(f)
	if !c.over {
		s.start(c)
	}
	return true
}

// loseSession begins another session, unless this exchange tells of one that was left long ago. Over HTTP+SSE the
// session is the stream's, and with it go the answers that were still to come.
func (s *Session) loseSession(f *flight) {
	switch {
	case s.phase != ready:
	case s.stream != nil:
		s.lose(startSSE, "the server had ended the session")
		s.brokenOff(answer{fault: s.about(s.cutOff(nil, &msg.Failure{Detail: "the server had ended the session"})), outcome: msg.OutcomeUnknown})
	case f.session == s.sessionID:
		s.lose(startLegacy, "the server had ended the session")
	}
}

// forgotten reads the answer: a 404 that is no "method not found" and no result, or a 400 that speaks of the session
// and not of this request, which a server that knows the session might have run.
func (f *flight) forgotten() bool {
	content := f.in.Content()
	code := gjson.GetBytes(content, "error.code").Int()
	switch f.in.Status {
	case 404, 410:
		return code != revision.CodeMethodNotFound && !(f.answered() && gjson.GetBytes(content, "result").Exists())
	case 400:
		return code != 0 && !f.answered() && containsFold(gjson.GetBytes(content, "error.message").Str, "session")
	}
	return false
}

// answered says that the content has the id of the call.
func (f *flight) answered() bool {
	return f.call != nil && gjson.GetBytes(f.in.Content(), "id").String() == f.call.id
}

// outdated is a modern server that does not speak our revision any more: it is met anew, and the call, which it
// refused, is sent once more.
func (s *Session) outdated(c *call, code int64) bool {
	if code != revision.CodeUnsupportedVersion || s.wire.Initialize || c.shake || c.again.renewed || s.pinned != "" {
		return false
	}
	c.again.renewed = true
	s.detach(c)
	s.out.Meet(s.address(), Met{})
	if s.phase == ready {
		s.lose(startModern, "the server speaks another revision now")
	}
	if !c.over {
		s.start(c)
	}
	return true
}

// brokenOff ends or keeps the calls whose answers would have come on a stream that all share.
func (s *Session) brokenOff(a answer) {
	for _, c := range s.inOrder() {
		switch {
		case c.shake:
		case !c.sent:
			if c.resume != nil {
				c.resume.Stop()
			}
			s.waiting = append(s.waiting, c)
		case (readOnly(c.method) || c.listen != nil) && c.again.count+1 < mostAttempts:
			c.again.count++
			c.ran = true
			s.detach(c)
			s.reopen(c)
		default:
			s.finish(c, a)
		}
	}
}
