package cli

import (
	"context"
	"errors"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/wasm/problem"
)

// A server may end a subscription by itself, to restart for example, so it is asked again. One that ends each at once
// would be asked for ever: after mostEnded in a row, of which none lasted, it is an error.
const (
	mostEnded  = 3
	listenWait = time.Second
	lasted     = 10 * time.Second
)

// keepListening listens until ctx ends, again where the server ends it.
func (t *target) keepListening(ctx context.Context, session *host.Session, want host.Filter, out *events) error {
	for ended := 0; ; ended++ {
		began := time.Now()
		err := session.Listen(ctx, want, out.message)
		if !errors.Is(err, host.ErrListenEnded) {
			return err
		}
		if time.Since(began) > lasted {
			ended = 0
		}
		if ended == mostEnded {
			return t.serverFault(t.explain.Server+" ended the subscription", "It did so each time that it was asked again. What changes from now on is not told.")
		}
		out.ended()
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(listenWait):
		}
	}
}

// serverFault is an error of the server's that is no answer to a request.
func (t *target) serverFault(title, body string) *fault {
	f := newFault(problem.ServerError, title, body, "")
	f.Server = t.explain.Server
	return f
}

// ended tells that the server ended the subscription: until it is asked again, changes are not told.
func (e *events) ended() {
	const why = "the server ended the subscription"
	if e.app.flags.json {
		o := object{[]byte{'{'}}
		o.value("ended", why)
		e.print(string(o.out) + "}\n")
		return
	}
	e.line(e.app.out.Yellow("ended"), why+": listening again in 1 s, some may have been lost")
}
