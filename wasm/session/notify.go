package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
)

// notify sends what has no answer; then, if set, is called when the server has taken it or not.
func (s *Session) notify(method string, body []byte, then func(*flight)) {
	if body == nil {
		body = notification(method)
	}
	if s.pipe != nil {
		s.write(method, body)
		if then != nil {
			then(s.pipe)
		}
		return
	}
	f := &flight{role: roleNotify, rpc: method, url: s.endpoint, ended: then}
	s.fly(f, "POST", body, append(s.messageHeaders(method), accept))
	f.linger = s.out.After(answerBound, func() { s.abort(f) })
}

// messageHeaders are those of a POST that carries no request.
func (s *Session) messageHeaders(method string) []msg.Header {
	if !s.wire.Mirrors {
		return s.versionHeader()
	}
	return s.wire.AppendHeaders(nil, method, nil)
}

const rootsChanged = "notifications/roots/list_changed"

// Notify sends the driver's notification.
func (s *Session) Notify(n *msg.Notify) {
	if e := s.checkVerb(n.ID, n.Params); e != nil {
		s.refuse(n.ID, e)
		return
	}
	if s.phase != ready {
		s.refuse(n.ID, s.about(problem.New(problem.SessionEnded, `The session with "`+s.plan.Server+`" is not open`, "It is being connected again.", "Try again.")))
		return
	}
	if !s.wire.TellsRoots && n.Method == rootsChanged {
		s.notifyEnded(n.ID, &flight{role: rolePipe}) // 2026-07-28 asks for the roots each time
		return
	}
	params := trim(n.Params)
	if len(params) == 0 {
		params = nil
	}
	s.notices[n.ID] = true
	s.notify(n.Method, jsonrpc.AppendNotification(nil, n.Method, params), func(f *flight) { s.notifyEnded(n.ID, f) })
}

// notifyEnded tells whether the server took a notification.
func (s *Session) notifyEnded(verb uint32, f *flight) {
	delete(s.notices, verb)
	d := &msg.Done{ID: verb, Outcome: msg.OutcomeResult, Result: []byte("{}")}
	if f.role != rolePipe && (f.failure != nil || !f.in.OK()) {
		a := s.unanswered(f, f.failure)
		d = &msg.Done{ID: verb, Outcome: a.outcome, Error: a.fault}
	}
	s.out.Emit(&msg.Effect{Done: d})
}
