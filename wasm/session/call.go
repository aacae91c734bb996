package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/revision"
)

// call is one JSON-RPC request under way.
type call struct {
	// verb is the driver's Request or Listen, or 0 for the session's own.
	verb uint32
	// id is the JSON-RPC id: always a string, since there are servers that take nothing else. A call that is sent
	// again has a new one.
	id     string
	method string
	params []byte
	// extra are the members that a retry adds to params: what the server asked for, and its requestState.
	extra []byte
	// shake says that it is part of the handshake, and void when that begins anew.
	shake    bool
	progress bool
	fresh    bool
	logLevel string
	pages    *pages
	timeout  int64
	// deadline is when the call's time is over, all its pages together; progress moves it.
	deadline int64
	begun    int64
	timer    Timer
	flight   *flight
	done     func(answer)
	over     bool
	// sent says that the server may have it, sentAt since when; ran that it may have had it before.
	sent   bool
	sentAt int64
	ran    bool
	// held says that its clock stands still, since the server waits for an answer of ours, stopped since when.
	held     bool
	stopped  int64
	problems []msg.Error
	leftOut  leftOut
	cached   bool
	// told says that the server was given inputs, so that nothing of the answer may be kept.
	told bool

	resuming resuming
	again    attempts
	inputs   *inputs
	task     *task
	// listen says that it is subscriptions/listen, which goes on for ever.
	listen *subscription
	resume Timer
	// unwait gives up waiting for a token.
	unwait func()
}

// answer is how a call ended: with the server's message, with a fault, or with both where the server's
// message is an error.
type answer struct {
	message *jsonrpc.Message
	fault   *msg.Error
	outcome string
	// session is the Mcp-Session-Id that came with it, status the HTTP status.
	session string
	status  uint32
	// stop says that another handshake would meet the same.
	stop bool
}

func (a answer) fatal() bool { return a.stop }

// Room for what is written around params, so that a request is built without growing.
const (
	roomForMeta     = 320
	roomForEnvelope = 160
)

// start gives the call a new id and sends it, now or when the session and the origin take requests again. A call
// of the handshake is bounded by the Connect.
func (s *Session) start(c *call) {
	c.id, c.over, c.sent = s.out.RequestID(), false, false
	if c.timer != nil {
		c.timer.Stop()
	}
	if c.timeout > 0 {
		c.timer = s.out.After(max(c.deadline-s.out.Now(), 0), func() { s.timedOut(c) })
	}
	s.calls[c.id] = c
	if s.phase != ready && !c.shake {
		s.waiting = append(s.waiting, c)
		return
	}
	if pause := s.paused(); pause > 0 {
		c.resume = s.out.After(pause, func() { s.dispatch(c) })
		return
	}
	s.dispatch(c)
}

// dispatch sends a call that has been started.
func (s *Session) dispatch(c *call) {
	if c.sent || s.calls[c.id] != c {
		return
	}
	c.resume = nil
	if s.phase != ready && !c.shake {
		s.waiting = append(s.waiting, c)
		return
	}
	c.sent, c.sentAt = true, s.out.Now()
	params := s.paramsOf(c)
	body := jsonrpc.AppendRequest(make([]byte, 0, len(params)+roomForEnvelope), c.id, c.method, params)
	if s.pipe != nil {
		s.write(c.method, body)
		return
	}
	headers, e := s.mirror(s.headers(c, params), c, params)
	if e != nil {
		s.finish(c, answer{fault: e, outcome: msg.OutcomeNotSent})
		return
	}
	s.post(c, body, headers)
}

// paramsOf are the call's params as they go out; nil for none.
func (s *Session) paramsOf(c *call) []byte {
	meta := revision.Meta{Client: s.out.Client()}
	if !s.wire.Initialize {
		meta.Version, meta.Capabilities, meta.LogLevel = s.wire.Version, s.declared, c.logLevel
	}
	if c.progress {
		meta.ProgressToken = c.id
	}
	given := c.params
	if len(c.extra) > 0 {
		given = withMembers(c.params, c.extra)
	}
	params := meta.AppendParams(make([]byte, 0, len(given)+len(s.declared)+roomForMeta), given)
	if len(params) == 0 {
		return nil
	}
	return params
}

// headers are those of a request: none of the revision's in initialize, whose point is to find it.
func (s *Session) headers(c *call, params []byte) []msg.Header {
	if c.method == "initialize" {
		return nil
	}
	return s.wire.AppendHeaders(nil, c.method, params)
}

// detach leaves a call without its exchange, its timers and its id: what still comes for it is dropped.
func (s *Session) detach(c *call) {
	if s.calls[c.id] == c {
		delete(s.calls, c.id)
	}
	for _, t := range []Timer{c.timer, c.resume} {
		if t != nil {
			t.Stop()
		}
	}
	c.timer, c.resume, c.held = nil, nil, false
	if cancel := c.unwait; cancel != nil {
		c.unwait = nil
		cancel()
	}
	delete(s.resting, c)
	if f := c.flight; f != nil {
		f.call, c.flight = nil, nil
		s.letGo(f)
	}
}

// finish ends a call: exactly once, whatever comes later.
func (s *Session) finish(c *call, a answer) {
	if c.over {
		return
	}
	c.over = true
	s.detach(c)
	s.forgetInputs(c)
	c.done(a)
}

// watch bounds a call while something else goes before it.
func (s *Session) watch(c *call) {
	if c.timeout > 0 {
		c.timer = s.out.After(max(c.deadline-s.out.Now(), 0), func() { s.timedOut(c) })
	}
}

// own sends a request of the session's own.
func (s *Session) own(method string, params []byte, done func(answer)) *call {
	c := &call{method: method, params: params, timeout: requestTimeout, begun: s.out.Now(), deadline: s.out.Now() + requestTimeout, done: done}
	s.start(c)
	return c
}

// forgetOwn forgets the handshake's calls of this method, whose answers are of no use any more.
func (s *Session) forgetOwn(method string) {
	s.dropCalls(func(c *call) bool { return c.shake && c.method == method })
}
