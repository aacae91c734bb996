package host

import (
	"context"
	"sync"

	"github.com/headfast/headfast/jsbridge/msg"
)

// backlog is how many messages may wait for a callback before the stream that brings them is read no
// further. Other streams are not held up.
const backlog = 4096

// outbox calls a session's callbacks in order, on one goroutine that lives only while there is work.
type outbox struct {
	mu      sync.Mutex
	idle    *sync.Cond
	pending []func()
	busy    bool
	closed  bool
}

func newOutbox() *outbox {
	o := &outbox{}
	o.idle = sync.NewCond(&o.mu)
	return o
}

func (o *outbox) add(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	o.pending = append(o.pending, f)
	if !o.busy {
		o.busy = true
		go o.run()
	}
}

func (o *outbox) run() {
	var work []func()
	for {
		o.mu.Lock()
		work, o.pending = o.pending, work[:0]
		if len(work) == 0 {
			o.busy = false
			o.idle.Broadcast()
			o.mu.Unlock()
			return
		}
		o.idle.Broadcast()
		o.mu.Unlock()
		for i, f := range work {
			work[i] = nil
			f()
		}
	}
}

// flush waits until all that was added is done.
func (o *outbox) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for o.busy {
		o.idle.Wait()
	}
}

// room waits until fewer than backlog messages wait.
func (o *outbox) room(ctx context.Context) {
	o.mu.Lock()
	enough := len(o.pending) <= backlog
	o.mu.Unlock()
	if enough {
		return
	}
	stop := context.AfterFunc(ctx, func() { o.mu.Lock(); o.idle.Broadcast(); o.mu.Unlock() })
	defer stop()
	o.mu.Lock()
	defer o.mu.Unlock()
	for len(o.pending) > backlog && !o.closed && ctx.Err() == nil {
		o.idle.Wait()
	}
}

func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed, o.pending = true, nil
	o.idle.Broadcast()
}

// deliver hands a message to the callback that asked for it, and says into which outbox; nil for none.
func (s *Session) deliver(m *msg.Message) *outbox {
	f, box := s.onMessage, s.outbox
	if m.Request != 0 {
		s.mu.Lock()
		if l := s.listeners[m.Request]; l != nil {
			f, box = l.f, l.outbox
		}
		s.mu.Unlock()
	}
	if f == nil {
		return nil
	}
	box.add(func() { f(m.Method, m.Params) })
	return box
}

// waitForRoom holds a stream's reader back while the callbacks that its last piece was for are behind. No
// other stream waits, so a callback may make requests itself (but on HTTP+SSE, which has one stream for all).
func (c *Client) waitForRoom(ctx context.Context, exchange uint32) {
	c.mu.Lock()
	boxes := c.fed[exchange]
	delete(c.fed, exchange)
	c.mu.Unlock()
	for _, box := range boxes {
		box.room(ctx)
	}
}
