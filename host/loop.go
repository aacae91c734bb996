package host

import (
	"fmt"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// loop is the client's own goroutine: it alone steps the core.
func (c *Client) loop() {
	defer close(c.done)
	l := &stepper{c: c, timer: time.NewTimer(time.Hour)}
	l.timer.Stop()
	for {
		select {
		case <-c.queue.wake:
		case <-l.timer.C:
		case <-c.stop:
			c.fail(ErrClosed)
			return
		}
		if err := l.step(); err != nil {
			c.fail(err)
			return
		}
	}
}

// stepper holds the loop's buffers.
type stepper struct {
	c     *Client
	timer *time.Timer
	items []msg.Input
	taken []func()
	in    []byte
	out   []byte
}

// step hands over all that is pending and performs what comes back.
func (l *stepper) step() error {
	l.items, l.taken = l.c.queue.take(l.items, l.taken)
	defer func() {
		clear(l.items)
		clear(l.taken)
	}()
	for from := 0; from < len(l.items) || from == 0; {
		to := cut(l.items, from)
		if err := l.exchange(l.items[from:to]); err != nil {
			release(l.taken)
			return err
		}
		from = max(to, 1)
	}
	release(l.taken)
	return nil
}

// maxStep is how much content goes into one step, in bytes: well below msg.MaxBatch, and few enough messages
// for one answer.
const maxStep = 1 << 20

// cut ends a batch where it has maxStep of content, and before a second piece of a stream: so it is known whose
// messages come back.
func cut(items []msg.Input, from int) int {
	size, pieces := 0, 0
	for i := from; i < len(items); i++ {
		if items[i].Body != nil || items[i].Stderr != nil {
			pieces++
		}
		if pieces > 1 {
			return i
		}
		if size += inputSize(&items[i]); size > maxStep && i > from {
			return i
		}
	}
	return len(items)
}

// stream is what a Body or a Stderr is a piece of: an exchange's content, or one of a process's two outputs. The
// zero value is none.
type stream struct {
	id     uint32
	stderr bool
}

// streamOf is the stream with a piece in the batch.
func streamOf(inputs []msg.Input) stream {
	for i := range inputs {
		switch in := &inputs[i]; {
		case in.Body != nil:
			return stream{id: in.Body.ID}
		case in.Stderr != nil:
			return stream{id: in.Stderr.ID, stderr: true}
		}
	}
	return stream{}
}

// inputSize is an input's content, in bytes.
func inputSize(in *msg.Input) int {
	switch {
	case in.Body != nil:
		return len(in.Body.Data)
	case in.Stderr != nil:
		return len(in.Stderr.Data)
	case in.Request != nil:
		return len(in.Request.Params)
	case in.Notify != nil:
		return len(in.Notify.Params)
	case in.Listen != nil:
		return sum(in.Listen.URIs) + sum(in.Listen.Tasks)
	case in.Answer != nil:
		return len(in.Answer.Result) + len(in.Answer.Message)
	case in.Connect != nil:
		return len(in.Connect.Capabilities)
	case in.Load != nil:
		return len(in.Load.Text)
	}
	return 0
}

func sum(texts []string) (n int) {
	for _, t := range texts {
		n += len(t)
	}
	return n
}

func (l *stepper) exchange(inputs []msg.Input) error {
	now := time.Now()
	batch := msg.Batch{Now: int64(now.Sub(l.c.start)) + 1, Wall: now.UnixMilli(), Inputs: inputs}
	var err error
	if l.in, err = batch.MarshalMsg(l.in[:0]); err != nil {
		return err
	}
	// A new buffer for each answer that carries payload: effects keep pointing into it.
	if l.out, err = l.c.core.Step(l.in, l.out[:0:0]); err != nil {
		return err
	}
	var out msg.Output
	if _, err := out.UnmarshalMsg(l.out); err != nil {
		return fmt.Errorf("headfast: the core's answer cannot be read: %w", err)
	}
	if out.Error != nil {
		return failure(out.Error, "")
	}
	l.setTimer(out.Deadline)
	l.c.feeding = streamOf(inputs)
	for i := range out.Effects {
		l.c.perform(&out.Effects[i])
	}
	if cap(l.in) > 1<<20 {
		l.in = nil
	}
	return nil
}

func (l *stepper) setTimer(deadline int64) {
	if deadline == 0 {
		l.timer.Stop()
		return
	}
	l.timer.Reset(max(0, time.Duration(deadline)-time.Since(l.c.start)))
}

func release(taken []func()) {
	for _, f := range taken {
		f()
	}
}

// fail ends everything for one reason, once.
func (c *Client) fail(err error) {
	c.queue.close()
	items, taken := c.queue.take(nil, nil)
	clear(items)
	release(taken)
	c.mu.Lock()
	c.failed = err
	waiters := c.waiters
	c.waiters = map[uint32]waiter{}
	for _, cancel := range c.exchanges {
		cancel()
	}
	for _, p := range c.processes {
		p.abandon()
	}
	for _, cancel := range c.asks {
		cancel()
	}
	c.endSigning()
	c.mu.Unlock()
	for _, w := range waiters {
		w(nil, err)
	}
}
