package session

import (
	"bytes"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
)

// Request sends the driver's request, or answers at once why it cannot.
func (s *Session) Request(r *msg.Request) {
	if e := s.checkRequest(r); e != nil {
		s.refuse(r.ID, e)
		return
	}
	c := &call{verb: r.ID, method: r.Method, params: append([]byte(nil), trim(r.Params)...), progress: r.Progress,
		fresh: r.Fresh, logLevel: r.LogLevel, timeout: bound(r.TimeoutMS, requestTimeout)}
	if r.All {
		c.pages = newPages(r.Method)
	}
	c.done = func(a answer) { s.answered(c, a) }
	s.verbs[c.verb] = c
	c.begun, c.deadline = s.out.Now(), s.out.Now()+c.timeout
	s.setLevel(c, func() { s.fetch(c) })
}

// refuse answers a verb that is not sent.
func (s *Session) refuse(verb uint32, e *msg.Error) {
	s.out.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: msg.OutcomeNotSent, Error: e}})
}

func (s *Session) checkRequest(r *msg.Request) *msg.Error {
	if e := s.checkVerb(r.ID, r.Params); e != nil {
		return e
	}
	if r.LogLevel != "" && !revision.LogLevel(r.LogLevel) {
		return s.about(problem.New(problem.Usage, "This log level is not known", "", "Use one of "+problem.Join(revision.LogLevels())+"."))
	}
	return nil
}

// checkVerb refuses what has no session, a number that is taken and params that are none.
func (s *Session) checkVerb(verb uint32, params []byte) *msg.Error {
	switch {
	case s.phase != ready && (s.connect != nil || !s.comesBack()):
		return s.about(problem.New(problem.SessionEnded, `The session with "`+s.plan.Server+`" is not open`, "", "Connect again."))
	case len(params) > 0 && (jsontext.Valid(params) != nil || trim(params)[0] != '{'):
		return s.about(problem.New(problem.Usage, "params is not a JSON object", "", `Write an object such as {"name": "value"}.`))
	case s.verbs[verb] != nil || s.listens[verb] != nil || s.notices[verb]:
		return s.about(problem.New(problem.Usage, "a request with this id is under way", "", "Use each id once."))
	}
	return nil
}

// trim takes JSON's white space off the front.
func trim(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n") }

// answered ends the driver's request, or asks for the next page.
func (s *Session) answered(c *call, a answer) {
	if a.fault == nil {
		s.keepAnswer(c, a.message.Result)
		s.learnTools(c, &a)
	}
	if c.pages != nil && a.fault == nil {
		more, e := c.pages.add(c, a.message.Result)
		if more {
			c.ran = true
			s.fetch(c)
			return
		}
		if e != nil {
			a = answer{fault: s.about(e), outcome: msg.OutcomeServerError}
		}
	}
	delete(s.verbs, c.verb)
	if c.ran && a.outcome == msg.OutcomeNotSent {
		a.outcome = msg.OutcomeUnknown
	}
	d := &msg.Done{ID: c.verb, Outcome: a.outcome, Error: a.fault, Problems: append(c.problems, s.notKept()...), Cached: c.cached}
	if a.fault == nil {
		d.Result = a.message.Result
		if c.pages != nil {
			d.Result = c.pages.result(d.Result)
		}
	}
	s.out.Emit(&msg.Effect{Done: d})
}

// setLevel has a server of before 2026-07-28 tell its log messages of this call's level on; then goes on. In
// 2026-07-28 the level is part of each request.
func (s *Session) setLevel(c *call, then func()) {
	if c.logLevel == "" || !s.wire.SetsLevel || s.logLevel == c.logLevel || !s.offers("logging") {
		then()
		return
	}
	s.logLevel = c.logLevel
	s.watch(c)
	params := jsontext.AppendString([]byte(`{"level":`), c.logLevel)
	s.own("logging/setLevel", append(params, '}'), func(answer) {
		if s.verbs[c.verb] == c {
			then()
		}
	})
}
