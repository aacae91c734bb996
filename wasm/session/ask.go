package session

import (
	"sort"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/revision"
)

// question is an Ask that waits for its Answer.
type question struct {
	// rpc is the id of the server's request, before 2026-07-28; else for is the call that needs the input.
	rpc  []byte
	call *call
	// key is the name of the input among the call's.
	key string
}

// mostQuestions bounds how many a session's server may have waiting.
const mostQuestions = 16

// ask puts a server's question to the driver. While one waits, no request's time runs in a session of before
// 2026-07-28, since it does not say which request it is for: a person may be reading.
func (s *Session) ask(q *question, verb uint32, method string, params []byte) {
	if q.call == nil {
		s.hold()
	}
	id := s.out.Ask(s, &msg.Ask{Session: s.id, Request: verb, Server: s.plan.Server, Method: method, Params: params})
	s.asks[id] = q
}

// Answer takes the driver's answer to an Ask.
func (s *Session) Answer(a *msg.Answer) {
	q := s.asks[a.ID]
	if q == nil {
		return
	}
	delete(s.asks, a.ID)
	if len(a.Result) > 0 && (jsontext.Valid(a.Result) != nil || trim(a.Result)[0] != '{') {
		a = &msg.Answer{ID: a.ID, Code: revision.CodeInternal, Message: "The client's answer is not a JSON object"}
	}
	if len(s.asks) == 0 {
		s.unhold()
	}
	if q.call != nil {
		s.given(q, a)
		return
	}
	s.reply(q.rpc, a)
}

// reply answers a request of the server's.
func (s *Session) reply(id []byte, a *msg.Answer) {
	if len(a.Result) > 0 {
		s.respond(jsonrpc.AppendResult(nil, id, trim(a.Result)))
		return
	}
	code, message := a.Code, a.Message
	if code == 0 {
		code, message = revision.CodeInternal, "The client gave no answer"
	}
	s.respond(jsonrpc.AppendError(nil, id, code, message))
}

// respond sends an answer of ours.
func (s *Session) respond(body []byte) {
	s.answering++
	s.notify("answer", body, func(*flight) { s.answering-- })
}

// hold stops the clocks of all requests, unhold has them begin anew ("Timeouts": a maximum stays).
func (s *Session) hold() {
	for _, c := range s.inOrder() {
		if c.timer != nil && c.verb != 0 {
			c.timer.Stop()
			c.timer, c.held, c.stopped = nil, true, s.out.Now()
		}
	}
}

func (s *Session) unhold() {
	for _, c := range s.inOrder() {
		if c.held {
			c.held = false
			s.goesOnFrom(c)
			left := min(c.timeout, max(c.begun+longestRequest-s.out.Now(), 0))
			c.deadline = s.out.Now() + left
			c.timer = s.out.After(left, func() { s.timedOut(c) })
		}
	}
}

// goesOnFrom leaves the time in which a call's clock stood still out of its hour.
func (s *Session) goesOnFrom(c *call) {
	if c.stopped > 0 {
		c.begun += s.out.Now() - c.stopped
		c.stopped = 0
	}
}

// inOrder are the calls that are out, in the order in which they began: a map has none.
func (s *Session) inOrder() []*call {
	all := make([]*call, 0, len(s.calls))
	for _, c := range s.calls {
		all = append(all, c)
	}
	sort.Slice(all, func(i, j int) bool { return before(all[i].id, all[j].id) })
	return all
}

// before compares two of our ids, which differ in the number at their end.
func before(a, b string) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

// questions are the Asks that wait, in order.
func (s *Session) questions() []uint32 {
	all := make([]uint32, 0, len(s.asks))
	for id := range s.asks {
		all = append(all, id)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	return all
}

// withdraw takes back the questions that which picks.
func (s *Session) withdraw(which func(*question) bool) {
	held := len(s.asks) > 0
	for _, id := range s.questions() {
		if which(s.asks[id]) {
			delete(s.asks, id)
			s.out.Withdraw(id)
		}
	}
	if held && len(s.asks) == 0 {
		s.unhold()
	}
}

// withdrawAll takes back what a server asked that is not there any more, but for what a call still needs.
func (s *Session) withdrawAll() { s.withdraw(func(q *question) bool { return q.call == nil }) }

// uncalled takes back the question of a request that the server cancels.
func (s *Session) uncalled(rpc []byte) {
	s.withdraw(func(q *question) bool { return q.call == nil && string(q.rpc) == string(rpc) })
}
