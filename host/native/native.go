// Package native runs Headfast's core in the program itself instead of as a WebAssembly module: it starts at once,
// needs no cache, and debuggers, profilers and the race detector see into it. What it does is the same to the byte.
//
//	client, err := host.Open(ctx, host.Options{Core: native.Core})
package native

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/machine"
)

// Core starts a core, for host.Options. There is nothing that can fail.
func Core(context.Context) (host.Core, error) { return &core{machine: machine.New()}, nil }

// core is a machine that ends as a module does: a panic is an error, and the last one.
type core struct {
	machine *machine.Machine
	dead    error
}

// Step is host.Core's. The error of a core that has panicked wraps host.ErrDead and has the stack.
func (c *core) Step(batch, out []byte) (answer []byte, err error) {
	if c.dead != nil {
		return out, c.dead
	}
	if len(batch) > msg.MaxBatch {
		return out, fmt.Errorf("headfast: a batch of %d bytes is over the bound of %d", len(batch), msg.MaxBatch)
	}
	defer func() {
		if p := recover(); p != nil {
			c.dead = fmt.Errorf("%w: panic: %v\n%s", host.ErrDead, p, debug.Stack())
			answer, err = out, c.dead
		}
	}()
	if len(out) == 0 {
		return c.machine.Step(batch, out), nil
	}
	return append(out, c.machine.Step(batch, nil)...), nil
}

// Close ends the core.
func (c *core) Close(context.Context) error {
	if c.dead == nil {
		c.dead = fmt.Errorf("%w: it was closed", host.ErrDead)
	}
	return nil
}
