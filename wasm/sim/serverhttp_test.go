package sim

import (
	"fmt"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

// arrive takes a request that has got through.
func (s *server) arrive(c *conn) {
	m := gjson.ParseBytes(c.body)
	if r := s.sessions[c.headers["Mcp-Session-Id"]]; r != nil && s.name == "legacy" {
		c.session = r
	}
	switch {
	case c.method == "DELETE":
		delete(s.sessions, c.headers["Mcp-Session-Id"])
		c.head(200, "text/plain")
		c.end(nil)
	case c.method == "GET" && s.name == "old":
		s.openOld(c)
	case c.method == "GET" && s.name == "legacy":
		s.openEar(c)
	case c.method == "GET":
		c.head(405, "text/plain")
		c.end(nil)
	case s.name == "legacy" && c.session == nil && m.Get("method").Str != "initialize" && m.Get("method").Str != "server/discover":
		c.head(404, "application/json")
		c.data(`{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}`)
		c.end(nil)
	case !m.Get("method").Exists():
		s.answered(m)
		c.head(202, "")
		c.end(nil)
	case !m.Get("id").Exists():
		c.head(202, "")
		c.end(nil)
	case m.Get("method").Str == "subscriptions/listen" && s.modern:
		s.subscribe(c, m)
	default:
		s.post(c, m)
	}
}

// post answers a request: as JSON, as a stream, or on the stream of HTTP+SSE.
func (s *server) post(c *conn, m gjson.Result) {
	id := m.Get("id").Raw
	r := s.handle(m)
	var more []msg.Header
	if m.Get("method").Str == "initialize" && s.name == "legacy" && r.fault == "" {
		s.serial++
		c.session = &remote{id: fmt.Sprintf("s%d-%d", s.serial, s.w.rnd.Uint32())}
		s.sessions[c.session.id] = c.session
		more = append(more, msg.Header{Name: "Mcp-Session-Id", Value: c.session.id})
	}
	switch {
	case s.name == "old":
		s.onStream(c, id, r, m)
	case s.name == "legacy" && c.session != nil && m.Get("method").Str == "tools/call":
		s.streamed(c, id, r, m)
	case s.modern && m.Get("method").Str == "tools/call" && s.w.chance(500) && r.status < 400:
		s.spoil(c, m, 200, "text/event-stream", s.progress(m)+"data: "+message(id, r)+"\n\n", more)
	default:
		s.spoil(c, m, max(r.status, 200), "application/json", message(id, r), more)
	}
}

func (s *server) progress(m gjson.Result) string {
	token := m.Get("params._meta.progressToken")
	if !token.Exists() {
		return ": hello\n\n"
	}
	return `data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":` + token.Raw + `,"progress":1}}` + "\n\n"
}

// spoil sends an answer through the fault of its exchange.
func (s *server) spoil(c *conn, m gjson.Result, status uint32, kind, text string, more []msg.Header) {
	nonce := m.Get("params.arguments.nonce").Str
	half := s.w.below(len(text) + 1)
	switch c.fault {
	case "reset after":
		c.end(reset())
	case "silence after":
		c.mute = true
	case "reset in head":
		c.head(status, kind, more...)
		c.end(reset())
	case "cut":
		c.head(status, kind, more...)
		c.data(text[:half])
		c.end(reset())
	case "end in body":
		c.head(status, kind, more...)
		c.data(text[:half])
		c.end(nil)
	case "slow":
		c.head(status, kind, more...)
		c.data(text[:half])
		s.w.after(int64(s.w.below(90))*1e9, func() { c.data(text[half:]); c.end(nil) })
	case "502", "504":
		s.erred(nonce)
		c.head(map[string]uint32{"502": 502, "504": 504}[c.fault], "text/html")
		c.data("gateway")
		c.end(nil)
	case "garbage":
		c.head(status, kind, more...)
		c.data("data: {]\x00\n\n" + text[half:])
		c.end(nil)
	case "unknown id":
		c.head(status, kind, more...)
		c.data(strings.Replace(text, `"id":`, `"id":"other`+"\",\"was\":", 1))
		c.end(nil)
	case "twice":
		c.head(status, kind, more...)
		if kind == "text/event-stream" {
			text += text
		} else {
			text = "[" + text + "," + text + "]"
		}
		c.data(text)
		c.end(nil)
	case "html after":
		c.head(200, "text/html")
		c.data("<html>" + canary)
		c.end(nil)
	case "empty":
		c.head(200, kind)
		c.end(nil)
	case "202":
		c.head(202, "")
		c.end(nil)
	default:
		c.head(status, kind, more...)
		c.data(text)
		s.w.after(s.w.latency(), func() { c.end(nil) })
	}
}

// streamed answers on an event stream that can be resumed (2025-11-25).
func (s *server) streamed(c *conn, id string, r reply, m gjson.Result) {
	of := "post" + id
	first := c.session.event("", of)
	if c.fault != "" {
		s.spoil(c, m, 200, "text/event-stream", first+c.session.event(message(id, s.after(r, m)), of), nil)
		return
	}
	c.head(200, "text/event-stream")
	c.data("retry: 300\n" + first)
	finish := func(r reply) {
		text := c.session.event(message(id, r), of)
		c.data(text)
		s.w.after(s.w.latency(), func() { c.end(nil) })
	}
	if r.ask != "" {
		c.data(c.session.event(s.ask(r.ask, func() { finish(s.after(r, m)) }), of))
		return
	}
	switch s.w.below(4) {
	case 0: // the stream ends before its answer, which can be had by resuming
		s.w.inject("stream to be resumed")
		c.end(nil)
		s.w.after(int64(s.w.below(3000))*1e6, func() { c.session.event(message(id, r), of) })
	case 1:
		s.w.inject("stream broke off")
		c.end(reset())
		c.session.event(message(id, r), of)
	default:
		s.w.after(s.w.latency(), func() { finish(r) })
	}
}

// after is the reply once the client has answered.
func (s *server) after(r reply, m gjson.Result) reply {
	if r.ask == "" {
		return r
	}
	s.execute(r.ask)
	return reply{result: `{"content":[{"type":"text","text":"` + r.ask + `"}]}`}
}

// ask is a request of the server's; then is called when it was answered.
func (s *server) ask(nonce string, then func()) string {
	s.serial++
	id := fmt.Sprintf("ask-%d", s.serial)
	s.asked[id] = func(gjson.Result) { then() }
	return `{"jsonrpc":"2.0","id":"` + id + `","method":"elicitation/create","params":{"message":"m","requestedSchema":{"type":"object","properties":{}}}}`
}

func (s *server) answered(m gjson.Result) {
	if then := s.asked[m.Get("id").Str]; then != nil {
		delete(s.asked, m.Get("id").Str)
		then(m)
	}
}

// openEar opens the standalone stream, or resumes one.
func (s *server) openEar(c *conn) {
	if c.session == nil {
		c.head(404, "application/json")
		c.end(nil)
		return
	}
	last := c.headers["Last-Event-ID"]
	c.head(200, "text/event-stream")
	of, at := "ear", len(c.session.store)
	for i, e := range c.session.store {
		if e.id == last {
			of, at = e.of, i+1
		}
	}
	for _, e := range c.session.store[min(at, len(c.session.store)):] {
		if e.of == of {
			c.data("id: " + e.id + "\ndata: " + e.data + "\n\n")
		}
	}
	if of != "ear" {
		s.w.after(s.w.latency(), func() { c.end(nil) })
		return
	}
	s.listen(c)
}

// listen has a stream told what happens, until chance breaks it.
func (s *server) listen(c *conn) {
	c.events = true
	s.listeners = append(s.listeners, c)
	if !s.w.chance(s.w.faulty) {
		return
	}
	s.w.after(int64(s.w.below(120))*1e9, func() {
		if c.over {
			return
		}
		switch s.w.below(3) {
		case 0:
			s.w.inject("stream reset")
			c.end(reset())
		case 1:
			s.w.inject("stream ended")
			c.end(nil)
		default:
			s.w.inject("half open")
			c.mute = true
		}
	})
}

// subscribe answers subscriptions/listen with a stream that does not end.
func (s *server) subscribe(c *conn, m gjson.Result) {
	c.subscription = m.Get("id").Str
	c.head(200, "text/event-stream")
	c.data(`data: {"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"` + c.subscription + `"}}}` + "\n\n")
	s.listen(c)
}

// openOld opens the stream of HTTP+SSE.
func (s *server) openOld(c *conn) {
	s.serial++
	c.session = &remote{id: fmt.Sprintf("o%d", s.serial), stream: c}
	s.sessions["/m/"+c.session.id] = c.session
	c.head(200, "text/event-stream")
	c.data("event: endpoint\ndata: /m/" + c.session.id + "\n\n")
	s.listen(c)
}

// onStream answers on the session's stream, with 202 to the POST.
func (s *server) onStream(c *conn, id string, r reply, m gjson.Result) {
	to := s.sessions[c.path]
	say := func(text string) {
		if to != nil {
			to.stream.data("event: message\ndata: " + text + "\n\n")
		}
	}
	if c.fault != "" {
		if s.w.chance(500) {
			say(message(id, s.after(r, m)))
		} else if r.ask == "" && s.w.chance(300) {
			s.w.after(s.w.latency(), func() { say(message(id, r)) })
		}
		s.spoil(c, m, 202, "text/plain", "Accepted", nil)
		return
	}
	c.head(202, "text/plain")
	c.end(nil)
	if r.ask != "" {
		say(s.ask(r.ask, func() { say(message(id, s.after(r, m))) }))
		return
	}
	s.w.after(s.w.latency(), func() { say(message(id, r)) })
}
