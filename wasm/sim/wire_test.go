package sim

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

// exchange is an HTTP exchange or a process under way.
type exchange struct {
	id, session uint32
	spawn       bool
	method      string
	rpc         string // the method of the request or notification in it
	guarded     bool   // it is with an authorization server
	resumes     bool   // it names a last event
	ear         bool   // it is the session's own stream
	withSession bool
	status      uint32
	kind        string
	aborted     bool
	stopped     bool
	ended       bool
	failure     *msg.Failure
	attempt     *attempt
	content     []byte
	last        int64 // when something came
}

// stream says that it is an event stream.
func (x *exchange) stream() bool { return x.status/100 == 2 && x.kind == "text/event-stream" }

// attempt is one JSON-RPC request on the wire.
type attempt struct {
	id     string
	method string
	group  *group
	x      *exchange
	// answered says that its response was seen; refused that it says that nothing was run.
	answered, refused bool
}

// group are the attempts of all verbs that ask the same.
type group struct {
	session  uint32
	verbs    int
	attempts []*attempt
}

// ignored are the members of params that a further attempt may add or change.
var ignored = map[string]bool{"_meta": true, "cursor": true, "inputResponses": true, "requestState": true}

func (c *checker) group(session uint32, method string, params []byte) *group {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s", session, method)
	gjson.ParseBytes(params).ForEach(func(key, value gjson.Result) bool {
		if !ignored[key.Str] {
			b.WriteString("\n" + key.Str + "=" + strings.Map(noBreaks, value.Raw))
		}
		return true
	})
	g := c.groups[b.String()]
	if g == nil {
		g = &group{session: session}
		c.groups[b.String()] = g
	}
	return g
}

func noBreaks(r rune) rune {
	if r == '\n' || r == '\r' {
		return ' '
	}
	return r
}

// repeatable says that a method changes nothing by the protocol's own words, or is the session's own business.
func repeatable(method string) bool {
	switch method {
	case "server/discover", "resources/read", "prompts/get", "completion/complete", "ping", "tasks/get", "initialize",
		"subscriptions/listen", "resources/subscribe", "resources/unsubscribe", "logging/setLevel":
		return true
	}
	return strings.HasSuffix(method, "/list")
}

// ofSignIn tells a request to an authorization server, or for a document about one, from those to the MCP server: it
// asks for nothing but JSON.
func ofSignIn(h *msg.HTTP) bool {
	for _, f := range h.Headers {
		if f.Name == "Accept" {
			return f.Value == "application/json"
		}
	}
	return false
}

func (c *checker) http(h *msg.HTTP) {
	c.fresh(h.ID)
	x := &exchange{id: h.ID, session: h.Session, method: h.Method, last: c.now}
	c.exchanges[h.ID] = x
	if ofSignIn(h) {
		x.guarded, x.rpc = true, h.URL
		c.guarded(h)
		return
	}
	c.own(h)
	if v := c.verbs[h.Session]; len(v) > 0 && v[len(v)-1].kind == "login" { // the question that begins a Login
		x.rpc = rpcMethod(h.Body)
		return
	}
	if p := c.probes[h.Session]; p != nil {
		c.probed(p, x, h)
		return
	}
	s := c.active("request", h.Session)
	if s == nil {
		return
	}
	if s.origin == "" {
		s.origin = originOf(h.URL)
	} else if o := originOf(h.URL); o != s.origin {
		c.bad("I6.origin", "a request to %s instead of %s", o, s.origin)
	}
	for _, f := range h.Headers {
		x.resumes = x.resumes || f.Name == "Last-Event-ID"
		x.ear = x.ear || h.Method == "GET" && f.Name == "Last-Event-ID" && c.earIDs[f.Value]
		x.withSession = x.withSession || f.Name == "Mcp-Session-Id"
	}
	x.ear = x.ear || h.Method == "GET" && !x.resumes
	if h.Method == "POST" {
		c.request(x, h.Body)
	}
	c.bounds(h.Session)
}

func originOf(url string) string {
	scheme, rest, _ := strings.Cut(url, "://")
	host, _, _ := strings.Cut(rest, "/")
	host, _, _ = strings.Cut(host, "?")
	return scheme + "://" + host
}

func (c *checker) spawn(p *msg.Spawn) {
	c.fresh(p.ID)
	c.active("spawn", p.Session)
	for _, x := range c.exchanges {
		if x.spawn && x.session == p.Session && !x.stopped {
			c.bad("I5.orphan", "session %d starts process %d while its process %d was not told to stop", p.Session, p.ID, x.id)
		}
	}
	c.exchanges[p.ID] = &exchange{id: p.ID, session: p.Session, spawn: true}
}

