// Package authflow is the way from a challenge to a token: one account per server and profile, what is stored of it,
// and the flow that gets, renews and gives back its token, one stage function per exchange.
//
// It never blocks and never looks at a clock: what happens is handed to it, what it wants done it tells its Outside.
package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/transport"
)

// Outside is what a flow can do: all of it at once and without waiting. A callback is called at most once, later.
type Outside interface {
	Emit(*msg.Effect)
	// Send hands out an HTTP request and says under which ID its answer will come.
	Send(to transport.Receiver, h *msg.HTTP) uint32
	After(d int64, f func()) Timer
	Now() int64
	Wall() int64
	Tracing() bool
	// Secret is 43 characters of base64url that nobody can guess: 32 bytes.
	Secret() string
	// ClientDocument is the URL of this client's metadata document, or empty.
	ClientDocument() string
	// Get, Put, Open and Sign are the effects of those names.
	Get(store, key string, then func(*msg.Stored))
	Put(p *msg.Put, then func(*msg.Stored))
	// Lock calls then when the account is ours alone, or with a failure. The function gives it back, or gives up
	// waiting; calling it twice does no harm.
	Lock(key string, then func(*msg.Failure)) (unlock func())
	Open(o *msg.Open, then func(*msg.Failure))
	Sign(s *msg.Sign, then func(*msg.Signed))
	// Await has a redirect received, and says under which ID.
	Await(to Awaiter, a *msg.Await) uint32
}

// Awaiter is told what comes of an Await.
type Awaiter interface {
	Awaiting(*msg.Awaiting)
	Arrived(*msg.Arrived)
	End(*msg.End)
}

// Timer is one waiting call of After.
type Timer interface {
	Stop()
	// Reset moves it to d nanoseconds from now.
	Reset(d int64)
}

// The bounds of a flow, in nanoseconds.
const (
	second = int64(1e9)
	// exchangeTime bounds one exchange with an authorization server.
	exchangeTime = 30 * second
	// personTime bounds how long a person may take to sign in.
	personTime = 600 * second
)
