package host

import (
	"context"
	"slices"

	"github.com/headfast/headfast/jsbridge/msg"
)

// perform does one effect, without waiting for anything.
func (c *Client) perform(e *msg.Effect) {
	switch {
	case e.HTTP != nil:
		c.begin(e.HTTP)
	case e.Abort != nil:
		c.abort(e.Abort.ID)
	case e.Get != nil:
		c.get(e.Get)
	case e.Loaded != nil:
		c.answer(e.Loaded.ID, e)
	case e.Explained != nil:
		c.answer(e.Explained.ID, e)
	case e.Done != nil:
		c.answer(e.Done.ID, e)
	case e.Message != nil:
		c.message(e.Message)
	case e.State != nil:
		c.state(e.State)
	case e.Trace != nil:
		if c.options.Trace != nil {
			c.options.Trace(*e.Trace)
		}
	}
}

func (c *Client) answer(id uint32, e *msg.Effect) {
	c.mu.Lock()
	w := c.waiters[id]
	delete(c.waiters, id)
	c.mu.Unlock()
	if w != nil {
		w(e, nil)
	}
}

// get looks a value up. Only variables that a configuration names are ever asked for.
func (c *Client) get(g *msg.Get) {
	stored := &msg.Stored{ID: g.ID}
	if g.Store == "env" {
		stored.Value, stored.Found = c.options.Env(g.Key)
	}
	c.queue.push(nil, msg.Input{Stored: stored})
}

func (c *Client) begin(h *msg.HTTP) {
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	c.exchanges[h.ID] = cancel
	c.mu.Unlock()
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		x := &exchange{client: c, http: h}
		x.run(ctx)
		cancel()
		c.mu.Lock()
		delete(c.exchanges, h.ID)
		delete(c.fed, h.ID)
		c.mu.Unlock()
	}()
}

func (c *Client) abort(id uint32) {
	c.mu.Lock()
	cancel := c.exchanges[id]
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

func (c *Client) session(id uint32) *Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sessions[id]
}

func (c *Client) message(m *msg.Message) {
	s := c.session(m.Session)
	if s == nil {
		return
	}
	box := s.deliver(m)
	c.mu.Lock()
	defer c.mu.Unlock()
	if box != nil && c.exchanges[c.feeding] != nil && !slices.Contains(c.fed[c.feeding], box) {
		c.fed[c.feeding] = append(c.fed[c.feeding], box)
	}
}

func (c *Client) state(st *msg.State) {
	if s := c.session(st.Session); s != nil {
		s.setState(*st)
	}
}
