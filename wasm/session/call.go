package session

import (
	"bytes"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
)

// call is one JSON-RPC request under way.
type call struct {
	// verb is the driver's Request, or 0 for the session's own.
	verb uint32
	// id is the JSON-RPC id: always a string, since there are servers that take nothing else.
	id     string
	method string
	params []byte
	// bare keeps our _meta out: initialize belongs to no modern revision.
	bare     bool
	progress bool
	pages    *pages
	timeout  int64
	// deadline is when the call's time is over, all its pages together; progress moves it.
	deadline int64
	begun    int64
	timer    Timer
	flight   *flight
	done     func(answer)
	// lastEvent, retry (nanoseconds) and fruitless are what its stream may be resumed with.
	lastEvent string
	retry     int64
	fruitless int
	resume    Timer
}

// answer is how a call ended: with the server's message, with a fault, or with both where the server's
// message is an error.
type answer struct {
	message *jsonrpc.Message
	fault   *msg.Error
	outcome string
	// session is the Mcp-Session-Id that came with it.
	session string
	// stop says that another handshake would meet the same.
	stop bool
}

func (a answer) fatal() bool { return a.stop }

// Request sends the driver's request, or answers at once why it cannot.
func (s *Session) Request(r *msg.Request) {
	if e := s.checkRequest(r); e != nil {
		s.out.Emit(&msg.Effect{Done: &msg.Done{ID: r.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	c := &call{verb: r.ID, method: r.Method, params: append([]byte(nil), trim(r.Params)...), progress: r.Progress,
		timeout: bound(r.TimeoutMS, requestTimeout)}
	if r.All {
		c.pages = newPages(r.Method)
	}
	c.done = func(a answer) { s.answered(c, a) }
	s.verbs[c.verb] = c
	c.begun, c.deadline = s.out.Now(), s.out.Now()+c.timeout
	s.start(c)
}

func (s *Session) checkRequest(r *msg.Request) *msg.Error {
	switch {
	case s.phase != ready:
		return s.about(problem.New(problem.SessionEnded, `The session with "`+s.plan.Server+`" is not open`, "", "Connect again."))
	case len(r.Params) > 0 && (jsontext.Valid(r.Params) != nil || trim(r.Params)[0] != '{'):
		return s.about(problem.New(problem.Usage, "params is not a JSON object", "", `Write an object such as {"name": "value"}.`))
	case s.verbs[r.ID] != nil:
		return s.about(problem.New(problem.Usage, "a request with this id is under way", "", "Use each id once."))
	}
	return nil
}

// trim takes JSON's white space off the front.
func trim(b []byte) []byte { return bytes.TrimLeft(b, " \t\r\n") }

// Room for what is written around params, so that a request is built without growing.
const (
	roomForMeta     = 320
	roomForEnvelope = 160
)

// start gives the call an id and sends it. A call of the session's own is bounded by the Connect.
func (s *Session) start(c *call) {
	c.id = s.out.RequestID()
	if c.timeout > 0 {
		c.timer = s.out.After(max(c.deadline-s.out.Now(), 0), func() { s.timedOut(c) })
	}
	s.calls[c.id] = c
	meta := revision.Meta{Client: s.out.Client()}
	if !c.bare && !s.sessionLegacy() {
		meta.Version = s.revision
	}
	if c.progress {
		meta.ProgressToken = c.id
	}
	params := meta.AppendParams(make([]byte, 0, len(c.params)+roomForMeta), c.params)
	if len(params) == 0 {
		params = nil
	}
	body := jsonrpc.AppendRequest(make([]byte, 0, len(params)+roomForEnvelope), c.id, c.method, params)
	s.post(c, body, revision.AppendHeaders(nil, s.headerRevision(c), c.method, params))
}

// headerRevision is the revision named in the request's headers: none in initialize, whose point is to
// find it.
func (s *Session) headerRevision(c *call) string {
	if c.bare {
		return ""
	}
	return s.revision
}

// finish ends a call: exactly once, whatever comes later.
func (s *Session) finish(c *call, a answer) {
	if s.calls[c.id] != c {
		return
	}
	delete(s.calls, c.id)
	if c.timer != nil {
		c.timer.Stop()
	}
	if c.resume != nil {
		c.resume.Stop()
	}
	if f := c.flight; f != nil {
		f.call, c.flight = nil, nil
		s.letGo(f)
	}
	c.done(a)
}

// answered ends the driver's request, or asks for the next page.
func (s *Session) answered(c *call, a answer) {
	if c.pages != nil && a.fault == nil {
		more, e := c.pages.add(c, a.message.Result)
		if more {
			s.start(c)
			return
		}
		if e != nil {
			a = answer{fault: s.about(e), outcome: msg.OutcomeServerError}
		}
	}
	delete(s.verbs, c.verb)
	d := &msg.Done{ID: c.verb, Outcome: a.outcome, Error: a.fault}
	if a.fault == nil {
		d.Result = a.message.Result
		if c.pages != nil {
			d.Result = c.pages.result(d.Result)
		}
	}
	s.out.Emit(&msg.Effect{Done: d})
}
