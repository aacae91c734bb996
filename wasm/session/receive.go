package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/sse"
	"github.com/tidwall/gjson"
)

func notification(method string) []byte { return jsonrpc.AppendNotification(nil, method, nil) }

// versionHeader is what revisions since 2025-06-18 want on every request.
func (s *Session) versionHeader() []msg.Header {
	if !s.wire.VersionHeader {
		return nil
	}
	return []msg.Header{{Name: "MCP-Protocol-Version", Value: s.wire.Version}}
}

func (s *Session) feed(f *flight, data []byte) error {
	return f.in.Feed(data, func(ev sse.Event) error {
		f.events++
		if ev.ID != "" && s.replays(f, ev.ID) {
			return nil
		}
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

// notified hands a notification on, to whom it concerns.
func (s *Session) notified(f *flight, m *jsonrpc.Message) {
	s.cache.invalidate(m.Method, m.Params)
	c := f.call
	switch m.Method {
	case "notifications/progress":
		// Progress belongs to the request whose id is its token.
		token := gjson.GetBytes(m.Params, "progressToken")
		if c = s.calls[token.Str]; c == nil || !c.progress {
			s.drop(f, "progress for no request of ours")
			return
		}
		s.extend(c)
	case "notifications/cancelled":
		s.theirCancel(m)
		return
	case "notifications/tasks":
		if s.taskTold(m.Params) {
			return
		}
	}
	if of, named := s.subscriptionOf(m.Params); named && s.wire.Subscriptions {
		if c = of; c == nil {
			s.drop(f, "a notification of no subscription of ours")
			return
		}
	} else if s.tell(m) {
		return
	}
	var verb uint32
	if c != nil {
		verb = c.verb
		s.openAgain(c)
	}
	s.out.Emit(&msg.Effect{Message: &msg.Message{Session: s.id, Request: verb, Method: m.Method, Params: m.Params}})
}

// openAgain tells of the gap when the first message comes of a subscription that was opened again.
func (s *Session) openAgain(c *call) {
	if c.listen != nil && c.listen.reopened {
		c.listen.reopened = false
		s.gap(c.verb, "the subscription's stream broke off and is open again")
	}
}

// theirCancel takes the server's notifications/cancelled: for a request of its own before 2026-07-28, for a
// subscription since.
func (s *Session) theirCancel(m *jsonrpc.Message) {
	id, _ := only(m.Params, "requestId")
	if s.wire.Asks {
		s.uncalled(id)
		return
	}
	text, _ := jsontext.Unquote(id)
	if c := s.calls[text]; c != nil && c.listen != nil {
		s.tornDown(c)
	}
}

// mostEventIDs is how many ids of events are remembered, to know what is told twice.
const mostEventIDs = 1024

// replays says that an event on a stream that was opened again is one that came before: ids are the session's
// ("Resumability and Redelivery", 2025-11-25), and there are servers that tell from the beginning.
func (s *Session) replays(f *flight, id string) bool {
	if !s.wire.Resumes || s.stream != nil || len(id) > longestEventID {
		return false
	}
	seen := s.seen[id]
	if !seen {
		if s.seen == nil {
			s.seen = map[string]bool{}
		}
		s.seen[id] = true
		if s.seenOrder = append(s.seenOrder, id); len(s.seenOrder) > mostEventIDs {
			delete(s.seen, s.seenOrder[0])
			s.seenOrder = s.seenOrder[1:]
		}
	}
	return seen && f.replayed
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

// asked takes a request of the server's: ping is answered here, what the driver declared is put to it.
func (s *Session) asked(f *flight, m *jsonrpc.Message) {
	switch {
	case !s.wire.Asks:
		s.drop(f, "a request of the server's, which 2026-07-28 does not allow")
		return
	case len(m.ID) > longestID:
		s.drop(f, "a request with an id of more than 4 KiB")
		return
	case s.answering >= mostAnswers || len(s.asks) >= mostQuestions:
		s.drop(f, "more requests of the server's than can be answered at once")
		return
	}
	if m.Method == "ping" {
		s.respond(jsonrpc.AppendResult(nil, m.ID, []byte("{}")))
		return
	}
	if code, why := s.can.asks(m.Method, m.Params); code != 0 {
		s.respond(jsonrpc.AppendError(nil, m.ID, code, why))
		return
	}
	var verb uint32
	if f.call != nil {
		verb = f.call.verb
	}
	s.ask(&question{rpc: append([]byte(nil), m.ID...)}, verb, m.Method, m.Params)
}

// wrongID is what is wrong with an answer that cannot be taken.
const wrongID = "an answer to no request of ours"

// replied takes a response. It is taken only for a request that is outstanding on this very stream.
func (s *Session) replied(f *flight, m *jsonrpc.Message) {
	c := f.call
	id := m.StringID()
	if f.role == roleSSE || f.role == rolePipe || f.role == roleListen {
		c = s.calls[id]
	}
	anonymous := id == "" && m.Kind == jsonrpc.ErrorResponse && f.role == rolePost
	if c == nil || !c.sent || c.id != id && !anonymous {
		s.drop(f, wrongID)
		return
	}
	if !s.goesOn(c, f, m) {
		s.finish(c, s.read(f, m))
	}
}

// goesOn takes an answer that does not end the call: it wants input, has become a task, or says what to do better.
func (s *Session) goesOn(c *call, f *flight, m *jsonrpc.Message) bool {
	if m.Kind == jsonrpc.ErrorResponse {
		return s.correct(c, f, m.Code) || s.outdated(c, m.Code)
	}
	switch kind, ok := s.kindOf(m); {
	case !ok:
		return false
	case kind == "input_required" && takesInput(c.method) && c.verb != 0:
		s.needInput(c, m.Result)
	case kind == "task" && c.method == "tools/call" && s.can.tasks && c.verb != 0:
		s.becomeTask(c, m.Result)
	default:
		return false
	}
	return true
}

// read makes an answer of a response.
func (s *Session) read(f *flight, m *jsonrpc.Message) answer {
	if m.Kind == jsonrpc.ErrorResponse {
		return answer{message: m, fault: s.rpcError(f, m), outcome: msg.OutcomeServerError, status: f.in.Status}
	}
	a := answer{message: m, outcome: msg.OutcomeResult, session: f.in.Session, status: f.in.Status}
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
