package host

import (
	"context"
	"encoding/json"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// maxParams bounds what one call hands over, in bytes: well within what crosses to the core at once, so that one
// caller cannot end the client of another.
const maxParams = 32 << 20

func tooLarge() error {
	return failure(problem.New(problem.Usage, "The request is too large", "Its params have more than 32 MiB. Nothing was sent.", "Send less at a time."), msg.OutcomeNotSent)
}

// CallOption is a choice for one request.
type CallOption func(*callOptions)

type callOptions struct {
	request  *msg.Request
	progress func(method string, params []byte)
	warning  func(*Error)
	// grant is how a Login goes; empty is as the entry says.
	grant string
}

// OnProgress asks for progress and gets each notification that belongs to the request, in order, on a
// goroutine of the session's own, all of them before the request returns. params is JSON.
func OnProgress(f func(method string, params []byte)) CallOption {
	return func(o *callOptions) { o.request.Progress, o.progress = true, f }
}

// OnWarning gets what is to be said about a result that came, such as a tool that was left out of the list and why,
// before the request returns.
func OnWarning(f func(*Error)) CallOption {
	return func(o *callOptions) { o.warning = f }
}

// WithTimeout bounds the request; 60 s by default. Progress gives it that time anew, and the time in which a
// callback answers the server does not count.
func WithTimeout(d time.Duration) CallOption {
	return func(o *callOptions) { o.request.TimeoutMS = milliseconds(d) }
}

// Fresh asks the server though an earlier answer may still be used (2026-07-28, "Caching").
func Fresh() CallOption {
	return func(o *callOptions) { o.request.Fresh = true }
}

// WithLogLevel asks the server to log while it works on the request: messages of this level and above, from "debug"
// over "info", "notice", "warning", "error", "critical" and "alert" to "emergency". They are
// notifications/message, for OnProgress where they belong to the request and else for OnMessage. Before 2026-07-28
// the level is the whole session's.
func WithLogLevel(level string) CallOption {
	return func(o *callOptions) { o.request.LogLevel = level }
}

// Request sends any MCP request; params is a JSON object or nil. The result is as the server sent it.
func (s *Session) Request(ctx context.Context, method string, params json.RawMessage, options ...CallOption) (json.RawMessage, error) {
	return s.request(ctx, &msg.Request{Method: method, Params: params}, options)
}

func (s *Session) request(ctx context.Context, r *msg.Request, options []CallOption) (json.RawMessage, error) {
	if len(r.Params) > maxParams {
		return nil, tooLarge()
	}
	r.ID, r.Session = s.client.nextID(), s.id
	o := callOptions{request: r}
	for _, option := range options {
		option(&o)
	}
	if o.progress != nil {
		defer s.listen(r.ID, o.progress)()
	}
	answer, err := s.client.ask(ctx, r.ID, msg.Input{Request: r})
	if err != nil {
		return nil, err
	}
	o.warn(answer.Done)
	return answer.Done.Result, ended(ctx, answer.Done)
}

// warn hands over what is to be said about what came.
func (o *callOptions) warn(d *msg.Done) {
	if o.warning == nil {
		return
	}
	for _, p := range d.Problems {
		o.warning(&Error{reason: p})
	}
}

// list asks for all pages of a list method and gives the members of its array.
func (s *Session) list(ctx context.Context, method, array string, options []CallOption) ([]json.RawMessage, error) {
	result, err := s.request(ctx, &msg.Request{Method: method, All: true}, options)
	if err != nil {
		return nil, err
	}
	var all []json.RawMessage
	if err := members(result, map[string]any{array: &all}); err != nil {
		return nil, s.unexpected(method, err)
	}
	return all, nil
}

// params writes a request's params, which consist of what this package and its callers make.
func params(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, misuse("The arguments cannot be written as JSON", err.Error()+".")
	}
	return text, nil
}
