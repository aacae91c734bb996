package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

var acceptStream = msg.Header{Name: "Accept", Value: "text/event-stream"}

// listen opens the GET stream of Streamable HTTP before 2026-07-28 ("Listening for Messages from the
// Server"). A server need not have one, so whatever it answers is no failure.
func (s *Session) listen() {
	f := &flight{role: roleListen, rpc: "", url: s.endpoint}
	s.fly(f, "GET", nil, append(s.versionHeader(), acceptStream))
}

// openStream begins HTTP+SSE (2024-11-05, "HTTP with SSE"): a GET whose stream names the endpoint first.
func (s *Session) openStream() {
	s.stream = &flight{role: roleSSE, url: s.plan.URL}
	s.fly(s.stream, "GET", nil, []msg.Header{acceptStream})
}

// streamOpened looks at the head of a GET's answer. What is no stream is of use only to say why.
func (s *Session) streamOpened(f *flight) {
	if !f.in.Stream() && f.role == roleListen {
		s.abort(f)
	}
}

// endpointNamed takes the endpoint event. It may name a place on the stream's own origin only: the
// configured headers go to every POST.
func (s *Session) endpointNamed(f *flight, ref string) {
	if s.phase != opening {
		s.drop(f, "a second endpoint event")
		return
	}
	to, err := f.url.Resolve(ref)
	if err != nil {
		s.fail(s.foreign("what it names cannot be used: "+trace.Line(s.plan.Redact.Text(err.Error()))), msg.OutcomeNotSent)
		return
	}
	if !to.SameOrigin(s.plan.URL) {
		s.traceBlocked(f, to, "the endpoint event names another origin")
		s.fail(s.foreign("it names "+s.plan.Shown(to)), msg.OutcomeNotSent)
		return
	}
	s.endpoint, s.endpointText = to, ""
	s.move(gotEndpoint)
}

func (s *Session) foreign(what string) *msg.Error {
	return s.about(problem.New(problem.ForeignEndpoint, "The server names a message endpoint on another origin",
		s.plan.URL.Authority()+": "+what+". The configured headers go to "+s.plan.URL.Origin()+" only, so nothing was sent there.",
		"Configure the other address itself if you trust it; else this is for the server's operator."))
}

// sseEnded ends everything: without its stream, HTTP+SSE has no way to answer.
func (s *Session) sseEnded(f *flight, failure *msg.Failure) {
	if s.phase == closing || s.phase == over || s.phase == failed {
		return
	}
	outcome := msg.OutcomeUnknown
	if s.phase == opening {
		outcome = msg.OutcomeNotSent
	}
	s.fail(s.judge(f, failure), outcome)
}
