package demo

import (
	"cmp"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
)

// Options configure a demo server. The zero value is a working one.
type Options struct {
	Addr   string    // host:port, "127.0.0.1:0" when empty; any host but a loopback address is an error
	Key    string    // the configured key, "test-key-12345" when empty
	Header string    // the header that carries it, "X-API-Key" when empty
	Behave Behaviour // switches that hold for every path
	Log    io.Writer // one line for each answered request; nil for none
	CORS   bool      // answer preflights, allow any origin, expose Mcp-Session-Id and WWW-Authenticate
}

// Behaviour has the switches that no path selects.
type Behaviour struct {
	PageSize int      // tools on one page of tools/list, 3 when zero
	Versions []string // what the modern paths support, {"2026-07-28"} when empty
}

// ErrNotLoopback says that Options.Addr would be reachable from elsewhere.
var ErrNotLoopback = errors.New("demo: the address is not a loopback address")

// Server is a running demo server: two loopback listeners, each with a book of
// what arrived. Its methods may be called from any goroutine.
type Server struct {
	opts      Options
	ctx       context.Context
	stop      context.CancelFunc
	main      *origin
	other     *origin
	work      sync.WaitGroup // calls whose answers go to another request's stream
	sessions  sessions
	hub       hub
	questions questions
	cancelled atomic.Int64
}

// Start listens on opts.Addr and, for the second origin, on another port of
// 127.0.0.1. It fails with ErrNotLoopback or with what net.Listen says.
func Start(opts Options) (*Server, error) {
	opts = opts.withDefaults()
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{opts: opts, ctx: ctx, stop: stop}
	log := &log{to: opts.Log, watched: watched(opts.Header)}
	var err error
	if s.main, err = listen(ctx, opts.Addr, log.named("INFO")); err != nil {
		stop()
		return nil, err
	}
	if s.other, err = listen(ctx, "127.0.0.1:0", log.named("OTHER ORIGIN")); err != nil {
		stop()
		return nil, errors.Join(err, s.main.listener.Close())
	}
	s.main.serve(s.crossOrigin(s.mux()))
	s.other.serve(s.crossOrigin(s.foreignMux()))
	return s, nil
}

func (o Options) withDefaults() Options {
	o.Addr = cmp.Or(o.Addr, "127.0.0.1:0")
	o.Key = cmp.Or(o.Key, "test-key-12345")
	o.Header = cmp.Or(o.Header, "X-API-Key")
	o.Behave.PageSize = cmp.Or(o.Behave.PageSize, 3)
	if len(o.Behave.Versions) == 0 {
		o.Behave.Versions = []string{modernVersion}
	}
	return o
}

// URL gives the address of a path, as in "http://127.0.0.1:PORT/mcp" for "/mcp".
func (s *Server) URL(path string) string { return s.main.url + path }

// ForeignURL gives the address of a path at the second origin.
func (s *Server) ForeignURL(path string) string { return s.other.url + path }

// Requests are all that arrived at the first origin, in order of arrival.
func (s *Server) Requests() []Request { return s.main.book.all() }

// Foreign are all that arrived at the second origin, in order of arrival.
func (s *Server) Foreign() []Request { return s.other.book.all() }

// Cancelled counts the calls of the tool slow that ended because the client
// closed the stream or sent notifications/cancelled (or the server closed).
func (s *Server) Cancelled() int { return int(s.cancelled.Load()) }

// ToolsChanged sends notifications/tools/list_changed on every open legacy GET
// stream, HTTP+SSE stream and subscriptions/listen that asked for it.
func (s *Server) ToolsChanged() { s.hub.announce() }

// ForgetSessions ends every legacy session, as a restart of a server would.
func (s *Server) ForgetSessions() { s.sessions.dropAll() }

// Close ends all streams, lets handlers that still can say a last word do so
// (a subscription's final result), closes every connection and waits until no
// goroutine is left. A second call does nothing.
func (s *Server) Close() error {
	s.stop()
	err := errors.Join(s.main.close(), s.other.close())
	s.work.Wait()
	return err
}
