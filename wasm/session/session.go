// Package session is the life of one connection to one MCP server: finding its era, the handshake where
// it has one, requests and their one outcome each, notifications, and the end.
//
// A session never blocks and never looks at a clock: what happens is handed to it, what it wants done it
// tells its Outside.
package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/weburl"
)

// Outside is what a session can do: all of it at once and without waiting.
type Outside interface {
	// Emit hands an effect to the driver. Its byte slices are free again when Emit returns.
	Emit(*msg.Effect)
	// Send hands out an HTTP request and says under which ID its answer will come.
	Send(s *Session, h *msg.HTTP) uint32
	// After calls f once after d nanoseconds, unless the timer is stopped before.
	After(d int64, f func()) Timer
	// Now is the monotonic clock in nanoseconds.
	Now() int64
	// RequestID is a JSON-RPC id that was not used before and cannot be guessed.
	RequestID() string
	// Client is who we are.
	Client() revision.Client
	// Gone says that the session is over: nothing more will come of it.
	Gone(s *Session)
	// Tracing says whether Trace effects are wanted.
	Tracing() bool
}

// Timer is one waiting call of After.
type Timer interface {
	Stop()
	// Reset moves it to d nanoseconds from now.
	Reset(d int64)
}

// The default bounds, in nanoseconds.
const (
	second         = int64(1e9)
	connectTimeout = 30 * second
	requestTimeout = 60 * second
	// longestRequest bounds a request whose progress keeps extending it.
	longestRequest = 3600 * second
	deleteTimeout  = 2 * second
)

// Session is one connection.
type Session struct {
	out  Outside
	id   uint32
	plan *resolve.Plan

	phase    phase
	revision string
	// inline says that the server has named no revision: it is sent modern requests all the same.
	inline bool
	// sessionID is the server's, of revisions before 2026-07-28.
	sessionID string
	// endpoint is where POSTs go: the plan's URL, or what an HTTP+SSE server names.
	endpoint     weburl.URL
	endpointText string
	name         string
	version      string

	connect *connecting
	failure answer
	// closing are the Close verbs that wait for the end.
	closing  []uint32
	closer   Timer
	calls    map[string]*call
	verbs    map[uint32]*call
	flights  map[uint32]*flight
	stream   *flight
	greeting []byte
	// answering counts our answers to the server's requests that are under way.
	answering int
}

// connecting is the Connect verb under way.
type connecting struct {
	verb  uint32
	bound int64
	timer Timer
}

// Open starts to connect, as the plan says, for the driver's Connect.
func Open(out Outside, plan *resolve.Plan, c *msg.Connect) *Session {
	s := &Session{
		out: out, id: c.Session, plan: plan, endpoint: plan.URL,
		calls: map[string]*call{}, verbs: map[uint32]*call{}, flights: map[uint32]*flight{},
	}
	limit := bound(c.TimeoutMS, connectTimeout)
	s.connect = &connecting{verb: c.ID, bound: limit, timer: out.After(limit, s.connectTimedOut)}
	s.state(msg.PhaseConnecting)
	if plan.Transport == config.SSE {
		s.move(startSSE)
	} else {
		s.move(startHTTP)
	}
	return s
}

// ID is the driver's name for the session.
func (s *Session) ID() uint32 { return s.id }

// Over says that nothing more will come of the session.
func (s *Session) Over() bool { return s.phase == over }

// bound is a time-out in nanoseconds, from milliseconds or the default.
func bound(ms uint32, otherwise int64) int64 {
	if ms == 0 {
		return otherwise
	}
	return int64(ms) * 1e6
}

func (s *Session) state(phase string) {
	s.out.Emit(&msg.Effect{State: &msg.State{
		Session: s.id, Server: s.plan.Server, Phase: phase, Revision: s.named(), Transport: s.transportName(),
		URL: s.plan.Show, ServerName: s.name, ServerVersion: s.version, Auth: s.plan.Auth,
	}})
}

// named is the revision that the server has agreed to, or empty.
func (s *Session) named() string {
	if s.inline {
		return ""
	}
	return s.revision
}

func (s *Session) transportName() string {
	if s.plan.Transport == config.SSE {
		return "http+sse"
	}
	return "streamable-http"
}