func (c *checker) write(x *exchange, data []byte) {
	switch {
	case !x.spawn:
		c.bad("effect.write", "write to %d, which is no process", x.id)
	case x.stopped:
		c.bad("effect.write.closed", "write to process %d, whose input is closed", x.id)
	case len(data) == 0 || bytes.IndexByte(data, '\n') != len(data)-1:
		c.bad("wire.line", "a write that is not one line: %q", data)
	default:
		c.request(x, data)
	}
}

// request takes a JSON-RPC message on its way out.
func (c *checker) request(x *exchange, body []byte) {
	if !gjson.ValidBytes(body) {
		c.bad("wire.json", "what is sent is not JSON: %.100q", body)
		return
	}
	m := gjson.ParseBytes(body)
	id, method := m.Get("id"), m.Get("method")
	x.rpc = method.Str
	if !id.Exists() || !method.Exists() {
		return
	}
	if a := c.attempts[id.Str]; a != nil {
		if a.x.status/100 != 3 {
			c.bad("I2.id", "the id %s is used again", id.Str)
		}
		a.x, x.attempt = x, a // a redirect is followed by the same request
		return
	}
	c.stats.attempts++
	a := &attempt{id: id.Str, method: method.Str, x: x, group: c.group(x.session, method.Str, []byte(m.Get("params").Raw))}
	c.attempts[a.id], x.attempt = a, a
	ran := 0
	for _, old := range a.group.attempts {
		if old.mayHaveRun() {
			ran++
		}
	}
	if !repeatable(a.method) && ran >= max(a.group.verbs, 1) {
		c.bad("I2.repeat", "%s is sent as %s, though %d attempts of %d verbs may have run", a.method, a.id, ran, a.group.verbs)
	}
	a.group.attempts = append(a.group.attempts, a)
}

// mayHaveRun says whether an attempt can have been executed by the server.
func (a *attempt) mayHaveRun() bool {
	x := a.x
	switch {
	case a.refused:
		return false
	case x.ended && x.failure != nil && x.status == 0 && !x.failure.Sent && !x.spawn:
		return false
	case x.ended && x.spawn && x.failure != nil && (x.failure.Kind == msg.FailSpawn || x.failure.Kind == msg.FailUnsupported):
		return false
	case x.status/100 == 3, x.status == 401, x.status == 403:
		return false
	case (x.status == 404 || x.status == 400) && x.withSession:
		return false
	}
	return true
}

// honest compares an outcome with what was on the wire. Verbs that ask the same cannot be told apart.
func (c *checker) honest(v *verb, d *msg.Done) {
	g := v.group
	ran, answered, refused := 0, 0, 0
	for _, a := range g.attempts {
		if a.mayHaveRun() {
			ran++
		}
		if a.answered {
			answered++
		}
		if a.x.status >= 300 {
			refused++
		}
	}
	if g.verbs != 1 {
		return
	}
	switch d.Outcome {
	case msg.OutcomeNotSent:
		if ran > 0 && repeatable(v.method) {
			c.bad("I1.notsent-readonly", "%s %d is told as not sent, and %d attempts may have reached the server", v.method, v.id, ran)
		} else if ran > 0 {
			c.bad("I1.notsent", "%s %d is told as not sent, and %d attempts may have run", v.method, v.id, ran)
		}
	case msg.OutcomeUnknown:
		if len(g.attempts) == 0 {
			c.bad("I1.unknown", "%s %d is told as unknown, and was never on the wire", v.method, v.id)
		}
	case msg.OutcomeResult:
		if answered == 0 && !d.Cached {
			c.bad("I1.result", "%s %d has a result, and no attempt of it was answered", v.method, v.id)
		}
	case msg.OutcomeServerError:
		if len(g.attempts) == 0 {
			c.bad("I1.servererror", "%s %d is told as refused by the server, and was never on the wire", v.method, v.id)
		}
		if answered+refused == 0 && ran > 0 && !repeatable(v.method) {
			c.bad("I1.servererror", "%s %d is told as refused by the server, which has not answered it", v.method, v.id)
		}
	}
}

const mostExchanges = 128

func (c *checker) bounds(session uint32) {
	n := 0
	for _, x := range c.exchanges {
		if x.session == session && !x.aborted {
			n++
		}
	}
	if n > mostExchanges {
		c.bad("I5.exchanges", "%d exchanges of session %d are open", n, session)
	}
}
