package cli

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/headfast/headfast/wasm/problem"
	"github.com/spf13/cobra"
)

// limit is --timeout for a sign-in: what goes on without the person takes so long at most, each time anew. A nil one
// bounds nothing.
type limit struct {
	most  time.Duration
	mu    sync.Mutex
	timer *time.Timer
	over  bool
}

// errSlow is why a sign-in that took too long was given up.
var errSlow = errors.New("the time of --timeout is over")

// bound runs a sign-in with a context that ends when the time is over.
func (l *limit) bound(ctx context.Context, work func(context.Context) error) error {
	if l == nil {
		return work(ctx)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l.mu.Lock()
	l.timer = time.AfterFunc(l.most, func() { cancel(errSlow) })
	l.mu.Unlock()
	err := work(ctx)
	l.mu.Lock()
	l.over = true
	l.timer.Stop()
	l.mu.Unlock()
	if err == nil || context.Cause(ctx) != errSlow {
		return err
	}
	return newFault(problem.Unreachable, "The sign-in did not get on in "+l.most.String(), "It was given up, and nothing of it was kept.",
		"Give it more time: --timeout 2m. --trace tells what it waited for.")
}

// pause has the time stand still while the person is asked.
func (l *limit) pause() { l.set(func(t *time.Timer) { t.Stop() }) }

// resume gives the time anew when the person is back.
func (l *limit) resume() { l.set(func(t *time.Timer) { t.Reset(l.most) }) }

func (l *limit) set(change func(*time.Timer)) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil && !l.over {
		change(l.timer)
	}
}

// describeTimeout says what --timeout means for a command to which it means something else.
func describeTimeout(cmd *cobra.Command, usage string) {
	f := cmd.Flags().Lookup("timeout")
	f.Usage, f.DefValue = usage, "0s" // which help leaves out
}
