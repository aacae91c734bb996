package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

func (s *Session) traceSent(f *flight) {
	if !s.out.Tracing() {
		return
	}
	t := s.line(f, "sent")
	for _, h := range s.plan.Auth.Header {
		if h.Sent {
			t.Header = append(t.Header, h)
		}
	}
	t.Header = append(t.Header, s.traced(f)...)
	s.emit(t)
}

// traceWritten tells of a message to a process.
func (s *Session) traceWritten(method string) {
	if !s.out.Tracing() {
		return
	}
	t := s.line(s.pipe, "sent")
	t.RPC = method
	s.emit(t)
}

func (s *Session) traceHead(f *flight) { s.traceNoted(f, "head", "") }

func (s *Session) traceEnded(f *flight, failure *msg.Failure) {
	note := ""
	if failure != nil && s.out.Tracing() {
		note = failure.Kind + ": " + trace.Line(s.plan.Redact.Text(failure.Detail))
	}
	s.traceNoted(f, "ended", note)
}

func (s *Session) traceNote(f *flight, note string) { s.traceNoted(f, "note", note) }

func (s *Session) traceNoted(f *flight, phase, note string) {
	if !s.out.Tracing() {
		return
	}
	t := s.line(f, phase)
	t.Note = note
	s.emit(t)
}

// traceBlocked tells of a request that was not sent, because configured headers would have gone to where
// they do not belong.
func (s *Session) traceBlocked(f *flight, to weburl.URL, why string) {
	if !s.out.Tracing() {
		return
	}
	t := s.line(f, "blocked")
	t.Exchange, t.Rule, t.Note, t.URL = 0, "egress", why, s.plan.Shown(to)
	s.emit(t)
}

func (s *Session) line(f *flight, phase string) *msg.Trace {
	return &msg.Trace{
		Session: s.id, Exchange: f.id, Phase: phase, Method: f.out.Method, URL: s.shown(f), RPC: trace.Line(s.plan.Redact.Text(f.rpc)),
		Rule: s.plan.Rule, Status: f.in.Status, ElapsedNS: s.out.Now() - f.begun,
	}
}

// shown is the exchange's URL for people; the plan's own may keep its query, since that is redacted.
func (s *Session) shown(f *flight) string {
	if f.url == s.plan.URL || f.role == rolePipe {
		return s.plan.Show
	}
	return s.plan.Shown(f.url)
}

func (s *Session) emit(t *msg.Trace) { s.out.Emit(&msg.Effect{Trace: t}) }
