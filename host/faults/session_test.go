package faults

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// each runs a test of a server of this kind with each driver, and demands what holds of every one.
func each(t *testing.T, kind string, run func(t *testing.T, d driver, s *server, p session)) {
	t.Run("go", func(t *testing.T) { with(t, openGo, kind, run) })
	if !testing.Short() {
		t.Run("node", func(t *testing.T) { with(t, lendNode, kind, run) })
	}
}

// alone is each, in a Node of its own.
func alone(t *testing.T, kind string, run func(t *testing.T, d driver, s *server, p session)) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) { with(t, open, kind, run) })
}

func with(t *testing.T, open func(testing.TB) driver, kind string, run func(t *testing.T, d driver, s *server, p session)) {
	s, d := serve(t), open(t)
	p, o := d.connect(s.entry(kind), 10*time.Second)
	if o.Kind != isResult {
		t.Fatalf("no session: %+v", o)
	}
	run(t, d, s, p)
	if o := p.close(); o.Kind != isResult || o.took > 4*time.Second {
		t.Errorf("closing: %+v", o)
	}
	finish(t, d)
	s.requireKeys(t)
}

// once says that a call with this nonce gave its result and was executed once.
func once(t testing.TB, s *server, nonce string, o outcome) {
	t.Helper()
	if o.Kind != isResult || o.Text != nonce || s.ran(nonce) != 1 {
		t.Errorf("%q: %+v, executed %d times", nonce, o, s.ran(nonce))
	}
}

// TestRestart has the server begun anew in the middle of a session: the next call is refused by 404, is sent again in
// a new session, and runs once (F-31).
func TestRestart(t *testing.T) {
	for _, kind := range []string{"legacy", "legacy-sse", "sse", "modern"} {
		t.Run(kind, func(t *testing.T) {
			each(t, kind, func(t *testing.T, _ driver, s *server, p session) {
				once(t, s, "before", p.call("before", options{}))
				s.restart()
				time.Sleep(50 * time.Millisecond) // till the ends of the connections are seen
				once(t, s, "after", p.call("after", options{}))
			})
		})
	}
}

// TestForgotten has only the session be forgotten, with many calls at once: one new session for all of them.
func TestForgotten(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		once(t, s, "before", p.call("before", options{}))
		s.forgetAll()
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				nonce := fmt.Sprintf("after %d", i)
				once(t, s, nonce, p.call(nonce, options{}))
			})
		}
		all.Wait()
		if n := s.count(of("initialize")); n != 2 {
			t.Errorf("%d sessions were begun, not 2", n)
		}
	})
}

// forgetAll ends all sessions; the connections stay.
func (s *server) forgetAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions = map[string]*remote{}
}

// TestForgottenLate has a 404 for the old session come when the new one stands already. That says nothing of the new
// session, which must not be given up for it.
func TestForgottenLate(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		const late = 600 * time.Millisecond
		gone := func(wait time.Duration) func(*exchange) bool {
			return func(x *exchange) bool {
				if x.rpc.Method != "tools/call" || s.remote(x.header["mcp-session-id"]) != nil {
					return false
				}
				if strings.HasPrefix(x.nonce(), "late") {
					time.Sleep(wait)
				}
				return false // handle answers 404
			}
		}
		s.setGate(gone(late))
		s.forgetAll()
		var all sync.WaitGroup
		for i := range 3 {
			all.Go(func() {
				nonce := fmt.Sprintf("late %d", i)
				once(t, s, nonce, p.call(nonce, options{}))
			})
		}
		time.Sleep(50 * time.Millisecond)
		once(t, s, "soon", p.call("soon", options{}))
		all.Wait()
		if n := s.count(of("initialize")); n != 2 {
			t.Errorf("%d sessions were begun, not 2: a 404 for the old session has ended the new one", n)
		}
	})
}

// TestForgottenUnderWay has a session be lost while a call is under way in it: that call's answer is still taken, and
// it is not sent again.
func TestForgottenUnderWay(t *testing.T) {
	each(t, "legacy-sse", func(t *testing.T, _ driver, s *server, p session) {
		go1 := make(chan struct{})
		s.plan("under way", func(x *exchange) { <-go1; x.done() })
		done := make(chan outcome, 1)
		go func() { done <- p.call("under way", options{}) }()
		eventually(t, 3*time.Second, "the call", func() bool { return s.ran("under way") == 1 })
		s.forgetAll()
		once(t, s, "next", p.call("next", options{}))
		close(go1)
		once(t, s, "under way", <-done)
	})
}

