package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"

	"github.com/headfast/headfast/jsbridge/msg"
)

// answerer is a callback for one of the methods that a server may ask for. It gives the result, a JSON object.
type answerer func(ctx context.Context, a *msg.Ask) (json.RawMessage, error)

// AnswerError is the error of JSON-RPC that a callback may answer a server with, such as code -1 for a person who
// does not want a sampling request. In 2026-07-28 there are no such errors: there the request of ours that the server
// asked for is given up. Of every other error the server learns only that there was one, as code -32603: its text
// may be nobody else's business.
type AnswerError struct {
	Code    int64
	Message string
}

// Error is the message.
func (e *AnswerError) Error() string { return e.Message }

// The codes of JSON-RPC 2.0, section 5.1, that we answer with.
const (
	methodNotFound = -32601
	invalidParams  = -32602
	internalError  = -32603
)

// asked runs the callback for an Ask on a goroutine of its own, with a context that ends when nobody waits for the
// answer any more. A panic in it is not recovered: it is a defect of the program, which a client that goes on would hide.
func (c *Client) asked(a *msg.Ask) {
	s := c.session(a.Session)
	var f answerer
	if s != nil {
		f = s.answerers[a.Method]
	}
	if f == nil {
		c.queue.push(nil, msg.Input{Answer: &msg.Answer{ID: a.ID, Code: methodNotFound, Message: "Method not found"}})
		return
	}
	ctx, cancel := context.WithCancel(s.ctx)
	c.mu.Lock()
	c.asks[a.ID] = cancel
	c.mu.Unlock()
	c.running.Go(func() {
		defer cancel()
		answer := &msg.Answer{ID: a.ID, Code: internalError, Message: "Internal error"}
		defer c.reply(answer) // also where f ends its goroutine, as testing.T.FailNow does
		result, err := f(ctx, a)
		fill(answer, result, err)
	})
}

// reply pushes an answer, unless the Ask was withdrawn.
func (c *Client) reply(answer *msg.Answer) {
	c.mu.Lock()
	_, wanted := c.asks[answer.ID]
	delete(c.asks, answer.ID)
	c.mu.Unlock()
	if wanted {
		c.queue.push(nil, msg.Input{Answer: answer})
	}
}

func (c *Client) withdraw(id uint32) {
	c.mu.Lock()
	cancel := c.asks[id]
	delete(c.asks, id)
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// fill writes a callback's outcome into the answer.
func fill(answer *msg.Answer, result json.RawMessage, err error) {
	var known *AnswerError
	switch {
	case errors.As(err, &known):
		answer.Code, answer.Message = known.Code, known.Message
	case err != nil:
	case len(result) > maxParams:
		answer.Message = "The answer has more than 32 MiB"
	case !isObject(result):
		answer.Message = "The answer is no JSON object"
	default:
		*answer = msg.Answer{ID: answer.ID, Result: bytes.TrimSpace(result)}
	}
}

func isObject(text json.RawMessage) bool {
	return startsWith(bytes.TrimLeft(text, " \t\r\n"), '{') && json.Valid(text)
}
