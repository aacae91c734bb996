package faults

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// The kinds of server, which are the paths: both eras of Streamable HTTP, each answering in JSON and in an event
// stream, and HTTP+SSE.
var kinds = []string{"modern", "modern-sse", "legacy", "legacy-sse", "sse"}

func modern(kind string) bool { return strings.HasPrefix(kind, "modern") }

// handle is the honest server.
func (s *server) handle(x *exchange) {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	if gate != nil && gate(x) {
		return
	}
	switch {
	case x.kind == "sse" && x.method == "GET":
		s.openSSE(x)
		return
	case x.kind == "sse":
		x.put(reply(405, "text/plain", "Method Not Allowed"))
		return
	case x.kind == "messages":
		x.kind = "sse"
		_, id, _ := strings.Cut(x.path, "=")
		if x.remote = s.remote(id); x.remote == nil {
			x.put(reply(404, "text/plain", "Could not find session"))
			return
		}
	case strings.HasPrefix(x.kind, "legacy") && x.rpc.Method != "initialize":
		if x.remote = s.remote(x.header["mcp-session-id"]); x.remote == nil {
			x.put(reply(404, "application/json", `{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}`))
			return
		}
		if x.method == "GET" {
			s.openEar(x)
			return
		}
		if x.method == "DELETE" {
			s.forget(x.remote)
			x.put(reply(200, "", ""))
			return
		}
	}
	if x.method != "POST" {
		x.put(reply(405, "text/plain", "Method Not Allowed"))
		return
	}
	s.message(x)
}

func (s *server) message(x *exchange) {
	if x.rpc.ID == nil {
		x.put(reply(202, "", ""))
		return
	}
	switch x.rpc.Method {
	case "server/discover":
		if !modern(x.kind) {
			x.fault(-32601, "Method not found")
			return
		}
		x.result(`"supportedVersions":["2026-07-28"],"ttlMs":0,"cacheScope":"private","capabilities":` + capabilities)
	case "initialize":
		version := "2025-11-25"
		if x.kind == "sse" {
			version = "2024-11-05"
		} else {
			x.remote = s.begin()
		}
		x.result(`"protocolVersion":"` + version + `","serverInfo":{"name":"faults","version":"1"},"capabilities":` + capabilities)
	case "tools/list":
		x.result(`"ttlMs":0,"cacheScope":"private","tools":[{"name":"run","inputSchema":{"type":"object","properties":{"nonce":{"type":"string"}}}}]`)
	case "tools/call":
		s.call(x)
	case "subscriptions/listen":
		s.subscribed(x)
	case "ping", "resources/subscribe", "resources/unsubscribe":
		x.result(``)
	default:
		x.fault(-32601, "Method not found")
	}
}

const capabilities = `{"tools":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true}}`

// call executes the tool, and then does with the answer as planned.
func (s *server) call(x *exchange) {
	nonce := x.nonce()
	s.mu.Lock()
	instead, plan := s.before[nonce], s.plans[nonce]
	s.mu.Unlock()
	if instead != nil {
		instead(x)
		return
	}
	s.mu.Lock()
	s.runs[nonce]++
	s.mu.Unlock()
	if plan != nil {
		plan(x)
		return
	}
	x.done()
}

// done is the honest answer to a call.
func (x *exchange) done() { x.answer(x.success()) }

// success is the message of the honest answer to a call.
func (x *exchange) success() string { return x.ok(content(x.nonce())) }

func content(text string) string { return `"content":[{"type":"text","text":` + quote(text) + `}]` }

func (x *exchange) result(members string) { x.answer(x.ok(members)) }

