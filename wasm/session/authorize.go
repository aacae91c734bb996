package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/resolve"
)

// verdict is what a refusal leads to.
func (s *Session) verdict(f *flight, tries int) (resolve.Verdict, string) {
	need := oauth.ReadNeed(oauth.ParseChallenges(f.in.Challenges))
	asked := s.plan.SignIn != nil && s.plan.SignIn.Asked
	return resolve.Judge(s.plan.SignIn != nil, asked, resolve.Refusal{Status: f.in.Status, Offered: need.Metadata != "", Scope: need.Error == "insufficient_scope",
		Token: f.token != "", Header: len(s.plan.Headers) > 0, Tries: tries})
}

// needOf is what a refused exchange needs.
func (f *flight) needOf(v resolve.Verdict, said string) authflow.Need {
	return authflow.Need{Used: f.token, Challenges: f.in.Challenges, Nonce: f.in.Nonce, More: v == resolve.MoreScope, Said: said}
}

// said401 is what the server says of its refusal.
func (s *Session) said401(f *flight) string {
	return s.plan.Redact.Excerpt(f.in.Type, f.in.Content(), f.in.Cut())
}

// authorize gets a token for a call that was refused, and has not run; false where the refusal stands.
func (s *Session) authorize(f *flight) bool {
	c := f.call
	if s.sign.account == nil || s.sign.content || !f.refused() || c == nil {
		return false
	}
	if c.shake {
		return s.authorizeShake(f)
	}
	verdict, why := s.verdict(f, c.again.tokens)
	if verdict != resolve.GetToken && verdict != resolve.MoreScope {
		return false
	}
	c.again.tokens++
	s.traceNote(f, why)
	s.detach(c)
	c.sent = false
	s.resting[c] = true
	s.watch(c)
	need := f.needOf(verdict, s.said401(f))
	need.Asked = func() {
		if c.timer != nil {
			c.timer.Stop()
		}
		c.stopped = s.out.Now()
	}
	ended := false
	cancel := s.renew(need, func(e *msg.Error) {
		ended, c.unwait = true, nil
		if c.over {
			return
		}
		delete(s.resting, c)
		if e != nil {
			s.finish(c, answer{fault: e, outcome: msg.OutcomeServerError, stop: true})
			return
		}
		s.hearAgain()
		s.restart(c)
	})
	if !ended {
		c.unwait = cancel
	}
	return true
}

// authorizeShake gets a token for a handshake that was refused, and then begins it anew.
func (s *Session) authorizeShake(f *flight) bool {
	verdict, why := s.verdict(f, s.sign.tries)
	if s.sign.account == nil || verdict != resolve.GetToken && verdict != resolve.MoreScope {
		return false
	}
	s.traceNote(f, why)
	s.sign.tries++
	s.sign.by = s.beginAgain()
	need := f.needOf(verdict, s.said401(f))
	s.move(unauthorized)
	if s.phase != awaitingToken {
		return false
	}
	s.wait(need, func(e *msg.Error) {
		switch {
		case s.phase != awaitingToken:
		case e != nil:
			s.resumeConnect()
			s.fail(e, msg.OutcomeServerError)
		default:
			s.resumeConnect()
			s.move(s.sign.by)
		}
	})
	return true
}

// beginAgain is how the handshake under way began.
func (s *Session) beginAgain() event {
	switch {
	case s.phase == opening || s.stream != nil || s.plan.Transport == config.SSE:
		return startSSE
	case s.phase == probing:
		return startModern
	}
	return startLegacy
}

// awaitToken leaves the handshake.
func (s *Session) awaitToken() {
	s.dropHandshake()
	s.quiet()
	s.leaveStream()
}

// hearAgain opens the GET stream that was refused before there was a token.
func (s *Session) hearAgain() {
	if s.sign.deaf && s.phase == ready && s.ear.flight == nil && s.ear.timer == nil {
		s.sign.deaf = false
		s.hear()
	}
}
