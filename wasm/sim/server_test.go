package sim

import (
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

// server is a model of one: what it has run, whom it tells things, what it remembers.
type server struct {
	w         *world
	name      string
	modern    bool
	serial    int
	downUntil int64
	sessions  map[string]*remote
	tasks     map[string]*remoteTask
	// once are the nonces that were refused once already, asked what waits for an answer of the client's.
	once  map[string]bool
	asked map[string]func(gjson.Result)
	// listeners are the streams on which it tells things by itself; seq numbers what it tells.
	listeners []*conn
	seq       int
}

// remote is a session as the server knows it.
type remote struct {
	id string
	// stream is the stream of HTTP+SSE, ear the GET of Streamable HTTP; store are the events that can be sent again.
	stream *conn
	store  []stored
	serial int
}

type stored struct {
	id, data, of string
}

type remoteTask struct {
	nonce string
	polls int
}

func newServer(w *world, name string) *server {
	return &server{w: w, name: name, modern: name == "modern" || name == "pipe", sessions: map[string]*remote{}, tasks: map[string]*remoteTask{},
		once: map[string]bool{}, asked: map[string]func(gjson.Result){}}
}

// left takes it that a connection is gone.
func (s *server) left(c *conn) {
	for i, l := range s.listeners {
		if l == c {
			s.listeners = append(s.listeners[:i:i], s.listeners[i+1:]...)
			return
		}
	}
}

// restart is a crash: all connections break, what is in memory is gone, what was run stays run.
func (s *server) restart(down int64) {
	s.w.inject("restart of " + s.name)
	s.downUntil = s.w.now + down
	s.sessions, s.tasks, s.asked = map[string]*remote{}, map[string]*remoteTask{}, map[string]func(gjson.Result){}
	for _, id := range s.w.liveIDs() {
		if c := s.w.conns[id]; c != nil && c.srv == s && c.fault == "" {
			c.end(&msg.Failure{Kind: map[bool]string{true: msg.FailExit, false: msg.FailReset}[s.process()], Detail: "gone " + canary, Sent: true})
		}
	}
}

func (s *server) process() bool { return strings.HasSuffix(s.name, "pipe") }

// answer is what the server makes of a request: a result or an error, both as JSON.
type reply struct {
	result, fault string
	status        uint32
	// ask is a question to put to the client before; task says that nothing follows.
	ask string
}

const implementation = `"serverInfo":{"name":"sim","version":"1"}`

// handle runs a request. Only tools/call changes anything, and what it changes is counted.
func (s *server) handle(m gjson.Result) reply {
	p := m.Get("params")
	switch m.Get("method").Str {
	case "server/discover":
		if s.modern {
			return reply{result: `{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true},"resources":{}},` + implementation + `}`}
		}
	case "initialize":
		if !s.modern {
			v := p.Get("protocolVersion").Str
			if s.name == "old" || s.name == "oldpipe" {
				v = "2024-11-05"
			}
			return reply{result: `{"protocolVersion":"` + v + `","capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true},"logging":{}},` + implementation + `}`}
		}
	case "tools/list":
		s.serial++
		return reply{result: fmt.Sprintf(`{"tools":[{"name":"t","inputSchema":{"type":"object"}}],"ttlMs":%d}`, s.w.below(2)*1000)}
	case "resources/read", "prompts/get", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe", "completion/complete":
		return reply{result: `{"contents":[]}`}
	case "tasks/get":
		return s.taskState(p.Get("taskId").Str)
	case "tasks/update", "tasks/cancel":
		return reply{result: `{"resultType":"complete"}`}
	case "tools/call":
		return s.call(p)
	}
	return reply{fault: `{"code":-32601,"message":"Method not found ` + canary + `"}`, status: 404}
}

func (s *server) call(p gjson.Result) reply {
	nonce, mode := p.Get("arguments.nonce").Str, p.Get("arguments.mode").Str
	switch {
	case mode == "mismatch" && !s.once[nonce] && s.name == "modern":
		s.once[nonce] = true
		return reply{fault: `{"code":-32020,"message":"a header is missing"}`, status: 400}
	case mode == "outdated" && !s.once[nonce] && s.modern:
		s.once[nonce] = true
		return reply{fault: `{"code":-32022,"message":"revision","data":{"supported":["2026-07-28"],"requested":"x"}}`, status: 400}
	case mode == "ask" && s.modern && !p.Get("inputResponses").Exists():
		return reply{result: `{"resultType":"input_required","requestState":"` + nonce + `","inputRequests":{"a":{"method":"elicitation/create","params":{"mode":"form","message":"m","requestedSchema":{"type":"object","properties":{}}}}}}`}
	case mode == "ask" && !s.modern:
		return reply{ask: nonce}
	}
	s.execute(nonce)
	switch {
	case mode == "task" && s.modern:
		s.tasks["t-"+nonce] = &remoteTask{nonce: nonce}
		return reply{result: `{"resultType":"task","taskId":"t-` + nonce + `","status":"working","pollIntervalMs":700}`}
	case mode == "error":
		s.erred(nonce)
		return reply{fault: `{"code":-32603,"message":"it broke ` + canary + `","data":{"key":"` + canary + `"}}`, status: 200}
	}
	return reply{result: `{"resultType":"complete","content":[{"type":"text","text":"` + nonce + `"}]}`}
}

func (s *server) execute(nonce string) {
	if c := s.w.calls[nonce]; c != nil {
		if c.executed++; c.executed > 1 {
			s.w.check.bad("I2.executed", "%s has run %s %d times", s.name, nonce, c.executed)
		}
		if c.outcome == msg.OutcomeNotSent {
			s.w.check.bad("I1.notsent", "%s runs %s, which was told as not sent", s.name, nonce)
		}
		if s.w.chatty {
			s.w.log = append(s.w.log, "  # "+s.name+" runs "+nonce)
		}
	}
}

func (s *server) erred(nonce string) {
	if c := s.w.calls[nonce]; c != nil {
		c.erred = true
	}
}

func (s *server) taskState(id string) reply {
	t := s.tasks[id]
	if t == nil {
		return reply{fault: `{"code":-32602,"message":"no such task"}`, status: 400}
	}
	if t.polls++; t.polls < 3 {
		return reply{result: `{"resultType":"complete","taskId":"` + id + `","status":"working","pollIntervalMs":700}`}
	}
	return reply{result: `{"resultType":"complete","taskId":"` + id + `","status":"completed","result":{"content":[{"type":"text","text":"` + t.nonce + `"}]}}`}
}

// message is a response as JSON.
func message(id string, r reply) string {
	if r.fault != "" {
		return `{"jsonrpc":"2.0","id":` + id + `,"error":` + r.fault + `}`
	}
	return `{"jsonrpc":"2.0","id":` + id + `,"result":` + r.result + `}`
}

// tell sends a notification to all that listen.
func (s *server) tell() {
	s.seq++
	for _, c := range append([]*conn(nil), s.listeners...) {
		meta := ""
		if c.subscription != "" {
			meta = `"_meta":{"io.modelcontextprotocol/subscriptionId":"` + c.subscription + `"},`
		}
		text := fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{%s"seq":%d}}`, meta, s.seq)
		switch {
		case s.process():
			c.data(text + "\n")
		case c.session != nil && s.name == "legacy":
			c.data(c.session.event(text, "ear"))
		default:
			c.data("data: " + text + "\n\n")
		}
	}
	if s.name == "legacy" { // what happens while nobody listens can be asked for later
		for _, r := range s.sessions {
			if !s.heard(r) {
				r.event(fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"seq":%d}}`, s.seq), "ear")
			}
		}
	}
}

func (s *server) heard(r *remote) bool {
	for _, c := range s.listeners {
		if c.session == r {
			return true
		}
	}
	return false
}

// event is a message as an event with an id that can be resumed from.
func (r *remote) event(text, of string) string {
	r.serial++
	id := fmt.Sprintf("%s-%d", r.id, r.serial)
	r.store = append(r.store, stored{id, text, of})
	return "id: " + id + "\ndata: " + text + "\n\n"
}

func httpDate(unix int64) string {
	return time.Unix(unix, 0).UTC().Format("Mon, 02 Jan 2006 15:04:05") + " GMT"
}
