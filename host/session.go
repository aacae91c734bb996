package host

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// State is a session's state: phase, revision of the specification, the server's name, and the decision
// about its credentials.
type State = msg.State

// Session is a connection to one server. It is safe for concurrent use.
type Session struct {
	client   *Client
	id       uint32
	greeting []byte
	outbox   *outbox
	// ctx ends with the session, and with it what the server waits for.
	ctx context.Context
	end context.CancelFunc

	// The callbacks do not change once the session is connecting.
	onMessage func(method string, params []byte)
	onGap     func(why string)
	onLog     func(line string)
	onState   func(State)
	answerers map[string]answerer

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
	s := &Session{client: c, id: id, outbox: newOutbox(), answerers: map[string]answerer{}, listeners: map[uint32]*listener{}}
	s.ctx, s.end = context.WithCancel(context.Background())
	return s
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

// Notify sends a notification; params is a JSON object or nil. It returns when the server has taken it.
func (s *Session) Notify(ctx context.Context, method string, params json.RawMessage) error {
	if len(params) > maxParams {
		return tooLarge()
	}
	id := s.client.nextID()
	answer, err := s.client.ask(ctx, id, msg.Input{Notify: &msg.Notify{ID: id, Session: s.id, Method: method, Params: params}})
	if err != nil {
		return err
	}
	return ended(ctx, answer.Done)
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

// listener is the one of a request, if it has one.
func (s *Session) listener(request uint32) *listener {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.listeners[request]
}

// Close ends the session: what is under way is cancelled, a session that the server knows is deleted, and a server
// that is a process is ended.
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
	s.outbox.close()
	if err != nil {
		return err
	}
	return failure(answer.Done.Error, "")
}

// forget ends what belongs to the session in the driver.
func (s *Session) forget() {
	s.client.mu.Lock()
	delete(s.client.sessions, s.id)
	s.client.mu.Unlock()
	s.client.leave(s.id)
	s.end()
}

func (s *Session) unexpected(method string, err error) error {
	e := problem.New(problem.Protocol, "The server's answer breaks the protocol", fmt.Sprintf("The result of %s cannot be read: %v.", method, err), "This is for the server's operator.")
	st := s.State()
	e.Server, e.URL = st.Server, st.URL
	return failure(e, msg.OutcomeServerError)
}

// misuse is an error of the caller's, before anything was sent.
func misuse(title, body string) error {
	return failure(problem.New(problem.Usage, title, body, ""), msg.OutcomeNotSent)
}
