package host

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// State is a session's state: phase, revision of the specification, the server's name, and the decision
// about its credentials.
type State = msg.State

// Session is a connection to one server. It is safe for concurrent use.
type Session struct {
	client    *Client
	id        uint32
	greeting  []byte
	onMessage func(method string, params []byte)
	outbox    *outbox

	mu        sync.Mutex
	current   State
	listeners map[uint32]*listener
	closed    bool
}

// listener is the callback of one request, with its own goroutine: a callback may make requests itself.
type listener struct {
	f      func(method string, params []byte)
	outbox *outbox
}

func newSession(c *Client, id uint32) *Session {
	return &Session{client: c, id: id, outbox: newOutbox(), listeners: map[uint32]*listener{}}
}

// State is the session's state now.
func (s *Session) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

func (s *Session) setState(st State) {
	s.mu.Lock()
	s.current = st
	s.mu.Unlock()
}

// Greeting is the server's DiscoverResult or InitializeResult, as it was sent; "{}" for a server that has
// neither.
func (s *Session) Greeting() json.RawMessage { return s.greeting }

// Tool is one tool of a server; Raw is all of it, byte for byte.
type Tool struct {
	Name        string          `json:"name"`
	Title       string          `json:"title,omitempty"`
	Description string          `json:"description,omitempty"`
	InputSchema json.RawMessage `json:"inputSchema"`
	Annotations json.RawMessage `json:"annotations,omitempty"`
	Raw         json.RawMessage `json:"-"`
}

// Tools lists all tools, over all pages.
func (s *Session) Tools(ctx context.Context, options ...CallOption) ([]Tool, error) {
	result, err := s.request(ctx, &msg.Request{Method: "tools/list", All: true}, options)
	if err != nil {
		return nil, err
	}
	var list struct{ Tools []json.RawMessage }
	if err := json.Unmarshal(result, &list); err != nil {
		return nil, s.unexpected("tools/list", err)
	}
	tools := make([]Tool, len(list.Tools))
	for i, raw := range list.Tools {
		if err := json.Unmarshal(raw, &tools[i]); err != nil {
			return nil, s.unexpected("tools/list", err)
		}
		tools[i].Raw = raw
	}
	return tools, nil
}

// Call calls a tool. args is marshalled to a JSON object, or nil; a json.RawMessage goes as it is.
// A call that may have run is never repeated.
func (s *Session) Call(ctx context.Context, tool string, args any, options ...CallOption) (*CallResult, error) {
	params, err := json.Marshal(struct {
		Name      string `json:"name"`
		Arguments any    `json:"arguments,omitempty"`
	}{tool, args})
	if err != nil {
		return nil, failure(problem.New(problem.Usage, "The arguments cannot be written as JSON", err.Error()+".", ""), msg.OutcomeNotSent)
	}
	result, err := s.request(ctx, &msg.Request{Method: "tools/call", Params: params}, options)
	if err != nil {
		return nil, err
	}
	answer, err := readCallResult(result)
	if err != nil {
		return nil, s.unexpected("tools/call", err)
	}
	return answer, nil
}

// Request sends any MCP request; params is a JSON object or nil. The result is as the server sent it.
func (s *Session) Request(ctx context.Context, method string, params json.RawMessage, options ...CallOption) (json.RawMessage, error) {
	return s.request(ctx, &msg.Request{Method: method, Params: params}, options)
}

// maxParams bounds a request's params, in bytes: well within what crosses to the core at once, so that one caller
// cannot end the client of another.
const maxParams = 32 << 20

// CallOption is a choice for one request.
type CallOption func(*callOptions)

type callOptions struct {
	request  *msg.Request
	progress func(method string, params []byte)
}

// OnProgress asks for progress and gets each notification that belongs to the request, in order, on a
// goroutine of the session's own, all of them before the request returns. params is JSON.
func OnProgress(f func(method string, params []byte)) CallOption {
	return func(o *callOptions) { o.request.Progress, o.progress = true, f }
}

// WithTimeout bounds the request; 60 s by default. Progress gives it that time anew.
func WithTimeout(d time.Duration) CallOption {
	return func(o *callOptions) { o.request.TimeoutMS = milliseconds(d) }
}

func (s *Session) request(ctx context.Context, r *msg.Request, options []CallOption) (json.RawMessage, error) {
	if len(r.Params) > maxParams {
		return nil, failure(problem.New(problem.Usage, "The request is too large", "Its params have more than 32 MiB. Nothing was sent.", "Send less at a time."), msg.OutcomeNotSent)
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
	return answer.Done.Result, ended(ctx, answer.Done)
}

// listen sends a request's notifications to f. The function it returns waits until all have been handed
// over, and ends that.
func (s *Session) listen(request uint32, f func(method string, params []byte)) func() {
	l := &listener{f, newOutbox()}
	s.mu.Lock()
	s.listeners[request] = l
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		delete(s.listeners, request)
		s.mu.Unlock()
		l.outbox.flush()
	}
}

// Close ends the session: what is under way is cancelled, and a session that the server knows is deleted.
func (s *Session) Close(ctx context.Context) error {
	s.mu.Lock()
	was := s.closed
	s.closed = true
	s.mu.Unlock()
	if was {
		return nil
	}
	id := s.client.nextID()
	answer, err := s.client.ask(ctx, id, msg.Input{Close: &msg.Close{ID: id, Session: s.id}})
	s.forget()
	if err != nil {
		return err
	}
	return failure(answer.Done.Error, "")
}

func (s *Session) forget() {
	s.client.mu.Lock()
	delete(s.client.sessions, s.id)
	s.client.mu.Unlock()
	s.outbox.close()
}

func (s *Session) unexpected(method string, err error) error {
	e := problem.New(problem.Protocol, "The server's answer breaks the protocol", fmt.Sprintf("The result of %s cannot be read: %v.", method, err), "This is for the server's operator.")
	st := s.State()
	e.Server, e.URL = st.Server, st.URL
	return failure(e, msg.OutcomeServerError)
}
