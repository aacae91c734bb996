package host

import (
	"context"
	"slices"
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

// close drops what waits.
func (o *outbox) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed, o.pending = true, nil
	o.idle.Broadcast()
}

// finish takes no more; what waits is still done.
func (o *outbox) finish() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closed = true
	o.idle.Broadcast()
}

// hear performs a Message.
func (c *Client) hear(m *msg.Message) {
	s := c.session(m.Session)
	if s == nil {
		return
	}
	f, box := s.onMessage, s.outbox
	if l := s.listener(m.Request); l != nil {
		f, box = l.f, l.outbox
	}
	if f != nil {
		c.deliver(box, func() { f(m.Method, m.Params) })
	}
}

// deliver hands a callback's work over, and remembers which stream it came from.
func (c *Client) deliver(box *outbox, f func()) {
	box.add(f)
	c.mu.Lock()
	defer c.mu.Unlock()
	id := c.feeding.id
	if (c.exchanges[id] != nil || c.processes[id] != nil) && !slices.Contains(c.fed[c.feeding], box) {
		c.fed[c.feeding] = append(c.fed[c.feeding], box)
	}
}

// waitForRoom holds a stream's reader back while the callbacks that its last piece was for are behind. No
// other stream waits, so a callback may make requests itself (but HTTP+SSE and a process have one stream for all:
// there a callback that is thousands of messages behind and waits for an answer waits in vain).
func (c *Client) waitForRoom(ctx context.Context, exchange uint32) {
	c.waitForStream(ctx, stream{id: exchange})
}

func (c *Client) waitForStream(ctx context.Context, from stream) {
	c.mu.Lock()
	boxes := c.fed[from]
	delete(c.fed, from)
	c.mu.Unlock()
	for _, box := range boxes {
		box.room(ctx)
	}
}
