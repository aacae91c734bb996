package faults

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// server is an MCP server on bare TCP. Left alone it is honest; plans and gate make it misbehave.
type server struct {
	t        testing.TB
	listener net.Listener
	// key is the only one that may arrive.
	key string

	mu    sync.Mutex
	conns map[*net.TCPConn]bool
	// runs counts executions by nonce, plans say what becomes of a call's answer once it was executed, and before
	// what becomes of it instead of that.
	runs          map[string]int
	plans, before map[string]func(*exchange)
	// gate sees every request first; true says that it has dealt with it.
	gate     func(*exchange) bool
	sessions map[string]*remote
	requests []seen
	closed   bool
	work     sync.WaitGroup
	// partial, where it is n+1, has n bytes of the next POST's body be read, and the connection end then.
	partial atomic.Int64
}

// mostBody is how much a request may have: one with more is refused before it is read, as proxies do.
const mostBody = 2 << 20

var errPartial = errors.New("the request is not read to its end")

// seen is what is remembered of a request.
type seen struct {
	at                        time.Time
	method, path, rpc, key    string
	session, lastEvent, nonce string
}

// remote is what the server knows of a session.
type remote struct {
	id string
	mu sync.Mutex
	// out is the stream on which the server tells by itself, while there is one.
	out *exchange
	// log are the events that may be asked for again, by their ids from 1.
	log []string
}

// exchange is one request and where its answer goes.
type exchange struct {
	s      *server
	conn   *net.TCPConn
	method string
	path   string
	header map[string]string
	body   []byte
	rpc    struct {
		ID     json.RawMessage
		Method string
		Params json.RawMessage
	}
	// kind is how the server answers here: the path's first part.
	kind   string
	remote *remote
	// over says that the connection is not used any more.
	over  bool
	write sync.Mutex
}

func serve(t testing.TB) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{
		t: t, listener: l, key: "key-" + rand.Text(), conns: map[*net.TCPConn]bool{}, runs: map[string]int{},
		plans: map[string]func(*exchange){}, before: map[string]func(*exchange){}, sessions: map[string]*remote{},
	}
	s.work.Go(s.accept)
	t.Cleanup(s.close)
	return s
}

func (s *server) origin() string { return "http://" + s.listener.Addr().String() }

func (s *server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		c := conn.(*net.TCPConn)
		s.mu.Lock()
		if s.closed {
			s.mu.Unlock()
			_ = c.Close()
			return
		}
		s.conns[c] = true
		s.work.Go(func() { s.speak(c) })
		s.mu.Unlock()
	}
}

func (s *server) close() {
	_ = s.listener.Close()
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.cutAll()
	s.work.Wait()
}

// cutAll resets every connection.
func (s *server) cutAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		_ = c.SetLinger(0)
		_ = c.Close()
	}
}

// restart is a server that was begun anew on the same port: nothing is known of any session.
func (s *server) restart() {
	s.mu.Lock()
	s.sessions = map[string]*remote{}
	s.mu.Unlock()
	s.cutAll()
}

func (s *server) speak(c *net.TCPConn) {
	defer func() {
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
		_ = c.Close()
	}()
	in := bufio.NewReaderSize(c, 1<<12)
	for {
		x, err := s.read(c, in)
		if err != nil {
			return
		}
		s.note(x)
		s.handle(x)
		if x.over {
			return
		}
	}
}

