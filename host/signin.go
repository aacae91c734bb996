package host

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Page is a page where a person signs in.
type Page struct {
	// Server is the entry's name: for whom it is must be shown.
	Server string
	// URL is https, or http on this machine, and has no character that means something to a shell but those that URLs
	// cannot do without: it must be handed on as one argument, and never through a shell.
	URL string
	// Code is what the person must type there (RFC 8628); empty where nothing need be typed.
	Code string
	// Redirected hands over the URL that the browser was sent to at the end, where it could not come by itself: it is
	// copied from the browser's address line. It gives the status that Redirect would answer. It is nil where no
	// redirect is awaited.
	Redirected func(url string) (status int)
}

// SignIn is how a person signs in.
type SignIn struct {
	// Open shows the page; an error is told in the trace, and ends nothing: the person may go there by themselves. It
	// returns at once. Its context ends with the sign-in; that of a page with a code, to which no redirect belongs, may
	// last until the session's next state or end.
	Open func(ctx context.Context, p Page) error
	// Redirect receives the redirect; Loopback where it is nil.
	Redirect Redirect
}

// awaited is a redirect that is awaited.
type awaited struct {
	cancel context.CancelFunc
	ctx    context.Context
}

// await listens for a redirect until the core aborts it.
func (c *Client) await(a *msg.Await) {
	ctx, cancel := context.WithCancel(context.Background())
	c.mu.Lock()
	c.awaits[a.ID] = &awaited{cancel: cancel, ctx: ctx}
	if c.failed != nil {
		cancel()
	}
	c.mu.Unlock()
	c.running.Add(1)
	go func() {
		defer c.running.Done()
		c.listenFor(ctx, a)
		cancel()
		c.mu.Lock()
		delete(c.awaits, a.ID)
		c.mu.Unlock()
	}()
}

func (c *Client) listenFor(ctx context.Context, a *msg.Await) {
	end := &msg.End{ID: a.ID}
	if c.options.SignIn == nil {
		end.Failure = &msg.Failure{Kind: msg.FailUnsupported, Detail: "nobody can sign in here"}
		c.queue.push(nil, msg.Input{End: end})
		return
	}
	redirect := c.options.SignIn.Redirect
	if redirect == nil {
		redirect = Loopback
	}
	uri, err := redirect(ctx, RedirectRequest{Server: a.Server, URI: a.URI, Path: a.Path,
		Arrived: func(url string) int { return c.arrive(ctx, a.ID, url) }})
	if err != nil {
		end.Failure = &msg.Failure{Kind: msg.FailListen, Detail: err.Error()}
		c.queue.push(nil, msg.Input{End: end})
		return
	}
	c.queue.push(nil, msg.Input{Awaiting: &msg.Awaiting{ID: a.ID, URI: uri}})
	<-ctx.Done()
	c.queue.push(nil, msg.Input{End: end})
}

// gone is the status for a redirect that nobody awaits any more.
const gone = 409

// arrive hands a request over and waits for what the core says to it.
func (c *Client) arrive(ctx context.Context, id uint32, url string) int {
	visit := c.nextID()
	answer := make(chan int, 1)
	c.mu.Lock()
	c.visits[visit] = answer
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		delete(c.visits, visit)
		c.mu.Unlock()
	}()
	if !c.queue.push(nil, msg.Input{Arrived: &msg.Arrived{ID: id, Visit: visit, URL: url}}) {
		return gone
	}
	select {
	case status := <-answer:
		return status
	case <-c.done:
		return gone
	}
}

func (c *Client) replied(r *msg.Reply) {
	c.mu.Lock()
	answer := c.visits[r.Visit]
	c.mu.Unlock()
	if answer != nil {
		answer <- int(r.Status)
	}
}

// openPage shows a page; its context is that of the redirect that ends it.
func (c *Client) openPage(o *msg.Open) {
	p := Page{Server: o.Server, URL: o.URL, Code: o.Code}
	var parent context.Context
	c.mu.Lock()
	if a := c.awaits[o.Await]; a != nil {
		parent = a.ctx
		p.Redirected = func(url string) int { return c.arrive(a.ctx, o.Await, url) }
	} else {
		parent = c.pageOf(o.Session)
	}
	c.mu.Unlock()
	c.work(o.ID, func(context.Context) msg.Input {
		visited := &msg.Visited{ID: o.ID}
		if c.options.SignIn == nil || c.options.SignIn.Open == nil {
			visited.Failure = &msg.Failure{Kind: msg.FailUnsupported, Detail: "nobody can sign in here"}
		} else if err := c.options.SignIn.Open(parent, p); err != nil {
			visited.Failure = &msg.Failure{Kind: msg.FailOpen, Detail: err.Error()}
		}
		return msg.Input{Visited: visited}
	})
}

// pageOf is the context of a page to which no redirect belongs: it ends with the Login or the session that it is of;
// c.mu is held.
func (c *Client) pageOf(session uint32) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	if c.failed != nil {
		cancel()
	}
	c.pages[session] = append(c.pages[session], cancel)
	return ctx
}

// endPages ends the pages of a Login or a session; c.mu is held.
func (c *Client) endPages(session uint32) {
	for _, cancel := range c.pages[session] {
		cancel()
	}
	delete(c.pages, session)
}

// signingState is what a Client has under way for accounts and sign-ins.
type signingState struct {
	works  map[uint32]context.CancelFunc
	locks  map[uint32]func()
	awaits map[uint32]*awaited
	visits map[uint32]chan int
	// pages end the pages that await no redirect, by the session or Login that they are of.
	pages map[uint32][]context.CancelFunc
}

func newSigningState() signingState {
	return signingState{works: map[uint32]context.CancelFunc{}, locks: map[uint32]func(){}, awaits: map[uint32]*awaited{}, visits: map[uint32]chan int{}, pages: map[uint32][]context.CancelFunc{}}
}

// endSigning ends all of it; c.mu is held.
func (c *Client) endSigning() {
	for _, cancel := range c.works {
		cancel()
	}
	for _, a := range c.awaits {
		a.cancel()
	}
	for session := range c.pages {
		c.endPages(session)
	}
	for id, unlock := range c.locks {
		delete(c.locks, id)
		unlock()
	}
}
