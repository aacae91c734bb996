package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// reply is what a verb came to.
type reply struct {
	answer *msg.Effect
	err    error
}

// ask sends a verb and waits for its answer. When ctx ends first, the verb is cancelled, and the answer
// that then comes is returned: an outcome is never lost.
func (c *Client) ask(ctx context.Context, id uint32, in msg.Input) (*msg.Effect, error) {
	got, err := c.begun(id, in)
	if err != nil {
		return nil, err
	}
	select {
	case r := <-got:
		return r.answer, r.err
	case <-ctx.Done():
	}
	c.giveUp(ctx, id)
	r := <-got
	return r.answer, r.err
}

// query is ask for what changes nothing: when ctx ends first, nobody waits for the answer, which a keychain may keep
// back for minutes.
func (c *Client) query(ctx context.Context, id uint32, in msg.Input) (*msg.Effect, error) {
	got, err := c.begun(id, in)
	if err != nil {
		return nil, err
	}
	select {
	case r := <-got:
		return r.answer, r.err
	case <-ctx.Done():
	}
	c.mu.Lock()
	delete(c.waiters, id)
	c.mu.Unlock()
	c.giveUp(ctx, id)
	return nil, &Error{reason: *problem.New(problem.Cancelled, "Cancelled", "", ""), Outcome: msg.OutcomeCancelled, cause: ctx.Err()}
}

// begun sends a verb; what it comes to is on the channel.
func (c *Client) begun(id uint32, in msg.Input) (<-chan reply, error) {
	got := make(chan reply, 1)
	if err := c.expect(id, func(answer *msg.Effect, err error) { got <- reply{answer, err} }); err != nil {
		return nil, err
	}
	c.queue.push(nil, in)
	return got, nil
}

func (c *Client) giveUp(ctx context.Context, id uint32) {
	c.queue.push(nil, msg.Input{Cancel: &msg.Cancel{ID: id, Reason: ctx.Err().Error()}})
}