// TestCloseUnderWay closes the client while calls, streams and handshakes hang: each ends as cancelled, and soon.
func TestCloseUnderWay(t *testing.T) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		s, d := serve(t), open(t)
		s.setGate(func(x *exchange) bool {
			if x.method == "DELETE" || x.kind == "stuck" {
				x.hang()
				return true
			}
			return false
		})
		var all sync.WaitGroup
		for i := range 20 {
			p, o := d.connect(s.entry(kinds[i%len(kinds)]), 10*time.Second)
			if o.Kind != isResult {
				t.Fatalf("no session: %+v", o)
			}
			nonce := fmt.Sprintf("hangs %d", i)
			s.plan(nonce, (*exchange).hang)
			all.Go(func() {
				if o := p.call(nonce, options{timeout: time.Minute}); o.Kind != cancelled && o.Kind != "broken" || s.ran(nonce) != 1 {
					t.Errorf("%+v, executed %d times", o, s.ran(nonce))
				}
			})
		}
		all.Go(func() {
			if _, o := d.connect(s.entry("stuck"), time.Minute); o.Kind != cancelled && o.Kind != "broken" {
				t.Errorf("connecting ends as %+v", o)
			}
		})
		eventually(t, 5*time.Second, "all calls", func() bool { return s.count(of("tools/call")) == 20 && s.count(of("server/discover")) > 0 })
		begin := time.Now()
		finish(t, d)
		if took := time.Since(begin); took > 6*time.Second {
			t.Errorf("closing takes %v", took)
		}
		all.Wait()
	})
}

// TestForgottenAlways is a server that forgets every session at once: that ends, and in an error.
func TestForgottenAlways(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		s.setGate(func(x *exchange) bool {
			if x.rpc.Method == "tools/call" {
				s.forgetAll()
			}
			return false
		})
		o := p.call("never", options{timeout: 5 * time.Second})
		if o.Kind != serverError || o.Code != "HF119" || s.ran("never") != 0 {
			t.Errorf("%+v, executed %d times", o, s.ran("never"))
		}
		if n := s.count(of("initialize")); n > 4 {
			t.Errorf("%d sessions were begun", n)
		}
	})
}

// TestForgottenSilently is a restart in which the client makes no call: its GET stream breaks off, and is refused
// with 404 from then on. The client must notice, begin a new session and tell of a gap: else what the server tells
// is lost in silence (I3; 2025-11-25, "Session Management": after a 404 a client MUST begin a new session).
func TestForgottenSilently(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		p.listen()
		s.requireEar(t, 1)
		eventually(t, 3*time.Second, "the subscription", func() bool { return s.count(of("resources/subscribe")) == 1 })
		time.Sleep(100 * time.Millisecond) // nothing is under way any more
		s.restart()
		if eventually(t, 6*time.Second, "a gap is told after a restart", func() bool { return len(p.heard().Gaps) > 0 }) {
			s.requireEar(t, 2)
			s.tellAll(1)
			eventually(t, 2*time.Second, "what the server tells then is heard", func() bool { return p.heard().Count == 1 })
		}
	})
}

// TestEarRefused has the GET stream break off, and a server that does not give it again. That is no failure, but what
// the server tells from then on is lost, so a gap is told (I3).
func TestEarRefused(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		s.requireEar(t, 1)
		s.setGate(func(x *exchange) bool {
			if x.method == "GET" {
				x.put(reply(405, "text/plain", "no more"))
			}
			return x.method == "GET"
		})
		s.cutStreams()
		eventually(t, 6*time.Second, "a gap is told", func() bool { return len(p.heard().Gaps) > 0 })
		once(t, s, "after", p.call("after", options{}))
	})
}

// requireEar waits for the n-th GET stream that was let in.
func (s *server) requireEar(t testing.TB, n int) {
	t.Helper()
	eventually(t, 6*time.Second, "the GET stream", func() bool {
		open := 0
		for _, r := range s.remotes() {
			if r.stream() != nil {
				open++
			}
		}
		return open > 0 && s.count(func(r seen) bool { return r.method == "GET" }) >= n
	})
}

// tellAll tells the n-th notification on every stream.
func (s *server) tellAll(n int) {
	for _, r := range s.remotes() {
		if x := r.stream(); x != nil {
			r.lasting(x, n)
		}
	}
}

