package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/transport"
	"github.com/headfast/headfast/wasm/weburl"
)

// role is what an HTTP exchange is for.
type role uint8

const (
	rolePost   role = iota // carries a call
	roleNotify             // carries a notification or an answer of ours; what comes back decides nothing
	roleListen             // the GET stream of revisions before 2026-07-28
	roleSSE                // the GET stream of HTTP+SSE, on which every answer comes
	roleDelete             // ends the server's session
	rolePipe               // a process
)

// flight is one HTTP exchange under way, or a process.
type flight struct {
	id   uint32
	role role
	call *call
	// rpc is the JSON-RPC method, for the trace.
	rpc   string
	url   weburl.URL
	out   msg.HTTP
	hops  int
	begun int64
	in    transport.Exchange
	// last is when something came of it.
	last int64
	// size counts the content, to bound what nobody reads; kept is what is held back of it until a message is whole.
	size int
	kept int
	// aborted says that we asked for the end.
	aborted bool
	// enough says that we asked for it because the rest of the content could not matter.
	enough bool
	linger Timer
	// why says what was wrong with the messages that came, if any came.
	why string
	// ended is called when nothing more comes, where somebody waits for that; failure is then set.
	ended   func(*flight)
	failure *msg.Failure
	// events counts what came on the stream, idle watches for silence on it.
	events int
	idle   Timer
	// session is the server's session that it named, replayed says that it named the last event.
	session  string
	replayed bool
	// token is the access token that went with it; empty for none.
	token string
	// lines cut a process's output.
	lines transport.Lines
}

// fly sends a request. Everything that goes to the server goes through here, so this is where the
// configured headers are put on: on every request to the server's origin, and on no other.
func (s *Session) fly(f *flight, method string, body []byte, headers []msg.Header) {
	if body != nil {
		headers = append(headers, msg.Header{Name: "Content-Type", Value: "application/json"})
	}
	if s.sessionID != "" {
		headers = append(headers, msg.Header{Name: "Mcp-Session-Id", Value: s.sessionID})
		f.session = s.sessionID
	}
	if f.role == roleListen {
		f.in.Limit(longestNotice)
	}
	f.out = msg.HTTP{Session: s.id, Method: method, Body: body, Headers: headers}
	s.send(f)
}

func (s *Session) send(f *flight) {
	h := f.out
	h.URL = s.text(f.url)
	if s.ours(f.url) {
		h.Headers = append(h.Headers[:len(h.Headers):len(h.Headers)], s.plan.Headers...)
		s.signRequest(f, &h)
	}
	f.begun = s.out.Now()
	s.leaving = f
	f.id = s.out.Send(s, &h)
	s.flights[f.id] = f
	s.traceSent(f)
}

// ours says whether a URL is on the server's origin: only there do configured headers go.
func (s *Session) ours(u weburl.URL) bool { return u == s.endpoint || u.SameOrigin(s.plan.URL) }

// text is the URL as it is sent; the endpoint's is made once.
func (s *Session) text(u weburl.URL) string {
	if u != s.endpoint {
		return u.String()
	}
	if s.endpointText == "" {
		s.endpointText = u.String()
	}
	return s.endpointText
}

// post sends a call's request to the endpoint.
func (s *Session) post(c *call, body []byte, headers []msg.Header) {
	f := &flight{role: rolePost, call: c, rpc: c.method, url: s.endpoint}
	if c.listen != nil {
		f.in.Limit(longestNotice)
	}
	c.flight = f
	s.fly(f, "POST", body, append(headers, accept))
	if c.listen != nil {
		s.idle(f)
	}
}

// accept is what every POST says that it can read ("Sending Messages", Streamable HTTP).
var accept = msg.Header{Name: "Accept", Value: "application/json, text/event-stream"}

// Head, Body and End take what comes back.

// Head takes the status and header section of one of our exchanges.
func (s *Session) Head(h *msg.Head) {
	f := s.flights[h.ID]
	if f == nil || f.aborted {
		return
	}
	f.in.Head(h)
	s.traceHead(f)
	if a := s.sign.account; a != nil {
		a.Nonce(f.in.Nonce)
		if f.token != "" && f.in.OK() {
			a.Worked(f.token)
			if c := f.call; c != nil && c.listen != nil && !a.Fresh() {
				c.again.tokens = 0 // a subscription outlives many tokens
			}
		}
	}
	switch {
	case f.in.Redirected():
		s.redirected(f)
	case f.role == roleListen:
		s.heard(f)
	}
}

// Body takes a piece of content.
func (s *Session) Body(b *msg.Body) {
	f := s.flights[b.ID]
	if f == nil || f.aborted {
		return
	}
	if f.role == rolePipe {
		if s.phase != failed && s.phase != closing && s.phase != over {
			s.piped(f, b.Data)
		}
		return
	}
	f.size += len(b.Data)
	f.last = s.out.Now()
	if f.idle != nil {
		f.idle.Reset(idleStream)
	}
	if f.role == roleNotify {
		if f.size > unwantedBody {
			s.abort(f)
		}
		return // what comes back to a notification decides nothing
	}
	if err := s.feed(f, b.Data); err != nil {
		s.tooMuch(f, moreThanMost)
		return
	}
	if !s.fits(f, f.in.Kept()) {
		s.tooMuch(f, moreThanAll)
		return
	}
	if !f.in.Stream() && f.size > maxUnread && !f.in.JSON() {
		f.enough = true
		s.abort(f)
	}
}

// The bounds of what all messages under way may hold together, in bytes, and of what one of them may that goes over.
const (
	mostKept = 256 << 20
	fairKept = 1 << 20
)

// fits notes what a flight holds back, and says whether there is room for it.
func (s *Session) fits(f *flight, kept int) bool {
	all := s.out.Hold(kept - f.kept)
	f.kept = kept
	return all <= mostKept || kept <= fairKept
}

// longestNotice bounds one message of a stream that carries no answers, in bytes.
const longestNotice = 4 << 20

// maxUnread is how much of an answer that is not ours is let in, in bytes.
const maxUnread = 1 << 20

// End takes the end of an exchange.
func (s *Session) End(e *msg.End) {
	f := s.flights[e.ID]
	if f == nil {
		return
	}
	delete(s.flights, e.ID)
	s.fits(f, 0)
	s.traceEnded(f, e.Failure)
	f.failure = e.Failure
	if f.enough {
		f.failure = nil
	}
	for _, t := range []Timer{f.linger, f.idle} {
		if t != nil {
			t.Stop()
		}
	}
	switch f.role {
	case rolePost:
		s.postEnded(f, f.failure)
	case roleSSE:
		s.sseEnded(f, f.failure)
	case roleListen:
		s.deaf(f, f.failure)
	case rolePipe:
		s.pipeEnded(f, f.failure)
	}
	if f.ended != nil {
		f.ended(f)
	}
}

// abort gives up on an exchange; its End still comes.
func (s *Session) abort(f *flight) {
	if f.aborted || s.flights[f.id] != f {
		return
	}
	f.aborted = true
	s.out.Emit(&msg.Effect{Abort: &msg.Abort{ID: f.id}})
}

// lingerTime is how long an exchange may go on after its answer: time for the server to end it, which
// keeps the connection usable.
const lingerTime = second

// letGo leaves an exchange that nobody waits for.
func (s *Session) letGo(f *flight) {
	if s.flights[f.id] == f && f.linger == nil {
		f.linger = s.out.After(lingerTime, func() { s.abort(f) })
	}
}
