package sim

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// world is a driver, a network and servers, all from one seed. Its time is the rig's.
type world struct {
	*rig
	rnd     *rand.Rand
	events  events
	order   int
	conns   map[uint32]*conn
	servers map[string]*server
	// of is the entry that each session was opened with.
	of map[uint32]string
	// faulty is how likely a fault is, in a thousand; injected counts them by name.
	faulty   int
	injected map[string]int
	// force, if set, chooses the fault of an exchange instead of chance.
	force  func(*conn) string
	client client
	// among are the entries that are used.
	among []string
	calls map[string]*toolCall // by nonce
}

// toolCall is what is known of one tools/call, by its nonce.
type toolCall struct {
	nonce, server, mode string
	verb                uint32
	executed            int
	// erred says that the server, or what stands before it, answered with an error though it ran.
	erred   bool
	outcome string
}

type event struct {
	at    int64
	order int
	f     func()
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	return e[i].at < e[j].at || e[i].at == e[j].at && e[i].order < e[j].order
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

const simConfig = `{"mcpServers":{
"modern":{"type":"http","url":"http://modern.test/mcp","headers":{"X-API-Key":"${KEY}"}},
"legacy":{"type":"http","url":"http://legacy.test/mcp","headers":{"Authorization":"Bearer ${KEY}"}},
"old":{"type":"sse","url":"http://old.test/sse","headers":{"X-API-Key":"${KEY}"}},
"pipe":{"command":"modern-server","args":["--key","${KEY}"],"env":{"TOKEN":"${KEY}"}},
"oldpipe":{"command":"legacy-server","env":{"API_KEY":"${KEY}"}}}}`

var entries = []string{"modern", "legacy", "old", "pipe", "oldpipe"}

func newWorld(seed uint64, faulty int) *world {
	w := &world{rig: newRig(canary), rnd: rand.New(rand.NewPCG(seed, 7)), conns: map[uint32]*conn{}, servers: map[string]*server{}, of: map[uint32]string{},
		faulty: faulty, injected: map[string]int{}, calls: map[string]*toolCall{}, among: entries}
	w.client = client{w: w, seen: map[uint32]*telling{}}
	for _, name := range entries {
		w.servers[name] = newServer(w, name)
	}
	entropy := make([]byte, 32)
	for i := range entropy {
		entropy[i] = byte(w.rnd.Uint32())
	}
	w.do(msg.Input{Begin: &msg.Begin{Version: msg.Version, Schema: msg.SchemaHash, Entropy: entropy, Name: "sim", Trace: true}},
		msg.Input{Load: &msg.Load{ID: 1, Path: "sim.json", Dialect: "claude-code", Text: []byte(simConfig)}})
	return w
}

// after calls f later: d nanoseconds, and a little more, from now.
func (w *world) after(d int64, f func()) {
	w.order++
	heap.Push(&w.events, event{w.now + d, w.order, f})
}

func (w *world) below(n int) int { return w.rnd.IntN(n) }

// chance is true so many times in a thousand.
func (w *world) chance(perMille int) bool { return w.rnd.IntN(1000) < perMille }

// latency is a time on the wire.
func (w *world) latency() int64 { return int64(1+w.rnd.IntN(40)) * 1e6 }

// inject counts a fault.
func (w *world) inject(name string) string {
	w.injected[name]++
	if w.chatty {
		w.log = append(w.log, "  # fault: "+name)
	}
	return name
}

// do steps the core and performs what it wants.
func (w *world) do(in ...msg.Input) {
	fx := w.step(in...)
	for i := range fx {
		w.perform(&fx[i])
	}
}

func (w *world) perform(e *msg.Effect) {
	switch {
	case e.HTTP != nil:
		w.open(e.HTTP)
	case e.Spawn != nil:
		w.start(e.Spawn)
	case e.Abort != nil:
		if c := w.conns[e.Abort.ID]; c != nil {
			w.after(w.latency(), func() { c.end(&msg.Failure{Kind: msg.FailAborted, Detail: "aborted", Sent: true}) })
		}
	case e.Write != nil:
		if c := w.conns[e.Write.ID]; c != nil {
			line := append([]byte(nil), e.Write.Data...)
			c.srv.lineIn(c, line)
		}
	case e.Stop != nil:
		if c := w.conns[e.Stop.ID]; c != nil {
			c.srv.stop(c, e.Stop.How)
		}
	case e.Get != nil:
		id := e.Get.ID
		delete(w.check.gets, id)
		w.after(w.latency(), func() {
			w.do(msg.Input{Stored: &msg.Stored{ID: id, Found: true, Value: canary}})
		})
	default:
		w.client.told(e)
	}
}

// run lets the world go on until a moment: what happens first comes first.
func (w *world) run(to int64) {
	for w.idle < 200 {
		next := to
		if len(w.events) > 0 {
			next = min(next, w.events[0].at)
		}
		if w.deadline != 0 && w.deadline <= next {
			w.move(max(w.now, w.deadline))
			w.do()
			continue
		}
		if len(w.events) == 0 || w.events[0].at > to {
			break
		}
		w.move(max(w.now, next))
		heap.Pop(&w.events).(event).f()
	}
	w.move(max(w.now, to))
}

// conn is an exchange or a process as the network sees it.
type conn struct {
	w       *world
	id      uint32
	srv     *server
	session *remote
	method  string
	path    string
	headers map[string]string
	body    []byte
	fault   string
	// over says that its End was given; mute that nothing gets through any more; headed that it has a head.
	over, mute, headed bool
	// subscription is the id of the subscriptions/listen that it answers; events that it carries notifications.
	subscription string
	events       bool
	closed       bool // the process's standard input
}

// end gives the exchange its End, once.
func (c *conn) end(f *msg.Failure) {
	if c.over {
		return
	}
	c.over = true
	delete(c.w.conns, c.id)
	c.srv.left(c)
	c.w.do(msg.Input{End: &msg.End{ID: c.id, Failure: f}})
}

func (c *conn) head(status uint32, kind string, more ...msg.Header) {
	if c.over || c.mute || c.headed {
		return
	}
	c.headed = true
	c.w.do(msg.Input{Head: &msg.Head{ID: c.id, Status: status, Headers: append([]msg.Header{{Name: "Content-Type", Value: kind}}, more...)}})
}

func (c *conn) data(text string) {
	if !c.over && !c.mute && text != "" {
		c.w.do(msg.Input{Body: &msg.Body{ID: c.id, Data: []byte(text)}})
	}
}

func reset() *msg.Failure {
	return &msg.Failure{Kind: msg.FailReset, Detail: "connection reset, key was " + canary, Sent: true}
}

// before are faults that keep a request from the server, after those that let it run and spoil the answer.
var (
	faultsBefore = []string{"refused", "connect", "dns", "reset before", "silence before", "429", "503", "503 date", "redirect", "foreign", "html", "500", "404", "401"}
	faultsAfter  = []string{"reset after", "silence after", "reset in head", "cut", "end in body", "slow", "502", "504", "garbage", "unknown id", "twice", "html after", "empty", "202"}
)

// choose picks the fault of an exchange, or none.
func (w *world) choose(c *conn) string {
	if w.force != nil {
		if f := w.force(c); f != "" {
			return w.inject(f)
		}
		return ""
	}
	if !w.chance(w.faulty) {
		return ""
	}
	if w.chance(500) {
		return w.inject(faultsBefore[w.below(len(faultsBefore))])
	}
	return w.inject(faultsAfter[w.below(len(faultsAfter))])
}

// open takes a request to its server.
func (w *world) open(h *msg.HTTP) {
	c := &conn{w: w, id: h.ID, method: h.Method, headers: map[string]string{}, body: append([]byte(nil), h.Body...)}
	for _, f := range h.Headers {
		c.headers[f.Name] = f.Value
	}
	for _, name := range entries {
		if originOf(h.URL) == "http://"+name+".test" {
			c.srv = w.servers[name]
		}
	}
	if c.srv == nil {
		w.check.bad("I6.origin", "a request to %s", h.URL)
		return
	}
	c.path = strings.TrimPrefix(h.URL, "http://"+c.srv.name+".test")
	w.conns[c.id] = c
	c.fault = w.choose(c)
	fail := func(kind string, sent bool) {
		w.after(w.latency(), func() { c.end(&msg.Failure{Kind: kind, Detail: kind + " " + canary, Sent: sent}) })
	}
	status := func(status uint32, kind, text string, more ...msg.Header) {
		w.after(w.latency(), func() { c.head(status, kind, more...); c.data(text); c.end(nil) })
	}
	switch c.fault {
	case "refused", "connect", "dns":
		fail(c.fault, false)
	case "reset before":
		fail(msg.FailReset, true)
	case "silence before":
	case "429":
		status(429, "text/plain", "slow down "+canary, msg.Header{Name: "Retry-After", Value: fmt.Sprint(w.below(90))})
	case "503":
		status(503, "application/json", `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"busy"}}`, msg.Header{Name: "Retry-After", Value: fmt.Sprint(w.below(20))})
	case "503 date":
		status(503, "text/html", "busy", msg.Header{Name: "Retry-After", Value: httpDate(w.wall/1e9 + int64(w.below(20)))})
	case "redirect":
		status(307, "text/html", "", msg.Header{Name: "Location", Value: h.URL})
	case "foreign":
		status(307, "text/html", "", msg.Header{Name: "Location", Value: "http://evil.test/" + canary})
	case "html":
		status(200, "text/html", "<html>sign in "+canary+"</html>")
	case "500":
		status(500, "text/html", "oops "+canary)
	case "404":
		status(404, "text/plain", "not found")
	case "401":
		status(401, "application/json", `{"detail":"bad key `+canary+`"}`, msg.Header{Name: "WWW-Authenticate", Value: `Bearer error="invalid_token", error_description="` + canary + `"`})
	default:
		if w.down(c) {
			return
		}
		w.after(w.latency(), func() {
			if !c.over || w.chance(500) { // what was aborted on its way may arrive all the same
				c.srv.arrive(c)
			}
		})
	}
}

// down refuses while the server is being started again.
func (w *world) down(c *conn) bool {
	if w.now >= c.srv.downUntil {
		return false
	}
	w.after(w.latency(), func() { c.end(&msg.Failure{Kind: msg.FailRefused, Detail: "refused"}) })
	return true
}
