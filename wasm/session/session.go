// Package session is the life of one connection to one MCP server: finding its era, the handshake where
// it has one, requests and their one outcome each, notifications, and the end.
//
// A session never blocks and never looks at a clock: what happens is handed to it, what it wants done it
// tells its Outside.
package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/transport"
	"github.com/headfast/headfast/wasm/weburl"
	"hash/fnv"
	"io"
	"strconv"
)

// Outside is what a session can do: all of it at once and without waiting.
type Outside interface {
	// Emit hands an effect to the driver. Its byte slices are free again when Emit returns.
	Emit(*msg.Effect)
	// Send hands out an HTTP request and says under which ID its answer will come.
	Send(to transport.Receiver, h *msg.HTTP) uint32
	// After calls f once after d nanoseconds, unless the timer is stopped before.
	After(d int64, f func()) Timer
	// Now is the monotonic clock in nanoseconds.
	Now() int64
	// RequestID is a JSON-RPC id that was not used before and cannot be guessed.
	RequestID() string
	// Client is who we are.
	Client() revision.Client
	// Spawn starts a process and says under which ID what it writes will come.
	Spawn(to transport.Receiver, p *msg.Spawn) uint32
	// Ask puts a server's question to the driver and says under which ID its Answer will come; Withdraw takes it
	// back.
	Ask(s *Session, a *msg.Ask) uint32
	Withdraw(id uint32)
	// Met is what was found out about the server at an address before; Meet remembers it, and the zero Met forgets.
	Met(address string) Met
	Meet(address string, what Met)
	// Pause keeps all sessions' requests from an origin, or from one server on it, for d nanoseconds; Paused is how
	// long that still is.
	Pause(where string, d int64)
	Paused(where string) int64
	// Hold adds to what all sessions keep of messages under way, in bytes, and gives the sum.
	Hold(more int) int
	// Wall is the wall clock in milliseconds since the Unix epoch, Chance a number from 0 up to n, without n.
	Wall() int64
	Chance(n int64) int64
	// Gone says that the session is over: nothing more will come of it.
	Gone(s *Session)
	// Tracing says whether Trace effects are wanted.
	Tracing() bool
}

// Timer is one waiting call of After.
type Timer = authflow.Timer

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

	phase phase
	// wire is the revision in use, and what it has.
	wire revision.Wire
	// assumed says that the handshake is the one that another session found.
	assumed bool
	// pinned is the only revision that may be spoken, where the driver says so.
	pinned string
	// declared is the driver's ClientCapabilities as it goes out, can what of it matters here; theirs is the server's.
	declared []byte
	can      abilities
	theirs   []byte
	// inline says that the server has named no revision: it is sent modern requests all the same.
	inline bool
	// sessionID is the server's, of revisions before 2026-07-28.
	sessionID string
	// endpoint is where POSTs go: the plan's URL, or what an HTTP+SSE server names.
	// origin is the plan's.
	origin       string
	endpoint     weburl.URL
	endpointText string
	name         string
	version      string

	connect *connecting
	failure answer
	// closing are the Close verbs that wait for the end.
	closing []uint32
	closer  Timer
	calls   map[string]*call
	verbs   map[uint32]*call
	flights map[uint32]*flight
	// leaving is the one that is just handed out.
	leaving  *flight
	greeting []byte
	// stream is the GET of HTTP+SSE, pipe a process: either is where all answers come. ear is the GET of the
	// revisions from 2025-03-26 to 2025-11-25.
	stream *flight
	pipe   *flight
	ear    ear
	// waiting are the calls to be sent once the session is there again.
	waiting []*call
	// resting are the calls that will be sent again after a while.
	resting map[*call]bool
	revival revival
	// answering counts our answers to the server's requests that are under way, asks the questions that wait.
	answering int
	asks      map[uint32]*question
	// notices are the driver's Notifies that are under way.
	notices map[uint32]bool
	listens map[uint32]*listening
	cache   cache
	// mirrored are the arguments that each known tool wants in headers.
	mirrored mirrored
	logLevel string
	// seen are the ids of the last events, in order.
	seen      map[string]bool
	seenOrder []string
	said      chatter
	// patience bounds a step of the handshake that a server may leave out.
	patience Timer
	sign     signing
	// refusal is why Streamable HTTP does not go, while HTTP+SSE is tried.
	refusal *answer
}

// Met is what is known of a server from before.
type Met struct {
	// Legacy says that it is met by initialize, SSE that it speaks HTTP+SSE.
	Legacy, SSE bool
}

// connecting is the Connect verb under way.
type connecting struct {
	verb  uint32
	bound int64
	until int64
	timer Timer
}

// Open starts to connect, as the plan says, for the driver's Connect. account is nil where the plan allows no token.
func Open(out Outside, plan *resolve.Plan, c *msg.Connect, account *authflow.Account) *Session {
	return open(out, plan, c, signing{account: account, person: c.SignIn})
}

// Look is Open with what there is: the account's token is used, and no other is had, whatever the server says.
func Look(out Outside, plan *resolve.Plan, c *msg.Connect, account *authflow.Account) *Session {
	return open(out, plan, c, signing{account: account, content: true})
}

func open(out Outside, plan *resolve.Plan, c *msg.Connect, sign signing) *Session {
	s := &Session{
		out: out, id: c.Session, plan: plan, endpoint: plan.URL,
		calls: map[string]*call{}, verbs: map[uint32]*call{}, flights: map[uint32]*flight{}, asks: map[uint32]*question{}, notices: map[uint32]bool{}, resting: map[*call]bool{},
		listens: map[uint32]*listening{}, pinned: c.Revision, declared: append([]byte(nil), trim(c.Capabilities)...),
	}
	s.can = abilitiesOf(s.declared)
	s.origin = plan.URL.Origin()
	limit := bound(c.TimeoutMS, connectTimeout)
	s.connect = &connecting{verb: c.ID, bound: limit, until: out.Now() + limit, timer: out.After(limit, s.connectTimedOut)}
	s.sign = sign
	s.state(msg.PhaseConnecting)
	s.startHelped()
	return s
}

// begin is how to meet the server: as it was met before, else as the plan and the pin say.
func (s *Session) begin() event {
	met := s.out.Met(s.address())
	s.assumed = met != Met{} && s.pinned == "" && s.plan.Transport == config.HTTP
	switch {
	case s.plan.Transport == config.Stdio:
		s.spawn()
		if revision.HasInitialize(s.pinned) {
			return startLegacy
		}
	case s.plan.Transport == config.SSE || met.SSE && s.pinned == "":
		return startSSE
	case revision.HasInitialize(s.pinned), s.pinned == "" && met.Legacy:
		return startLegacy
	}
	return startModern
}

// address is what a server is remembered by. Two servers may share an origin, so the path belongs to it, and the
// query too: as its hash, since it may have a key.
func (s *Session) address() string {
	h := fnv.New64a()
	_, _ = io.WriteString(h, s.plan.URL.Query)
	return s.origin + s.plan.URL.Path + "#" + strconv.FormatUint(h.Sum64(), 16)
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
	return s.wire.Version
}

func (s *Session) transportName() string {
	switch {
	case s.plan.Transport == config.Stdio:
		return "stdio"
	case s.plan.Transport == config.SSE || s.stream != nil:
		return "http+sse"
	}
	return "streamable-http"
}
