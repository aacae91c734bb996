package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

const eventStream = "text/event-stream"

var acceptStream = msg.Header{Name: "Accept", Value: eventStream}

// openStream begins HTTP+SSE (2024-11-05, "HTTP with SSE"): a GET whose stream names the endpoint first.
func (s *Session) openStream() {
	s.endpoint, s.endpointText, s.sessionID = s.plan.URL, "", ""
	s.stream = &flight{role: roleSSE, url: s.plan.URL}
	s.fly(s.stream, "GET", nil, []msg.Header{acceptStream})
	s.stream.idle = s.out.After(idleStream, s.sound)
	if s.refusal != nil || s.assumed {
		s.patience = s.out.After(oldPatience, s.notOld)
	}
}

// sound asks whether a server is still there whose stream has been silent for long: it may have nothing to tell, or
// be half open. Without an answer in its time, the stream is given up (timedOut).
func (s *Session) sound() {
	f := s.stream
	if f == nil || s.phase != ready && s.phase != attaching {
		return
	}
	if f.idle != nil {
		f.idle.Stop()
	}
	f.idle = s.out.After(idleStream, s.sound)
	for _, c := range s.calls {
		if c.method == ping {
			return
		}
	}
	c := &call{method: ping, timeout: soundTime, begun: s.out.Now(), deadline: s.out.Now() + soundTime, done: func(answer) {}}
	s.start(c)
}

const ping = "ping"

// soundTime is how long a server has to answer that.
const soundTime = 20 * second

// oldPatience is how long an HTTP+SSE server may take to name its endpoint, where nobody said that it is one: a
// stream of Streamable HTTP says nothing.
const oldPatience = 5 * second

// mayBeOld says that the server refused initialize as one does that speaks HTTP+SSE only ("Backwards
// Compatibility", 2025-03-26 to 2026-07-28).
func (s *Session) mayBeOld(a answer) bool {
	if s.plan.Transport != config.HTTP || s.stream != nil || a.message != nil {
		return false
	}
	return a.status == 400 || a.status == 404 || a.status == 405
}

// notOld goes back to why Streamable HTTP did not go: it is what the configuration asks for. Where HTTP+SSE was only
// remembered, the server is met anew.
func (s *Session) notOld() {
	if s.refusal == nil {
		s.forgetMet()
		s.revival.by, s.revival.count = startModern, 0
		s.move(lost)
		return
	}
	why := *s.refusal
	s.refusal = nil
	if f := s.stream; f != nil {
		s.stream = nil
		f.role = roleNotify
		s.abort(f)
	}
	s.fail(why.fault, why.outcome)
}

// endpointNamed takes the endpoint event. It may name a place on the stream's own origin only: the
// configured headers go to every POST.
func (s *Session) endpointNamed(f *flight, ref string) {
	if s.phase != opening || s.stream != f {
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
	s.endpoint, s.endpointText, s.refusal = to, "", nil
	s.move(gotEndpoint)
}

func (s *Session) foreign(what string) *msg.Error {
	return s.about(problem.New(problem.ForeignEndpoint, "The server names a message endpoint on another origin",
		s.plan.URL.Authority()+": "+what+". The configured headers go to "+s.plan.URL.Origin()+" only, so nothing was sent there.",
		"Configure the other address itself if you trust it; else this is for the server's operator."))
}

// sseEnded takes the end of the stream, without which HTTP+SSE has no way to answer: what is under way ends, and the
// server is asked for another.
func (s *Session) sseEnded(f *flight, failure *msg.Failure) {
	if s.stream != f {
		return
	}
	if s.refusal != nil {
		s.notOld()
		return
	}
	switch s.phase {
	case closing, over, failed, reviving:
	case ready:
		s.lose(startSSE, "the server's stream broke off")
		s.brokenOff(answer{fault: s.judge(f, failure), outcome: msg.OutcomeUnknown})
	case opening:
		if f.refused() && (s.authorizeShake(f) || s.plan.Helper != nil && s.helpShake()) {
			return
		}
		s.fail(s.judge(f, failure), msg.OutcomeNotSent)
	default:
		s.fail(s.judge(f, failure), msg.OutcomeUnknown)
	}
}