func (x *exchange) fault(code int, message string) {
	x.answer(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`, x.rpc.ID, code, message))
}

// ok is a response with a result of these members.
func (x *exchange) ok(members string) string { return x.okTo(string(x.rpc.ID), members) }

func (x *exchange) okTo(id, members string) string {
	if modern(x.kind) {
		members = strings.TrimSuffix(`"resultType":"complete",`+members, ",")
	}
	return `{"jsonrpc":"2.0","id":` + id + `,"result":{` + members + `}}`
}

// answer sends a message as this kind of server does.
func (x *exchange) answer(message string) {
	if x.kind == "sse" {
		x.put(reply(202, "text/plain", "Accepted"))
		x.remote.send(event("", message))
		return
	}
	x.put(x.inHTTP(message))
}

// inHTTP is a response with this message: in JSON, or in a stream.
func (x *exchange) inHTTP(message string) string {
	if x.streams() && x.rpc.Method == "tools/call" {
		return x.head(200, "text/event-stream", "Transfer-Encoding: chunked") + chunk(event("", message)) + lastChunk
	}
	return x.head(200, "application/json", "Content-Length: "+strconv.Itoa(len(message))) + message
}

func (x *exchange) streams() bool { return strings.HasSuffix(x.kind, "-sse") }

// head is a header section, with the session's id where there is one to tell.
func (x *exchange) head(status int, kind string, fields ...string) string {
	if x.rpc.Method == "initialize" && x.remote != nil && x.kind != "sse" {
		fields = append(fields, "Mcp-Session-Id: "+x.remote.id)
	}
	return headOf(status, kind, fields...)
}

func headOf(status int, kind string, fields ...string) string {
	text := fmt.Sprintf("HTTP/1.1 %d Whatever\r\n", status)
	if kind != "" {
		text += "Content-Type: " + kind + "\r\n"
	}
	for _, f := range fields {
		text += f + "\r\n"
	}
	return text + "\r\n"
}

// reply is a whole response.
func reply(status int, kind, body string, fields ...string) string {
	return headOf(status, kind, append(fields, "Content-Length: "+strconv.Itoa(len(body)))...) + body
}

func chunk(text string) string {
	return strconv.FormatInt(int64(len(text)), 16) + "\r\n" + text + "\r\n"
}

const lastChunk = "0\r\n\r\n"

func event(id, data string) string {
	if id != "" {
		id = "id: " + id + "\n"
	}
	return id + "data: " + data + "\n\n"
}

// begin makes a session.
func (s *server) begin() *remote {
	r := &remote{id: rand.Text()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[r.id] = r
	return r
}

func (s *server) remote(id string) *remote {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions[id]
}

func (s *server) forget(r *remote) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, r.id)
}

// remotes are the sessions that there are.
func (s *server) remotes() (all []*remote) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.sessions {
		all = append(all, r)
	}
	return all
}

// openSSE is the stream of HTTP+SSE: it ends with the connection, and the session with it.
func (s *server) openSSE(x *exchange) {
	x.remote = s.begin()
	defer s.forget(x.remote)
	x.remote.attach(x)
	x.put(headOf(200, "text/event-stream", "Connection: close"), "event: endpoint\ndata: /messages?id="+x.remote.id+"\n\n")
	x.hang()
}

// openEar is the GET stream, from the event on that is asked for.
func (s *server) openEar(x *exchange) {
	r := x.remote
	r.mu.Lock()
	text := headOf(200, "text/event-stream", "Connection: close") + ": hello\n\n"
	if last, err := strconv.Atoi(x.header["last-event-id"]); err == nil {
		for i := last; i < len(r.log); i++ {
			text += r.log[i]
		}
	}
	x.put(text)
	r.out = x
	r.mu.Unlock()
	x.hang()
}

// subscribed is the stream of subscriptions/listen.
func (s *server) subscribed(x *exchange) {
	x.remote = s.begin()
	defer s.forget(x.remote)
	x.put(headOf(200, "text/event-stream", "Connection: close"), event("", x.told("notifications/subscriptions/acknowledged", `"notifications":{"resourceSubscriptions":["x://seq"]}`)))
	x.remote.attach(x)
	x.hang()
}

// told is a notification, of the subscription where there are such.
func (x *exchange) told(method, members string) string {
	if modern(x.kind) {
		members = strings.TrimSuffix(`"_meta":{"io.modelcontextprotocol/subscriptionId":`+string(x.rpc.ID)+`},`+members, ",")
	}
	return `{"jsonrpc":"2.0","method":"` + method + `","params":{` + members + `}}`
}

// updated is a notification with a number, to see whether any is lost.
func (x *exchange) updated(n int) string {
	return x.told("notifications/resources/updated", fmt.Sprintf(`"uri":"x://seq","seq":%d`, n))
}

// progress is the n-th notification of a call.
func (x *exchange) progress(n int) string {
	var p struct {
		Meta struct {
			ProgressToken json.RawMessage `json:"progressToken"`
		} `json:"_meta"`
	}
	_ = json.Unmarshal(x.rpc.Params, &p)
	return fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":%s,"progress":%d}}`, p.Meta.ProgressToken, n)
}

func (r *remote) attach(x *exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.out = x
}

// send writes to the session's stream; false where there is none.
func (r *remote) send(text string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out != nil && r.out.put(text)
}

// stream is the session's stream, if there is one now.
func (r *remote) stream() *exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out
}

// lasting tells the n-th notification with an id; it is remembered, also where nobody hears it.
func (r *remote) lasting(x *exchange, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text := event(strconv.Itoa(len(r.log)+1), x.updated(n))
	r.log = append(r.log, text)
	if r.out != nil {
		r.out.put(text)
	}
}
