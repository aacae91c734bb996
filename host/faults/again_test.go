package faults

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestAgain has a server ask for patience. What is read-only is sent again when it says; a tool call is not sent again,
// and its error says when to (F-09, AGAIN-1, AGAIN-2).
func TestAgain(t *testing.T) {
	after := map[string]func() string{
		"seconds": func() string { return "1" },
		"date":    func() string { return time.Now().Add(2 * time.Second).UTC().Format(http.TimeFormat) },
	}
	together(t, func(t *testing.T, d driver) {
		for _, status := range []int{429, 503} {
			for form, when := range after {
				t.Run(fmt.Sprintf("%d-%s", status, form), func(t *testing.T) {
					t.Parallel()
					askedToWait(t, d, status, when)
				})
			}
		}
	})
}

// together runs parallel tests with one client of each driver.
func together(t *testing.T, run func(t *testing.T, d driver)) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		d := open(t)
		t.Run("each", func(t *testing.T) { run(t, d) })
		finish(t, d)
	})
}

// reach connects to a server of this kind that is only this test's.
func reach(t testing.TB, d driver, kind string) (*server, session) {
	t.Helper()
	s := serve(t)
	p, o := d.connect(s.entry(kind), 10*time.Second)
	if o.Kind != isResult {
		t.Fatalf("no session: %+v", o)
	}
	return s, p
}

func askedToWait(t *testing.T, d driver, status int, when func() string) {
	s, p := reach(t, d, "modern")
	var left atomic.Int32
	s.setGate(func(x *exchange) bool {
		if x.rpc.Method != "tools/list" && !strings.HasPrefix(x.nonce(), "busy") || left.Add(-1) < 0 {
			return false
		}
		x.put(reply(status, "text/plain", "busy", "Retry-After: "+when()))
		return true
	})
	left.Store(1)
	o := p.list(10 * time.Second)
	times := s.all(of("tools/list"))
	if o.Kind != isResult || len(times) != 2 {
		t.Fatalf("%+v after %d requests", o, len(times))
	}
	if waited := times[1].at.Sub(times[0].at); waited < 900*time.Millisecond || waited > 3*time.Second {
		t.Errorf("it waited %v", waited)
	}
	left.Store(1)
	if o := p.call("busy", options{}); o.Kind != serverError || o.Code != "HF116" || s.ran("busy") != 0 || s.count(of("tools/call")) != 1 {
		t.Errorf("%+v, executed %d times, sent %d times", o, s.ran("busy"), s.count(of("tools/call")))
	}
	p.close()
}

// TestPause has a tool call be refused with Retry-After: no request of the client's goes to the origin before
// (AGAIN-3: while an origin wants no requests, none goes there).
func TestPause(t *testing.T) {
	each(t, "modern", func(t *testing.T, _ driver, s *server, p session) {
		s.instead("busy", func(x *exchange) { x.put(reply(429, "text/plain", "busy", "Retry-After: 1")) })
		if o := p.call("busy", options{}); o.Kind != serverError || !strings.Contains(o.Message, "429") {
			t.Errorf("%+v", o)
		}
		once(t, s, "after", p.call("after", options{}))
		calls := s.all(of("tools/call"))
		if waited := calls[1].at.Sub(calls[0].at); waited < 900*time.Millisecond {
			t.Errorf("the next request went out after %v, not after the second that the server asked for", waited.Round(time.Millisecond))
		}
	})
}

// TestPatience has waits that are longer than the request may take: they are not waited for.
func TestPatience(t *testing.T) {
	together(t, func(t *testing.T, d driver) {
		for _, when := range []string{"86400", "Fri, 31 Dec 9999 23:59:59 GMT", "-5", "soon", "99999999999999999999"} {
			t.Run(when, func(t *testing.T) {
				t.Parallel()
				s, p := reach(t, d, "modern")
				s.setGate(func(x *exchange) bool {
					if x.rpc.Method == "tools/list" {
						x.put(reply(503, "text/plain", "busy", "Retry-After: "+when))
					}
					return x.rpc.Method == "tools/list"
				})
				o := p.list(3 * time.Second)
				if o.Kind != serverError || o.Code != "HF116" || o.took > 4*time.Second {
					t.Errorf("%+v", o)
				}
				if n := s.count(of("tools/list")); n > 4 {
					t.Errorf("it was asked %d times", n)
				}
				p.close()
			})
		}
	})
}

// TestReadOnlyAgain has the answer to a list be cut: it is asked for again (AGAIN-6).
func TestReadOnlyAgain(t *testing.T) {
	for _, kind := range []string{"modern", "legacy", "sse"} {
		t.Run(kind, func(t *testing.T) {
			each(t, kind, func(t *testing.T, _ driver, s *server, p session) {
				var left atomic.Int32
				left.Store(2)
				s.setGate(func(x *exchange) bool {
					if x.rpc.Method != "tools/list" || left.Add(-1) < 0 {
						return false
					}
					x.put("HTTP/1.1 200 OK\r\nContent-Le")
					x.rst()
					return true
				})
				if o := p.list(10 * time.Second); o.Kind != isResult || s.count(of("tools/list")) != 3 {
					t.Errorf("%+v after %d requests", o, s.count(of("tools/list")))
				}
			})
		})
	}
}

// deafListener takes this many connections into its queue and nothing of them; with 0, none that answers.
func deafListener(t testing.TB, backlog int) string {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	if err := os.NewSyscallError("bind", syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}})); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, backlog); err != nil {
		t.Fatal(err)
	}
	at, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", at.(*syscall.SockaddrInet4).Port)
	for range 3 { // fill the queue of one that has none
		if backlog == 0 {
			if c, err := net.DialTimeout("tcp", address, 50*time.Millisecond); err == nil {
				t.Cleanup(func() { _ = c.Close() })
			}
		}
	}
	return address
}

// listenAt has a server that was away be back.
func (s *server) listenAt(t testing.TB, address string) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s.listener = l
	s.work.Go(s.accept)
}
