package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// perform does one effect, without waiting for anything.
func (c *Client) perform(e *msg.Effect) {
	switch {
	case e.HTTP != nil:
		c.begin(e.HTTP)
	case e.Abort != nil:
		c.abort(e.Abort.ID)
	case e.Spawn != nil:
		c.spawn(e.Spawn)
	case e.Write != nil:
		if p := c.process(e.Write.ID); p != nil {
			p.write(e.Write.Data)
		}
	case e.Stop != nil:
		if p := c.process(e.Stop.ID); p != nil {
			p.stop(e.Stop.How)
		}
	case e.Get != nil:
		c.get(e.Get)
	case e.Put != nil:
		c.put(e.Put)
	case e.Lock != nil:
		c.lock(e.Lock)
	case e.Unlock != nil:
		c.unlock(e.Unlock.ID)
	case e.Sign != nil:
		c.sign(e.Sign)
	case e.Await != nil:
		c.await(e.Await)
	case e.Reply != nil:
		c.replied(e.Reply)
	case e.Open != nil:
		c.openPage(e.Open)
	case e.Prompt != nil:
		c.prompt(e.Prompt)
	default:
		c.respond(e)
	}
}

// respond hands the answers of verbs to whoever waits for them.
func (c *Client) respond(e *msg.Effect) {
	switch {
	case e.Loaded != nil:
		c.answer(e.Loaded.ID, e)
	case e.Places != nil:
		c.answer(e.Places.ID, e)
	case e.Explained != nil:
		c.answer(e.Explained.ID, e)
	case e.Translated != nil:
		c.answer(e.Translated.ID, e)
	case e.Probed != nil:
		c.answer(e.Probed.ID, e)
	case e.Findings != nil:
		c.answer(e.Findings.ID, e)
	case e.Accounts != nil:
		c.answer(e.Accounts.ID, e)
	case e.Exported != nil:
		c.answer(e.Exported.ID, e)
	case e.Done != nil:
		c.answer(e.Done.ID, e)
	default:
		c.tell(e)
	}
}

// tell does the effects that only callbacks see.
func (c *Client) tell(e *msg.Effect) {
	switch {
	case e.Message != nil:
		c.hear(e.Message)
	case e.Ask != nil:
		c.asked(e.Ask)
	case e.Agree != nil:
		c.agree(e.Agree)
	case e.Withdraw != nil:
		c.withdraw(e.Withdraw.ID)
	case e.Gap != nil:
		c.gap(e.Gap)
	case e.Log != nil:
		c.log(e.Log)
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
		delete(c.fed, stream{id: h.ID})
		c.mu.Unlock()
	}()
}

func (c *Client) abort(id uint32) {
	c.mu.Lock()
	cancel, work, a := c.exchanges[id], c.works[id], c.awaits[id]
	c.mu.Unlock()
	switch {
	case cancel != nil:
		cancel()
	case work != nil:
		work()
	case a != nil:
		a.cancel()
	}
}

func (c *Client) session(id uint32) *Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sessions[id]
}

func (c *Client) gap(g *msg.Gap) {
	s := c.session(g.Session)
	if s == nil || s.onGap == nil {
		return
	}
	box := s.outbox
	if l := s.listener(g.Request); l != nil {
		box = l.outbox
	}
	c.deliver(box, func() { s.onGap(g.Why) })
}

func (c *Client) log(l *msg.Log) {
	if s := c.session(l.Session); s != nil && s.onLog != nil {
		c.deliver(s.outbox, func() { s.onLog(l.Text) })
	}
}

func (c *Client) state(st *msg.State) {
	s := c.session(st.Session)
	if s == nil {
		return
	}
	if st.Phase != msg.PhaseSigningIn {
		c.mu.Lock()
		c.endPages(st.Session)
		c.mu.Unlock()
	}
	s.setState(*st)
	if s.onState != nil {
		c.deliver(s.outbox, func() { s.onState(*st) })
	}
}
