package host

import (
	"context"
	"crypto/tls"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"sync"
)

// stage is how far an exchange has come.
type stage int

const (
	stageDial stage = iota
	stageTunnel
	stageHandshake
	stageConnected
	stageAnswered
)

// steps is what is known of an exchange when it fails.
type steps struct {
	stage stage
	// proxy is host:port of the proxy that the request goes through, or empty.
	proxy string
	// sent says that a byte of the request may have reached the other side.
	sent bool
	// reused says that the connection had served another request.
	reused bool
	// at is the address of the other side, where that is no proxy.
	at netip.Addr
	// wanted says that the server asked for a client certificate; offered, that it got one.
	wanted, offered bool
}

// progress follows one exchange through net/http. net/http calls from several goroutines, and goes on with a
// connection that the exchange no longer waits for.
type progress struct {
	mu    sync.Mutex
	steps steps
	// meter is the exchange's connection, and from what it had written before the request. Without one the
	// header section counts.
	meter *metered
	from  int64
	// secure says that TLS is above the connection.
	secure bool
}

type progressKey struct{}

// follow makes the context under which an exchange is performed.
func follow(ctx context.Context) (context.Context, *progress) {
	p := &progress{}
	ctx = context.WithValue(ctx, progressKey{}, p)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart:    func() { p.reach(stageHandshake) },
		TLSHandshakeDone:     p.handshaken,
		GotConn:              p.connected,
		WroteHeaders:         p.wrote,
		GotFirstResponseByte: p.answered,
		PutIdleConn:          p.put,
	}), p
}

// progressOf is the progress under a context of follow's; elsewhere it is one that nobody looks at.
func progressOf(ctx context.Context) *progress {
	if p, ok := ctx.Value(progressKey{}).(*progress); ok {
		return p
	}
	return &progress{}
}

// reach notes a step towards a connection. Once there is one, what another dial does is of no interest.
func (p *progress) reach(s stage) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.steps.stage < stageConnected {
		p.steps.stage = s
	}
}

func (p *progress) through(proxy *url.URL) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps.proxy = proxy.Host
}

func (p *progress) handshaken(_ tls.ConnectionState, err error) {
	if err == nil {
		p.reach(stageDial)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.secure = true
}

func (p *progress) connected(info httptrace.GotConnInfo) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps.sent = p.wasSent()
	p.steps.stage, p.steps.reused = stageConnected, info.Reused
	if at, err := netip.ParseAddrPort(info.Conn.RemoteAddr().String()); err == nil && p.steps.proxy == "" {
		p.steps.at = at.Addr()
	}
	if p.meter = meterOf(info.Conn); p.meter != nil {
		p.meter.idle.Store(false)
		p.from = p.meter.written.Load()
	}
}

// put notes that the connection waits for another request. net/http calls it right before it looks at what it has read
// beyond the answer, which it would print.
func (p *progress) put(err error) {
	keepQuiet()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.meter != nil && err == nil && !p.secure {
		p.meter.idle.Store(true)
	}
}

func (p *progress) wrote() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps.sent = p.steps.sent || p.meter == nil
}

func (p *progress) answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps.stage, p.steps.sent = stageAnswered, true
}

// asked notes that the other side wants a client certificate.
func (p *progress) asked(offered bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps.wanted, p.steps.offered = true, offered
}

func (p *progress) wasSent() bool {
	return p.steps.sent || p.meter != nil && p.meter.written.Load() > p.from
}

// seen is the progress until now.
func (p *progress) seen() steps {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.steps
	s.sent = p.wasSent()
	return s
}
