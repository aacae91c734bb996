package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// inputs is what a server wants to be told before it answers (2026-07-28, "Multi Round-Trip Requests").
type inputs struct {
	// state is requestState as it came; nil where there was none. Nobody looks into it.
	state []byte
	// wanted are the keys, in the server's order, with the answers that are there.
	wanted []input
	left   int
	rounds int
}

type input struct {
	key    string
	method string
	params []byte
	answer []byte
}

// The bounds of asking: so many inputs at once, and so many rounds for one request.
const (
	mostInputs = mostQuestions
	mostRounds = 32
)

// takesInput says whether a method may be answered with input_required ("Supported Requests").
func takesInput(method string) bool {
	return method == "tools/call" || method == "prompts/get" || method == "resources/read"
}

// needInput takes an InputRequiredResult: the questions are asked, and the request is sent again with the answers.
func (s *Session) needInput(c *call, result []byte) {
	in, e := s.readInputs(result)
	if c.inputs != nil && e == nil {
		in.rounds = c.inputs.rounds + 1
		if in.rounds >= mostRounds {
			e = s.broken("it asks for input more than 32 times for one request")
		}
	}
	if e != nil {
		s.finish(c, answer{fault: e, outcome: msg.OutcomeServerError})
		return
	}
	s.detach(c)
	c.ran = true // as far as to the question
	c.inputs, c.extra, c.told, c.stopped = in, nil, true, s.out.Now()
	if in.left == 0 && in.rounds == 0 {
		s.withInputs(c)
		return
	}
	if in.left == 0 {
		// A server may use a state alone to have us wait.
		c.resume = s.out.After(s.backoff(in.rounds-1, firstWait, longestWait), func() { s.withInputs(c) })
		return
	}
	for _, one := range in.wanted {
		s.ask(&question{call: c, key: one.key}, c.verb, one.method, one.params)
	}
}

// readInputs reads the result. The error is a server's that asks for what it may not.
func (s *Session) readInputs(result []byte) (*inputs, *msg.Error) {
	in := &inputs{}
	var e *msg.Error
	requests, twice := only(result, "inputRequests")
	state, twiceState := only(result, "requestState")
	switch {
	case twice || twiceState:
		return nil, s.broken("its InputRequiredResult has a member twice")
	case requests == nil && state == nil:
		return nil, s.broken("its InputRequiredResult has neither inputRequests nor requestState")
	case state != nil && state[0] != '"':
		return nil, s.broken("its requestState is no string")
	case requests != nil && requests[0] != '{':
		return nil, s.broken("its inputRequests is no object")
	}
	in.state = append([]byte(nil), state...)
	jsontext.Members(requests, func(key string, _ int, value []byte, _ int) bool {
		e = s.addInput(in, key, value)
		return e == nil
	})
	return in, e
}

func (s *Session) addInput(in *inputs, key string, request []byte) *msg.Error {
	method, _ := only(request, "method")
	params, _ := only(request, "params")
	name, ok := "", false
	if method != nil {
		name, ok = jsontext.Unquote(method)
	}
	for _, one := range in.wanted {
		if one.key == key {
			return s.broken("its inputRequests has a key twice")
		}
	}
	switch {
	case !ok:
		return s.broken("one of its inputRequests is no request")
	case len(in.wanted) == mostInputs:
		return s.broken("it asks for more than 16 inputs at once")
	}
	if code, _ := s.can.asks(name, params); code != 0 {
		return s.about(problem.New(problem.InputNeeded, "The server asks for input that nobody here can give", "It wants "+trace.Line(s.plan.Redact.Text(name))+".",
			"Call it with all that it needs in its arguments, or from where it can be answered."))
	}
	in.wanted = append(in.wanted, input{key: key, method: name, params: append([]byte(nil), params...)})
	in.left++
	return nil
}

// given takes one answer; the last one sends the request again. An error has no place in inputResponses, so it
// ends the request.
func (s *Session) given(q *question, a *msg.Answer) {
	c := q.call
	if c.task != nil {
		s.givenToTask(c, q.key, a)
		return
	}
	if c.inputs == nil {
		return
	}
	if len(a.Result) == 0 {
		s.finish(c, answer{fault: s.notGiven(a), outcome: msg.OutcomeServerError})
		return
	}
	for i := range c.inputs.wanted {
		if one := &c.inputs.wanted[i]; one.key == q.key && one.answer == nil {
			one.answer = append([]byte(nil), trim(a.Result)...)
			c.inputs.left--
		}
	}
	if c.inputs.left == 0 {
		s.withInputs(c)
	}
}

func (s *Session) notGiven(a *msg.Answer) *msg.Error {
	return s.about(problem.New(problem.InputNeeded, "The server asked for input, and none was given", trace.Line(s.plan.Redact.Text(a.Message)),
		"Call it again and answer, or give the answer beforehand."))
}

// withInputs sends the original request again with the answers and the server's own requestState: as a new request
// with a new id.
func (s *Session) withInputs(c *call) {
	in := c.inputs
	c.extra = nil
	if len(in.wanted) > 0 {
		c.extra = append(appendAnswers([]byte(`"inputResponses":`), in.wanted), ',')
	}
	if in.state != nil {
		c.extra = append(append(append(c.extra, `"requestState":`...), in.state...), ',')
	}
	c.extra = c.extra[:max(len(c.extra)-1, 0)]
	s.restart(c)
}

// appendAnswers appends an InputResponses object.
func appendAnswers(out []byte, all []input) []byte {
	out = append(out, '{')
	for _, one := range all {
		if one.answer != nil {
			out = append(jsontext.AppendString(comma(out), one.key), ':')
			out = append(out, one.answer...)
		}
	}
	return append(out, '}')
}

// forgetInputs takes back the questions of a call that is over.
func (s *Session) forgetInputs(c *call) {
	if c.inputs != nil || c.task != nil {
		s.withdraw(func(q *question) bool { return q.call == c })
	}
	if c.task != nil && c.task.timer != nil {
		c.task.timer.Stop()
	}
	c.inputs, c.extra = nil, nil
}

// withMembers is a JSON object with more members at its end; those of the same name go.
func withMembers(object, more []byte) []byte {
	names := map[string]bool{}
	whole := append(append([]byte{'{'}, more...), '}')
	jsontext.Members(whole, func(key string, _ int, _ []byte, _ int) bool {
		names[key] = true
		return true
	})
	out := []byte{'{'}
	if len(object) > 0 {
		jsontext.Members(object, func(key string, _ int, value []byte, _ int) bool {
			if !names[key] {
				out = append(jsontext.AppendString(comma(out), key), ':')
				out = append(out, value...)
			}
			return true
		})
	}
	if len(more) > 0 {
		out = append(comma(out), more...)
	}
	return append(out, '}')
}

// only is the raw text of an object's member, nil where there is none; twice says that it is there more than once,
// so that two readers could see two things.
func only(object []byte, name string) (value []byte, twice bool) {
	if len(object) == 0 || object[0] != '{' {
		return nil, false
	}
	jsontext.Members(object, func(key string, _ int, v []byte, _ int) bool {
		if key == name {
			twice = value != nil
			value = v
		}
		return !twice
	})
	return value, twice
}

// kindOf is a result's resultType ("ResultType", 2026-07-28): absent is complete.
func (s *Session) kindOf(m *jsonrpc.Message) (string, bool) {
	if !s.wire.InputRequired || m.Kind != jsonrpc.Response {
		return "complete", true
	}
	raw, twice := only(m.Result, "resultType")
	if raw == nil {
		return "complete", true
	}
	kind, ok := jsontext.Unquote(raw)
	return kind, ok && !twice
}