// TestEarResumed cuts the GET stream, also in the middle of an event, again and again: it is resumed by Last-Event-ID,
// nothing is lost and nothing comes twice (EAR-2 to EAR-4).
func TestEarResumed(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		s.requireEar(t, 1)
		r := s.remotes()[0]
		n := 0
		tell := func() {
			n++
			r.lasting(r.stream(), n)
		}
		r.send("retry: 100\n\n")
		for cut := range 3 {
			for range 5 {
				tell()
			}
			x := r.stream()
			x.put("id: half\ndata: {\"json")
			x.rst()
			r.attach(nil)
			tellUnheard(r, x, &n)
			s.requireEar(t, cut+2)
			tell()
		}
		eventually(t, 2*time.Second, "all notifications", func() bool { return p.heard().Count >= n })
		if h := p.heard(); h.Count != n || h.Disorder != 0 || len(h.Gaps) > 0 {
			t.Errorf("of %d notifications came %+v", n, h)
		}
		for _, q := range s.all(func(r seen) bool { return r.method == "GET" })[1:] {
			if q.lastEvent == "" || q.lastEvent == "half" {
				t.Errorf("resumed from %q", q.lastEvent)
			}
		}
	})
}

// tellUnheard tells while no stream is open.
func tellUnheard(r *remote, x *exchange, n *int) {
	*n++
	r.lasting(x, *n)
}

// TestEarReplayed is a server that tells the last ones again: each is told once.
func TestEarReplayed(t *testing.T) {
	each(t, "legacy", func(t *testing.T, _ driver, s *server, p session) {
		s.requireEar(t, 1)
		r := s.remotes()[0]
		r.send("retry: 100\n\n")
		for n := 1; n <= 5; n++ {
			r.lasting(r.stream(), n)
		}
		s.setGate(func(x *exchange) bool {
			if x.header["last-event-id"] != "" {
				x.header["last-event-id"] = "2"
			}
			return false
		})
		eventually(t, 2*time.Second, "the first five", func() bool { return p.heard().Count == 5 })
		r.stream().rst()
		s.requireEar(t, 2)
		eventually(t, 3*time.Second, "the stream is open again", func() bool { r.lasting(r.stream(), 6); return true })
		eventually(t, 3*time.Second, "the sixth", func() bool { return p.heard().Last == 6 })
		if h := p.heard(); h.Count != 6 || h.Disorder != 0 {
			t.Errorf("%+v", h)
		}
	})
}

// TestGaps cuts streams of which nothing says what was missed: that is told, and the stream is open again (I3).
func TestGaps(t *testing.T) {
	for _, kind := range []string{"legacy", "modern", "sse"} {
		t.Run(kind, func(t *testing.T) {
			each(t, kind, func(t *testing.T, _ driver, s *server, p session) {
				p.listen()
				eventually(t, 3*time.Second, "the stream", func() bool { return s.tell(1) && p.heard().Last == 1 })
				before := p.heard()
				s.cutStreams()
				eventually(t, 8*time.Second, "a gap is told", func() bool { return len(p.heard().Gaps) > len(before.Gaps) })
				eventually(t, 5*time.Second, "the stream is open again", func() bool { return s.tell(2) && p.heard().Last == 2 })
				once(t, s, "after", p.call("after", options{}))
			})
		})
	}
}

// tell tells the n-th notification on every stream, without an id.
func (s *server) tell(n int) (told bool) {
	for _, r := range s.remotes() {
		if x := r.stream(); x != nil && x.put(event("", x.updated(n))) {
			told = true
		}
	}
	time.Sleep(20 * time.Millisecond)
	return told
}

func (s *server) cutStreams() {
	for _, r := range s.remotes() {
		if x := r.stream(); x != nil {
			r.attach(nil)
			x.rst()
		}
	}
}

// TestResumedCall cuts the stream of a call after an event with an id: it is resumed by a GET, and the tool does not
// run again (STREAM-5).
func TestResumedCall(t *testing.T) {
	each(t, "legacy-sse", func(t *testing.T, _ driver, s *server, p session) {
		s.resumable("resumed", (*exchange).rst)
		o := p.call("resumed", options{progress: true})
		once(t, s, "resumed", o)
		if o.Progress != 2 || o.Disorder != 0 {
			t.Errorf("progress: %+v", o)
		}
		if n := s.count(func(r seen) bool { return r.nonce == "resumed" }); n != 1 {
			t.Errorf("the call was sent %d times", n)
		}
	})
}

