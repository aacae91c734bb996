package host

import (
	"context"
	"encoding/json"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// ConnectOption is a choice for Connect.
type ConnectOption func(*connectOptions)

type connectOptions struct {
	connect    *msg.Connect
	session    *Session
	extensions map[string]json.RawMessage
}

// WithConnectTimeout bounds the whole of connecting; 30 s by default.
func WithConnectTimeout(d time.Duration) ConnectOption {
	return func(o *connectOptions) { o.connect.TimeoutMS = milliseconds(d) }
}

// WithRevision pins the revision of the specification, such as "2025-11-25", and spares finding out what the server
// speaks. A server that does not speak it is an error.
func WithRevision(revision string) ConnectOption {
	return func(o *connectOptions) { o.connect.Revision = revision }
}

// WithExtension declares an extension with its settings, a JSON object or nil for {}. The extension
// io.modelcontextprotocol/tasks is always declared.
func WithExtension(id string, settings json.RawMessage) ConnectOption {
	return func(o *connectOptions) { o.extensions[id] = settings }
}

// OnMessage gets notifications that belong to the session as a whole; params is JSON. Like OnGap, OnLog and OnState
// it is called in order, on a goroutine that the session has for all of them: one at a time. What waits when the
// session is closed is dropped; what waits when Connect fails is still told.
func OnMessage(f func(method string, params []byte)) ConnectOption {
	return func(o *connectOptions) { o.session.onMessage = f }
}

// OnGap is told that notifications may have been lost, and why: what must be current is to be listed or read again.
// Where the stream of a Listen broke, it is called among that Listen's notifications, on its goroutine.
func OnGap(f func(why string)) ConnectOption {
	return func(o *connectOptions) { o.session.onGap = f }
}

// OnLog gets the lines that a server's process writes to its standard error. They need not be errors. What a server
// logs over MCP are notifications/message: see WithLogLevel.
func OnLog(f func(line string)) ConnectOption {
	return func(o *connectOptions) { o.session.onLog = f }
}

// OnState gets each new state of the session, from its connecting on.
func OnState(f func(State)) ConnectOption {
	return func(o *connectOptions) { o.session.onState = f }
}

// OnSampling answers sampling/createMessage: params is a CreateMessageRequestParams, the answer a
// CreateMessageResult, as the revision in use has them. The context ends when the answer is not wanted any more. A
// person who does not agree is an *AnswerError with code -1. See OnElicitation for the rest.
func OnSampling(f func(ctx context.Context, params json.RawMessage) (json.RawMessage, error)) ConnectOption {
	return func(o *connectOptions) {
		o.session.answerers[samplingMethod] = func(ctx context.Context, a *msg.Ask) (json.RawMessage, error) {
			return f(ctx, a.Params)
		}
	}
}

const samplingMethod = "sampling/createMessage"

// Connect opens a session. The error is an *Error: errors.Is(err, host.HeaderRefused) and its like say
// what went wrong. A session that was opened must be closed.
func (c *Config) Connect(ctx context.Context, server string, options ...ConnectOption) (*Session, error) {
	s := newSession(c.client, c.client.nextID())
	o := connectOptions{
		connect: &msg.Connect{ID: c.client.nextID(), Session: s.id, Config: c.id, Server: server, SignIn: c.client.options.SignIn != nil},
		session: s, extensions: map[string]json.RawMessage{},
	}
	for _, option := range options {
		option(&o)
	}
	var err error
	if o.connect.Capabilities, err = capabilities(s, o.extensions); err != nil {
		return nil, err
	}
	c.client.mu.Lock()
	c.client.sessions[s.id] = s
	c.client.mu.Unlock()
	answer, err := c.client.ask(ctx, o.connect.ID, msg.Input{Connect: o.connect})
	if err == nil {
		err = ended(ctx, answer.Done)
	}
	if err != nil {
		s.forget()
		s.outbox.finish()
		return nil, err
	}
	s.greeting = answer.Done.Result
	return s, nil
}

// milliseconds rounds up, so that no time-out becomes "default".
func milliseconds(d time.Duration) uint32 {
	ms := (d + time.Millisecond - 1) / time.Millisecond
	return uint32(max(1, min(ms, 1<<31)))
}
