package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync"
)

// session is what a legacy server remembers of a client. It ends with DELETE,
// with its stream (HTTP+SSE), with ForgetSessions and with the server.
type session struct {
	id      string
	version string
	ctx     context.Context
	end     context.CancelFunc
	out     chan []byte // HTTP+SSE only: what goes to the stream

	mu     sync.Mutex
	calls  map[string]context.CancelFunc // by the request's id, as JSON
	listen context.CancelFunc            // ends the GET stream that is open
}

// begin registers a request so that notifications/cancelled finds it. A
// disconnection does not cancel it (2025-11-25, "Sending Messages").
func (s *session) begin(id json.RawMessage) (context.Context, func()) {
	ctx, cancel := context.WithCancel(s.ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[string(id)] = cancel
	return ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.calls, string(id))
		cancel()
	}
}

// note takes a notification; only notifications/cancelled has an effect.
func (s *session) note(m message) {
	if m.method != "notifications/cancelled" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if cancel := s.calls[string(dig(m.params, "requestId"))]; cancel != nil {
		cancel()
	}
}

// stream gives the context of a new GET stream; an older one ends, as a message
// goes to one stream only ("Multiple Connections").
func (s *session) stream() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(s.ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listen != nil {
		s.listen()
	}
	s.listen = cancel
	return ctx, cancel
}

// sessions are those of every path of a server.
type sessions struct {
	mu  sync.Mutex
	all map[string]*session
}

func (t *sessions) open(ctx context.Context, version string) *session {
	ctx, end := context.WithCancel(ctx)
	s := &session{
		id: rand.Text(), version: version, ctx: ctx, end: end,
		out: make(chan []byte), calls: map[string]context.CancelFunc{},
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.all == nil {
		t.all = map[string]*session{}
	}
	t.all[s.id] = s
	return s
}

// get is nil for an unknown id.
func (t *sessions) get(id string) *session {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all[id]
}

func (t *sessions) drop(s *session) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.all, s.id)
	s.end()
}

func (t *sessions) dropAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.all {
		s.end()
	}
	clear(t.all)
}
