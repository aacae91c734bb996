package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/sse"
	"github.com/tidwall/gjson"
)

func notification(method string) []byte { return jsonrpc.AppendNotification(nil, method, nil) }

// versionHeader is what revisions since 2025-06-18 want on every request.
func (s *Session) versionHeader() []msg.Header {
	if !revision.HasVersionHeader(s.revision) {
		return nil
	}
	return []msg.Header{{Name: "MCP-Protocol-Version", Value: s.revision}}
}

func (s *Session) feed(f *flight, data []byte) error {
	return f.in.Feed(data, func(ev sse.Event) error {
		switch {
		case ev.Type == "endpoint" && f.role == roleSSE:
			s.endpointNamed(f, string(ev.Data))
		case ev.Type == "" || ev.Type == "message":
			s.messages(f, ev.Data)
		}
		return nil
	})
}

// messages takes the text of one message, or of a batch (2025-03-26 only, but harmless to read).
func (s *Session) messages(f *flight, data []byte) {
	if len(data) == 0 {
		return
	}
	all, err := jsonrpc.ParseBatch(data)
	if err != nil {
		s.unreadable(f, reasonOf(err))
		return
	}
	for i := range all {
		s.receive(f, &all[i])
	}
}

func (s *Session) receive(f *flight, m *jsonrpc.Message) {
	switch m.Kind {
	case jsonrpc.Notification:
		s.notified(f, m)
	case jsonrpc.Request:
		s.asked(f, m)
	default:
		s.replied(f, m)
	}
}

// notified hands a notification on. Progress belongs to the request whose id is its token.
func (s *Session) notified(f *flight, m *jsonrpc.Message) {
	var verb uint32
	c := f.call
	if m.Method == "notifications/progress" {
		token := gjson.GetBytes(m.Params, "progressToken").String()
		if c = s.calls[token]; c == nil || !c.progress {
			s.drop(f, "progress for no request of ours")
			return
		}
		s.extend(c)
	}
	if c != nil {
		verb = c.verb
	}
	s.out.Emit(&msg.Effect{Message: &msg.Message{Session: s.id, Request: verb, Method: m.Method, Params: m.Params}})
}

// extend gives a request that makes progress its time anew, up to longestRequest in all ("Timeouts").
func (s *Session) extend(c *call) {
	if c.timer == nil {
		return
	}
	left := min(c.timeout, max(c.begun+longestRequest-s.out.Now(), 0))
	c.deadline = s.out.Now() + left
	c.timer.Reset(left)
}

// The bounds of what a server may make us answer: an id is echoed, and each answer is a request of ours.
const (
	longestID    = 4096
	mostAnswers  = 16
	answerBound  = 10 * second
	unwantedBody = 64 << 10
)

// asked answers a request of the server's. We declare no capability, so only ping has an answer.
func (s *Session) asked(f *flight, m *jsonrpc.Message) {
	switch {
	case !s.sessionLegacy():
		s.drop(f, "a request of the server's, which 2026-07-28 does not allow")
		return
	case len(m.ID) > longestID:
		s.drop(f, "a request with an id of more than 4 KiB")
		return
	case s.answering >= mostAnswers:
		s.drop(f, "more requests of the server's than can be answered at once")
		return
	}
	var body []byte
	if m.Method == "ping" {
		body = jsonrpc.AppendResult(nil, m.ID, []byte("{}"))
	} else {
		body = jsonrpc.AppendError(nil, m.ID, revision.CodeMethodNotFound, "Method not found")
	}
	s.answering++
	s.notify("answer", body, func() { s.answering-- })
}

// wrongID is what is wrong with an answer that cannot be taken.
const wrongID = "an answer to no request of ours"

// replied takes a response. It is taken only for a request that is outstanding on this very stream.
func (s *Session) replied(f *flight, m *jsonrpc.Message) {
	c := f.call
	id := m.StringID()
	if f.role == roleSSE {
		c = s.calls[id]
	}
	anonymous := id == "" && m.Kind == jsonrpc.ErrorResponse && f.role == rolePost
	if c == nil || c.id != id && !anonymous {
		s.drop(f, wrongID)
		return
	}
	s.finish(c, s.read(f, m))
}

// read makes an answer of a response.
func (s *Session) read(f *flight, m *jsonrpc.Message) answer {
	if m.Kind == jsonrpc.ErrorResponse {
		return answer{message: m, fault: s.rpcError(f, m), outcome: msg.OutcomeServerError}
	}
	a := answer{message: m, outcome: msg.OutcomeResult, session: f.in.Session}
	if e := s.checkResultType(m); e != nil {
		a.fault, a.outcome = e, msg.OutcomeServerError
	}
	return a
}

// drop leaves a message that belongs to nothing; the trace tells.
func (s *Session) drop(f *flight, what string) {
	f.why = what
	s.traceNote(f, "dropped: "+what)
}
