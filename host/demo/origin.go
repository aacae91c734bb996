package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// grace is how long Close waits for handlers to end by themselves.
const grace = 100 * time.Millisecond

// origin is one listener, its HTTP server and its book of arrivals.
type origin struct {
	url      string
	book     book
	listener net.Listener
	http     *http.Server
	served   chan error
	conns    sync.WaitGroup
}

// listen opens addr, which must be a literal loopback address or "localhost".
func listen(ctx context.Context, addr string, log *log) (*origin, error) {
	if err := checkLoopback(addr); err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	o := &origin{url: "http://" + l.Addr().String(), listener: l, served: make(chan error, 1)}
	o.book.log = log
	o.http = &http.Server{
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnState:         o.count,
		ReadHeaderTimeout: 10 * time.Second,
	}
	return o, nil
}

func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w: %q", ErrNotLoopback, addr)
	}
	return nil
}

func (o *origin) serve(h http.Handler) {
	o.http.Handler = o.book.recording(h)
	go func() { o.served <- o.http.Serve(o.listener) }()
}

// count follows the connections, so that close can wait for their goroutines.
// StateNew is reported by the goroutine of Serve, hence never after it ended.
func (o *origin) count(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		o.conns.Add(1)
	case http.StateClosed:
		o.conns.Done()
	}
}

func (o *origin) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := o.http.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	err := o.http.Close()
	if served, first := <-o.served; first {
		close(o.served)
		if !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
	}
	o.conns.Wait()
	return err
}
