package session

import (
	"errors"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/weburl"
)

// postEnded is where a POST without an answer so far gets its one outcome.
func (s *Session) postEnded(f *flight, failure *msg.Failure) {
	c := f.call
	if c == nil {
		return
	}
	if s.stream != nil && f.in.OK() && failure == nil {
		c.flight = nil // HTTP+SSE: 202 here, the answer comes on the stream
		return
	}
	if f.replayed {
		s.resumeEnded(f, failure)
		return
	}
	if s.authorize(f) || s.helpAgain(f) || s.sessionEnded(f, failure) {
		return
	}
	if f.whole(failure) && f.in.JSON() && !f.refused() && !f.busy() && s.message(f) {
		return
	}
	if s.resume(f, failure) || s.relisten(f, failure) {
		return
	}
	a := s.unanswered(f, failure)
	if s.tryAgain(f, failure, a) {
		return
	}
	s.finish(c, a)
}

// busy is an answer that asks for patience, whatever its body is.
func (f *flight) busy() bool { return f.in.Status == 429 || f.in.Status == 503 }

// whole says that the content came to its end: never parse a prefix.
func (f *flight) whole(failure *msg.Failure) bool { return failure == nil && f.in.Status != 0 }

// refused is 401 or 403: these are read as such before anything else, whatever their body is.
func (f *flight) refused() bool { return f.in.Status == 401 || f.in.Status == 403 }

// message reads the JSON content; false where that is no message of JSON-RPC, or does not answer the call.
func (s *Session) message(f *flight) bool {
	all, err := jsonrpc.ParseBatch(f.in.Content())
	if err != nil {
		f.why = reasonOf(err)
		return false
	}
	for i := range all {
		s.receive(f, &all[i])
	}
	return f.call == nil
}

// reasonOf is the parser's reason without the package's name before it.
func reasonOf(err error) string {
	var p *jsonrpc.ParseError
	if errors.As(err, &p) {
		return p.Reason
	}
	return err.Error()
}

// unreadable ends a call whose stream or content breaks the protocol.
func (s *Session) unreadable(f *flight, why string) {
	if c := f.call; c != nil {
		s.finish(c, answer{fault: s.broken(why), outcome: msg.OutcomeUnknown})
		s.abort(f)
		return
	}
	s.drop(f, why)
}

// unanswered is the outcome of an exchange that ended without a message for its call.
func (s *Session) unanswered(f *flight, failure *msg.Failure) answer {
	a := answer{fault: s.judge(f, failure), outcome: msg.OutcomeServerError, status: f.in.Status}
	switch {
	case failure == nil && f.in.Status == 0:
		a.outcome, a.stop = msg.OutcomeUnknown, true
	case failure != nil && f.in.Status == 0:
		// A browser may have blocked a header that only modern requests have, and let older ones pass.
		a.stop = failure.Kind != msg.FailBlocked
		a.outcome = msg.OutcomeNotSent
		if failure.Sent {
			a.outcome = msg.OutcomeUnknown
		}
	case failure != nil && f.in.OK():
		a.stop = true
		a.outcome = msg.OutcomeUnknown
	case failure != nil || f.refused() || f.in.Redirected() || f.busy():
		a.stop = true
	case f.in.OK():
		a.outcome = msg.OutcomeUnknown
	}
	return a
}

// What a server sent that is too large.
const (
	moreThanMost = "a message of more than 64 MiB"
	moreThanAll  = "a large message, while those under way hold more than 256 MiB together"
)

func (s *Session) tooLarge(what string) *msg.Error {
	return s.about(problem.New(problem.TooLarge, "The answer is too large", s.peer()+" sent "+what+".", "Ask the server for less at a time."))
}

// tooMuch ends what goes over a bound.
func (s *Session) tooMuch(f *flight, what string) {
	e := s.tooLarge(what)
	if c := f.call; c != nil {
		s.finish(c, answer{fault: e, outcome: msg.OutcomeUnknown, stop: true})
	}
	s.abort(f)
	if f.role == roleSSE {
		s.fail(e, msg.OutcomeUnknown)
	}
}

// redirected follows where that is allowed, and says why where it is not.
func (s *Session) redirected(f *flight) {
	hop := f.in.Next(f.url, f.out.Method, f.hops)
	if hop.Follow {
		s.follow(f, hop.To)
		return
	}
	if hop.Foreign {
		s.traceBlocked(f, hop.To, hop.Why)
	}
}

// follow sends the same request again: same method, same content, same headers, same origin.
func (s *Session) follow(f *flight, to weburl.URL) {
	next := &flight{role: f.role, call: f.call, rpc: f.rpc, url: to, out: f.out, hops: f.hops + 1, ended: f.ended, linger: f.linger,
		session: f.session, replayed: f.replayed}
	next.in = f.in.Anew()
	watched := f.idle != nil
	if watched {
		f.idle.Stop()
		f.idle = nil
	}
	if f.linger != nil {
		f.linger.Stop()
		next.linger = s.out.After(answerBound, func() { s.abort(next) })
	}
	f.linger = nil
	f.call, f.ended, f.role = nil, nil, roleNotify
	if next.call != nil {
		next.call.flight = next
	}
	if s.stream == f {
		s.stream = next
	}
	if s.ear.flight == f {
		s.ear.flight = next
	}
	s.letGo(f)
	s.send(next)
	switch {
	case watched && s.stream == next:
		next.idle = s.out.After(idleStream, s.sound)
	case watched:
		s.idle(next)
	}
}
