package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// signing is what a session has of its account.
type signing struct {
	// account is nil where the plan allows no token; person says that there is one who can sign in.
	account *authflow.Account
	person  bool
	// content says that no token is had but what there is.
	content bool
	// by is how the handshake begins again once there is a token, tries how many were had in this one.
	by    event
	tries int
	// unwait gives up the handshake's waiting for a token.
	unwait func()
	// asked says that a person was asked while connecting.
	asked bool
	// ended is why the sign-in that was kept is over, found out before the first request.
	ended *msg.Error
	// deaf says that the GET stream was refused for want of a token.
	deaf bool
}

// startWithAccount begins once it is known what is stored; a token that is over is renewed first.
func (s *Session) startWithAccount() {
	a := s.sign.account
	if a == nil {
		s.move(s.begin())
		return
	}
	a.Load(func() {
		a.Prepared(func() {
			if s.phase != idle {
				return
			}
			if a.Token() != "" {
				s.plan.Stored(trace.Line(a.Issuer()))
			}
			if s.sign.content || !a.Stale() {
				s.move(s.begin())
				return
			}
			s.wait(authflow.Need{Used: a.Token()}, func(e *msg.Error) {
				s.resumeConnect()
				switch {
				case e != nil && s.sign.asked:
					s.fail(e, msg.OutcomeServerError)
					return
				case e != nil && e.Code == problem.AuthRequired:
					s.sign.ended = e
				}
				s.move(s.begin())
			})
		})
	})
}

// renew asks for another token; whoever does not wait any more calls what it returns.
func (s *Session) renew(n authflow.Need, then func(*msg.Error)) (cancel func()) {
	// A lost connection that comes back by itself asks nobody: a server could open pages by losing it.
	n.Session, n.Person = s.id, s.sign.person && s.plan.SignIn.Asked && (s.connect != nil || s.phase == ready)
	return s.sign.account.Renew(n, then)
}

// wait is renew for the handshake.
func (s *Session) wait(n authflow.Need, then func(*msg.Error)) {
	ended := false
	n.Asked = s.personAsked
	cancel := s.renew(n, func(e *msg.Error) {
		ended, s.sign.unwait = true, nil
		then(e)
	})
	if !ended {
		s.sign.unwait = cancel
	}
}

// personAsked lets the time of connecting stand still.
func (s *Session) personAsked() {
	s.sign.asked = true
	if s.connect != nil {
		s.connect.timer.Stop()
	}
	if s.phase == awaitingToken {
		s.state(msg.PhaseSigningIn)
	}
}

// stopSigning gives up the handshake's waiting.
func (s *Session) stopSigning() {
	if cancel := s.sign.unwait; cancel != nil {
		s.sign.unwait = nil
		cancel()
	}
}

// resumeConnect gives connecting its time anew.
func (s *Session) resumeConnect() {
	if c := s.connect; c != nil {
		c.timer.Stop()
		c.until = s.out.Now() + c.bound
		c.timer = s.out.After(c.bound, s.connectTimedOut)
	}
}

// signRequest puts the token on a request to the server's origin.
func (s *Session) signRequest(f *flight, h *msg.HTTP) {
	a := s.sign.account
	if a == nil || a.Token() == "" {
		return
	}
	a.Hide(&s.plan.Redact)
	if a.Sign(h) {
		f.token = a.Token()
	}
}

// refusalOf is what is said of a 401 or 403 that nothing more is done about.
func (s *Session) refusalOf(f *flight, said string) *msg.Error {
	a := s.sign.account
	if s.sign.ended != nil && f.token == "" {
		return s.sign.ended
	}
	if a == nil || f.token == "" {
		return s.plan.Refused(f.in.Status, said, f.in.Challenges)
	}
	if f.in.Status == 403 {
		return a.ScopeMissing(f.in.Status, said)
	}
	return a.TokenRefused(f.in.Status, said)
}

// notKept warns, once, of a token, or of an answer, that is not in the store.
func (s *Session) notKept() (all []msg.Error) {
	if e := s.plan.Untold; e != nil {
		s.plan.Untold = nil
		all = append(all, *e)
	}
	if a := s.sign.account; a != nil {
		if e := a.NotKept(); e != nil {
			all = append(all, *e)
		}
	}
	return all
}

// traced is the token for a trace.
func (s *Session) traced(f *flight) []msg.HeaderUse {
	if f.token == "" {
		return nil
	}
	use := s.sign.account.Uses()
	use.Note = trace.Line(s.plan.Redact.Text(use.Note))
	return []msg.HeaderUse{use}
}