// read takes one request off the connection.
func (s *server) read(c *net.TCPConn, in *bufio.Reader) (*exchange, error) {
	x := &exchange{s: s, conn: c, header: map[string]string{}}
	line, err := in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	x.method, line, _ = strings.Cut(line, " ")
	x.path, _, _ = strings.Cut(line, " ")
	for {
		if line, err = in.ReadString('\n'); err != nil {
			return nil, err
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		name = strings.ToLower(name)
		if old, twice := x.header[name]; twice {
			value = old + "," + value
		}
		x.header[name] = strings.TrimSpace(value)
	}
	n, _ := strconv.Atoi(x.header["content-length"])
	if part := s.partial.Swap(0); part > 0 && x.method == "POST" {
		_, _ = io.CopyN(io.Discard, in, min(part-1, int64(n)))
		_ = c.SetLinger(0)
		return nil, errPartial
	}
	if n > mostBody {
		x.put(reply(413, "text/plain", "too large", "Connection: close"))
		_ = c.CloseWrite()
		_, _ = io.CopyN(io.Discard, in, int64(n))
		return nil, errPartial
	}
	x.body = make([]byte, n)
	if _, err := io.ReadFull(in, x.body); err != nil {
		return nil, err
	}
	if n > 0 {
		if err := json.Unmarshal(x.body, &x.rpc); err != nil {
			s.t.Errorf("%s %s has a body that is no message: %v", x.method, x.path, err)
		}
	}
	x.kind, _, _ = strings.Cut(strings.TrimPrefix(x.path, "/"), "?")
	return x, nil
}

func (s *server) note(x *exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, seen{
		time.Now(), x.method, x.path, x.rpc.Method, x.header["x-api-key"], x.header["mcp-session-id"], x.header["last-event-id"], x.nonce(),
	})
}

// all are the requests for which this holds.
func (s *server) all(which func(seen) bool) (found []seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.requests {
		if which(r) {
			found = append(found, r)
		}
	}
	return found
}

func (s *server) count(which func(seen) bool) int { return len(s.all(which)) }

// of are requests with this JSON-RPC method.
func of(rpc string) func(seen) bool { return func(r seen) bool { return r.rpc == rpc } }

// requireKeys says that every request had the server's own key, once, and no other.
func (s *server) requireKeys(t testing.TB) {
	t.Helper()
	for _, r := range s.all(func(r seen) bool { return r.key != s.key }) {
		t.Errorf("%s %s %s arrived with the key %q", r.method, r.path, r.rpc, r.key)
	}
}

func (s *server) ran(nonce string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.runs[nonce]
}

// plan says what becomes of the answer to the call with this nonce.
func (s *server) plan(nonce string, f func(*exchange)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plans[nonce] = f
}

// instead says what happens to the call in the place of being executed.
func (s *server) instead(nonce string, f func(*exchange)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before[nonce] = f
}

func (s *server) setGate(f func(*exchange) bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gate = f
}

// entry is the server as a configuration has it, to be spoken to in this way.
func (s *server) entry(kind string) entry {
	e := entry{Type: "http", URL: s.origin() + "/" + kind, Headers: map[string]string{"X-API-Key": s.key}}
	if kind == "sse" {
		e.Type = "sse"
	}
	return e
}

// nonce is the call's, or empty.
func (x *exchange) nonce() string {
	var p struct{ Arguments struct{ Nonce string } }
	_ = json.Unmarshal(x.rpc.Params, &p)
	return p.Arguments.Nonce
}

// put writes bytes as they are.
func (x *exchange) put(parts ...string) bool {
	x.write.Lock()
	defer x.write.Unlock()
	_, err := io.WriteString(x.conn, strings.Join(parts, ""))
	return err == nil
}

// fin ends the connection as a process that ends does.
func (x *exchange) fin() {
	x.over = true
	_ = x.conn.CloseWrite()
	_ = x.conn.Close()
}

// rst ends it as a crash or a box on the way does.
func (x *exchange) rst() {
	x.over = true
	_ = x.conn.SetLinger(0)
	_ = x.conn.Close()
}

// hang does nothing until the other side or the test is done.
func (x *exchange) hang() {
	x.over = true
	_, _ = io.Copy(io.Discard, x.conn)
}

// recorder is a listener that nobody configured.
type recorder struct {
	listener net.Listener
	mu       sync.Mutex
	got      []string
}

func record(t testing.TB) *recorder {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{listener: l}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			buffer := make([]byte, 4096)
			_ = c.SetReadDeadline(time.Now().Add(time.Second))
			n, _ := c.Read(buffer)
			_ = c.Close()
			r.mu.Lock()
			r.got = append(r.got, string(buffer[:n]))
			r.mu.Unlock()
		}
	}()
	t.Cleanup(func() { _ = l.Close() })
	return r
}

func (r *recorder) origin() string { return "http://" + r.listener.Addr().String() }

func (r *recorder) requireNothing(t testing.TB) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, got := range r.got {
		t.Errorf("another origin got %q", got)
	}
}

func quote(s string) string { return fmt.Sprintf("%q", s) }
