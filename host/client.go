package host

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// Client is one core. Make one with Open, end it with Close.
type Client struct {
	options Options
	core    Core
	queue   *queue
	start   time.Time
	hello   msg.Hello

	lastID  atomic.Uint32
	running sync.WaitGroup
	done    chan struct{}
	stop    chan struct{}
	once    sync.Once

	// feeding is the stream whose messages are being performed; the loop's own.
	feeding stream

	mu        sync.Mutex
	waiters   map[uint32]waiter
	sessions  map[uint32]*Session
	exchanges map[uint32]context.CancelFunc
	processes map[uint32]*process
	// asks end the callbacks that the server waits for.
	asks map[uint32]context.CancelFunc
	signingState
	// inside are the sessions whose server is at a private address.
	inside map[uint32]bool
	// fed are the outboxes that a stream's last piece has filled, until its reader has seen to them.
	fed map[stream][]*outbox
	// failed is why nothing more can be asked, once the core has died or the client was closed.
	failed error
}

// waiter gets the one answer to a verb.
type waiter func(answer *msg.Effect, err error)

// ErrClosed says that the Client was closed.
var ErrClosed = errors.New("headfast: the client is closed")

// Open starts a core. The context bounds starting only. It has the standard logger leave out one line of net/http's,
// in which a server's surplus bytes are quoted.
func Open(ctx context.Context, options Options) (*Client, error) {
	o := options.filled()
	if bad, ok := o.Transport.(unusable); ok {
		return nil, failure(problem.New(problem.Usage, "The network options cannot be used", bad.why.Error()+".", ""), "")
	}
	keepQuiet()
	core, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	c := &Client{
		options: o, core: core, queue: newQueue(), start: time.Now(),
		waiters: map[uint32]waiter{}, sessions: map[uint32]*Session{}, exchanges: map[uint32]context.CancelFunc{},
		processes: map[uint32]*process{}, asks: map[uint32]context.CancelFunc{}, fed: map[stream][]*outbox{},
		signingState: newSigningState(), done: make(chan struct{}), stop: make(chan struct{}),
	}
	if err := c.greet(); err != nil {
		_ = core.Close(ctx)
		return nil, err
	}
	go c.loop()
	return c, nil
}

func open(ctx context.Context, o Options) (Core, error) {
	if o.Core != nil {
		return o.Core(ctx)
	}
	var e *engine
	var err error
	if o.Engine == Auto {
		e, err = shared.choose(o.CacheDir, !o.NoBackground)
	} else {
		e, err = shared.get(o.Engine, o.CacheDir)
	}
	if err != nil {
		return nil, err
	}
	return shared.instance(ctx, e, o.CacheDir)
}

// greet says Begin and checks the core's Hello.
func (c *Client) greet() error {
	entropy := make([]byte, 32)
	if _, err := rand.Read(entropy); err != nil {
		return fmt.Errorf("headfast: no random bytes: %w", err)
	}
	begin := msg.Input{Begin: &msg.Begin{
		Version: msg.Version, Schema: msg.SchemaHash, Entropy: entropy, Name: c.options.Name, Title: c.options.Title,
		ClientVersion: c.options.Version, Trace: c.options.Trace != nil, Record: c.options.Record, ClientDocument: c.options.ClientDocument,
	}}
	batch, err := (&msg.Batch{Wall: time.Now().UnixMilli(), Inputs: []msg.Input{begin}}).MarshalMsg(nil)
	if err != nil {
		return err
	}
	answer, err := c.core.Step(batch, nil)
	if err != nil {
		return err
	}
	var out msg.Output
	if _, err := out.UnmarshalMsg(answer); err != nil {
		return fmt.Errorf("headfast: the core answers in another schema: %w", err)
	}
	if out.Error != nil {
		return failure(out.Error, "")
	}
	if out.Hello == nil || out.Hello.Version != msg.Version || out.Hello.Schema != msg.SchemaHash {
		return fmt.Errorf("headfast: the core's greeting does not fit: %+v against version %d, schema %s", out.Hello, msg.Version, msg.SchemaHash)
	}
	c.hello = *out.Hello
	return nil
}

// Build names the core's version and the Go that built it.
func (c *Client) Build() string { return c.hello.Build }

// Dialects are the IDs of the clients whose configuration files are read, for AsClient and Meanings.
func (c *Client) Dialects() []string { return c.hello.Dialects }

func (c *Client) expect(id uint32, w waiter) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed != nil {
		return c.failed
	}
	c.waiters[id] = w
	return nil
}

func (c *Client) nextID() uint32 { return c.lastID.Add(1) }

// closeTimeout bounds how long Close waits for what the client started.
const closeTimeout = 5 * time.Second

// Close ends every session, every process and the core. A process is asked to end, and killed with all of its group
// where it does not, or when ctx ends: that can take seconds, so a program in a hurry gives ctx a deadline.
//
// It checks that nothing is left behind: an exchange, a process or a callback that does not end is an error that says
// so. Closing twice is no error. A callback must not call it: it would wait for itself.
func (c *Client) Close(ctx context.Context) error {
	var err error
	c.once.Do(func() {
		defer context.AfterFunc(ctx, c.killProcesses)()
		c.closeSessions(ctx)
		c.settle(ctx)
		close(c.stop)
		<-c.done
		err = c.leaks(ctx)
		if t, ok := c.options.Transport.(interface{ CloseIdleConnections() }); ok {
			t.CloseIdleConnections()
		}
		err = errors.Join(err, c.core.Close(ctx))
	})
	return err
}

func (c *Client) closeSessions(ctx context.Context) {
	c.mu.Lock()
	open := make([]*Session, 0, len(c.sessions))
	for _, s := range c.sessions {
		open = append(open, s)
	}
	c.mu.Unlock()
	var all sync.WaitGroup
	for _, s := range open {
		all.Go(func() { _ = s.Close(ctx) })
	}
	all.Wait()
}

func (c *Client) killProcesses() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.processes {
		p.abandon()
	}
}

// leaks waits for what the client started.
func (c *Client) leaks(ctx context.Context) error {
	ended := make(chan struct{})
	go func() { c.running.Wait(); close(ended) }()
	timer := time.NewTimer(closeTimeout)
	defer timer.Stop()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		// What ends with ctx is given a moment.
		waitFor(context.Background(), ended, 200*time.Millisecond)
	case <-timer.C:
	}
	return c.left()
}

// left says what has not ended.
func (c *Client) left() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var left []string
	for _, kind := range []struct {
		n    int
		what string
	}{{len(c.exchanges), "exchanges"}, {len(c.processes), "processes"}, {len(c.asks), "callbacks"}} {
		if kind.n > 0 {
			left = append(left, fmt.Sprintf("%d %s", kind.n, kind.what))
		}
	}
	if left == nil {
		return nil
	}
	return fmt.Errorf("headfast: %s have not ended", strings.Join(left, ", "))
}