// resumable has the answer to a call broken off after its first event, and go on at a GET that names it.
func (s *server) resumable(nonce string, end func(*exchange)) {
	var rest atomic.Value
	id := "call " + nonce
	s.mu.Lock()
	next := s.gate
	s.mu.Unlock()
	s.setGate(func(x *exchange) bool {
		if x.method == "GET" && x.header["last-event-id"] == id {
			x.put(headOf(200, "text/event-stream", "Transfer-Encoding: chunked"), chunk(rest.Load().(string)), lastChunk)
			return true
		}
		return next != nil && next(x)
	})
	s.plan(nonce, func(x *exchange) {
		rest.Store(event("", x.progress(2)) + event("", x.success()))
		x.put(x.stream(), chunk("retry: 100\n"+event(id, x.progress(1))), half(chunk(event("", x.success()))))
		end(x)
	})
}

// TestAssumedOld has a second Connect to an HTTP+SSE server fail: it is told why, and what is configured as HTTP+SSE is
// not spoken to otherwise.
func TestAssumedOld(t *testing.T) {
	each(t, "sse", func(t *testing.T, d driver, s *server, p session) {
		s.setGate(func(x *exchange) bool {
			if x.method == "GET" {
				x.rst()
			}
			return x.method == "GET"
		})
		_, o := d.connect(s.entry("sse"), 5*time.Second)
		if o.Code != "HF111" || o.Kind != notSent && o.Kind != unknown {
			t.Errorf("%+v", o)
		}
		for _, r := range s.all(func(r seen) bool { return r.method == "POST" && r.path == "/sse" }) {
			t.Errorf("%s went to the stream's own URL by POST", r.rpc)
		}
	})
}

// TestTimeOutAlone has one call run out of its time while another, which has more of it, is under way in the same
// session: the other must get its answer, and so must the next (F-11: "abort that request only").
func TestTimeOutAlone(t *testing.T) {
	for _, kind := range kinds {
		t.Run(kind, func(t *testing.T) {
			each(t, kind, func(t *testing.T, _ driver, s *server, p session) {
				s.plan("patient", func(x *exchange) { time.Sleep(time.Second); x.done() })
				s.plan("impatient", func(x *exchange) { time.Sleep(time.Second); x.done() })
				done := make(chan outcome, 1)
				go func() { done <- p.call("patient", options{}) }()
				eventually(t, 3*time.Second, "the call", func() bool { return s.ran("patient") == 1 })
				if o := p.call("impatient", options{timeout: 300 * time.Millisecond}); o.Kind != unknown || o.Code != "HF111" {
					t.Errorf("%+v", o)
				}
				once(t, s, "next", p.call("next", options{}))
				once(t, s, "patient", <-done)
			})
		})
	}
}

// TestBlackHole is a server that takes connections and is never heard of again, and one that does not even take them.
func TestBlackHole(t *testing.T) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		d := open(t)
		w := watch(t, d)
		for name, address := range map[string]string{"accepted": deafListener(t, 64), "not accepted": deafListener(t, 0)} {
			_, o := d.connect(entry{Type: "http", URL: "http://" + address + "/mcp"}, impatient)
			if o.Code != "HF107" || o.Kind != unknown && o.Kind != notSent || o.took > impatient+time.Second {
				t.Errorf("%s: %+v", name, o)
			}
			t.Logf("%s: %s", name, o.Kind)
		}
		w.end(t)
		finish(t, d)
	})
}

// TestRefused is a server that goes away for good, and one that is back after a moment: not sent, or once.
func TestRefused(t *testing.T) {
	each(t, "modern", func(t *testing.T, _ driver, s *server, p session) {
		once(t, s, "before", p.call("before", options{}))
		address := s.listener.Addr().String()
		_ = s.listener.Close()
		s.cutAll()
		time.Sleep(50 * time.Millisecond)
		if o := p.call("away", options{}); o.Kind != notSent || o.Code != "HF107" || s.ran("away") != 0 || o.took > 5*time.Second {
			t.Errorf("%+v, executed %d times", o, s.ran("away"))
		}
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				nonce := fmt.Sprintf("back %d %s", i, rand.Text())
				o := p.call(nonce, options{})
				if o.Kind == isResult && s.ran(nonce) == 1 || o.Kind == notSent && s.ran(nonce) == 0 {
					return
				}
				t.Errorf("%+v, executed %d times", o, s.ran(nonce))
			})
		}
		time.Sleep(100 * time.Millisecond)
		s.listenAt(t, address)
		all.Wait()
		once(t, s, "after", p.call("after", options{}))
	})
}
