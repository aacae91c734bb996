package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/tidwall/gjson"
)

// task is a tools/call that the server has made a task of (Tasks extension, SEP-2663): it is asked for until it
// ends, and its result is the call's.
type task struct {
	id []byte // as a JSON string
	// poll is the server's own interval in nanoseconds.
	poll int64
	// asked are the keys of its inputRequests that were put to the driver: none is asked twice. pending are the
	// answers that are not sent yet.
	asked   map[string]bool
	pending []input
	waiting int
	failed  int
	timer   Timer
	// polling says that a tasks/get is under way: one at a time.
	polling bool
}

// The bounds of polling. A server that says nothing is asked every second.
const (
	shortestPoll = second / 10
	usualPoll    = second
	longestPoll  = 60 * second
	mostTaskKeys = 256
	longestTask  = 4096
)

// becomeTask takes a CreateTaskResult.
func (s *Session) becomeTask(c *call, result []byte) {
	id, twice := only(result, "taskId")
	if twice || len(id) < 3 || id[0] != '"' || len(id) > longestTask {
		s.finish(c, answer{fault: s.broken("its task has no taskId"), outcome: msg.OutcomeUnknown})
		return
	}
	s.detach(c)
	c.task = &task{id: append([]byte(nil), id...), asked: map[string]bool{}}
	if c.timeout > 0 {
		c.timer = s.out.After(max(c.deadline-s.out.Now(), 0), func() { s.timedOut(c) })
	}
	s.taskSeen(c, result)
}

// taskSeen looks at a task's state, from whichever message it came.
func (s *Session) taskSeen(c *call, state []byte) {
	s.out.Emit(&msg.Effect{Message: &msg.Message{Session: s.id, Request: c.verb, Method: "notifications/tasks", Params: state}})
	s.extend(c)
	if ms := gjson.GetBytes(state, "pollIntervalMs"); ms.Type == gjson.Number {
		c.task.poll = max(shortestPoll, min(int64(ms.Num*1e6), longestPoll))
	}
	status, _ := only(state, "status")
	switch string(status) {
	case `"working"`, `"input_required"`:
		s.taskWants(c, state)
		s.pollLater(c)
	case `"completed"`:
		s.taskCompleted(c, state)
	case `"failed"`:
		s.taskFailed(c, state)
	case `"cancelled"`:
		s.finish(c, answer{fault: s.about(problem.New(problem.Cancelled, "The server cancelled the task", s.taskSays(state), "")), outcome: msg.OutcomeCancelled})
	default:
		s.finish(c, answer{fault: s.broken("its task has a status that is not known"), outcome: msg.OutcomeUnknown})
	}
}

func (s *Session) taskSays(state []byte) string {
	return trace.Line(s.plan.Redact.Text(gjson.GetBytes(state, "statusMessage").Str))
}

func (s *Session) taskCompleted(c *call, state []byte) {
	result, twice := only(state, "result")
	if result == nil || twice {
		s.finish(c, answer{fault: s.broken("its completed task has no result"), outcome: msg.OutcomeUnknown})
		return
	}
	s.finish(c, answer{message: &jsonrpc.Message{Kind: jsonrpc.Response, Result: result}, outcome: msg.OutcomeResult})
}

func (s *Session) taskFailed(c *call, state []byte) {
	e := gjson.GetBytes(state, "error")
	said := trace.Line(s.plan.Redact.Text(e.Get("message").Str))
	if said == "" {
		said = s.taskSays(state)
	}
	fault := s.about(problem.New(problem.ServerError, "The server's task failed", said, ""))
	fault.RPCCode = e.Get("code").Int()
	s.finish(c, answer{fault: fault, outcome: msg.OutcomeServerError})
}

// pollLater asks for the task's state after its interval.
func (s *Session) pollLater(c *call) {
	wait := c.task.poll
	if wait == 0 {
		wait = usualPoll
	}
	if c.task.timer != nil {
		c.task.timer.Stop()
	}
	c.task.timer = s.out.After(wait, func() {
		if !c.over && !c.task.polling {
			c.task.polling = true
			s.own("tasks/get", s.taskParams(c, nil), func(a answer) { s.polled(c, a) })
		}
	})
}

func (s *Session) taskParams(c *call, more []byte) []byte {
	out := append([]byte(`{"taskId":`), c.task.id...)
	return append(append(out, more...), '}')
}

// polled takes the answer to tasks/get. One that fails is asked again a few times: the task goes on without us.
func (s *Session) polled(c *call, a answer) {
	c.task.polling = false
	switch {
	case c.over:
	case a.fault == nil:
		c.task.failed = 0
		s.taskSeen(c, a.message.Result)
	case a.message != nil && a.message.Code == revision.CodeInvalidParams || c.task.failed >= mostAttempts:
		s.finish(c, answer{fault: a.fault, outcome: msg.OutcomeUnknown})
	default:
		c.task.failed++
		s.pollLater(c)
	}
}

// taskWants puts the inputs that a task waits for to the driver, each once. What is too much at once comes again with
// the next state.
func (s *Session) taskWants(c *call, state []byte) {
	requests, _ := only(state, "inputRequests")
	jsontext.Members(requests, func(key string, _ int, value []byte, _ int) bool {
		if c.task.asked[key] || len(c.task.asked) >= mostTaskKeys {
			return true
		}
		if len(s.asks) >= mostQuestions {
			return false
		}
		in := &inputs{}
		if e := s.addInput(in, key, value); e != nil {
			s.cancelTask(c)
			s.finish(c, answer{fault: e, outcome: msg.OutcomeServerError})
			return false
		}
		c.task.asked[key] = true
		c.task.waiting++
		s.standStill(c)
		s.ask(&question{call: c, key: key}, c.verb, in.wanted[0].method, in.wanted[0].params)
		return true
	})
}

// standStill stops the call's clock while a person is asked.
func (s *Session) standStill(c *call) {
	if c.timer != nil {
		c.timer.Stop()
		c.timer, c.stopped = nil, s.out.Now()
	}
}

// givenToTask sends the answer on by tasks/update.
func (s *Session) givenToTask(c *call, key string, a *msg.Answer) {
	c.task.waiting--
	if len(a.Result) == 0 {
		s.cancelTask(c)
		s.finish(c, answer{fault: s.notGiven(a), outcome: msg.OutcomeServerError})
		return
	}
	if c.task.waiting == 0 && c.timeout > 0 {
		s.goesOnFrom(c)
		c.deadline = s.out.Now() + c.timeout
		c.timer = s.out.After(c.timeout, func() { s.timedOut(c) })
	}
	more := appendAnswers([]byte(`,"inputResponses":`), []input{{key: key, answer: trim(a.Result)}})
	s.own("tasks/update", s.taskParams(c, more), func(u answer) {
		if u.fault != nil && !c.over && u.message != nil {
			s.finish(c, answer{fault: u.fault, outcome: msg.OutcomeUnknown})
		}
	})
}

// cancelTask tells the server that its task is not wanted any more. It need not stop.
func (s *Session) cancelTask(c *call) {
	if s.phase == ready {
		s.own("tasks/cancel", s.taskParams(c, nil), func(answer) {})
	}
}

// taskTold takes notifications/tasks for a call that is a task.
func (s *Session) taskTold(params []byte) bool {
	id, _ := only(params, "taskId")
	for _, c := range s.sortedVerbs() {
		if c.task != nil && string(c.task.id) == string(id) {
			s.taskSeen(c, params)
			return true
		}
	}
	return false
}
