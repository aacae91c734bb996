package faults

import (
	"cmp"
	"crypto/rand"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The outcomes of a request.
const (
	isResult    = "result"
	serverError = "server_error"
	notSent     = "not_sent"
	unknown     = "unknown"
	cancelled   = "cancelled"
)

// row is one thing that goes wrong with a tools/call of a session that stands, and what has to come of it.
type row struct {
	name string
	// kinds are the servers that it happens at; Streamable HTTP of both eras where there are none.
	kinds []string
	// plan is what becomes of the answer after the tool was executed, instead what happens in the place of both.
	plan, instead func(*exchange)
	options
	// want is the outcome, code the error's or several, says a part of what people are told.
	want, code, says string
	// runs is how often the tool was executed, sent how often the call came where that is not once; -1 is never.
	runs, sent int
}

// impatient is the time-out where nothing comes.
const impatient = 600 * time.Millisecond

// TestMatrix has each fault come to a call, by each driver and from each kind of server. The session must go on
// afterwards, and a healthy server of the same client must not notice.
func TestMatrix(t *testing.T) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		other := record(t)
		d := open(t)
		t.Run("rows", func(t *testing.T) {
			w := watch(t, d)
			defer w.end(t)
			top := t
			t.Run("each", func(t *testing.T) {
				for _, r := range rows(other) {
					t.Run(r.name, func(t *testing.T) {
						t.Parallel()
						r.run(t, d, top)
					})
				}
			})
		})
		finish(t, d)
		other.requireNothing(t)
	})
}

// run has the fault come from every kind of server at once. The servers last as long as top, so that none gets
// the port of another, to which there may still be connections.
func (r row) run(t *testing.T, d driver, top testing.TB) {
	of := r.kinds
	if of == nil {
		of = kinds[:4]
	}
	var all sync.WaitGroup
	for _, kind := range of {
		all.Go(func() { r.one(t, d, serve(top), kind) })
	}
	all.Wait()
}

func (r row) one(t *testing.T, d driver, s *server, kind string) {
	defer s.requireKeys(t)
	p, o := d.connect(s.entry(kind), 10*time.Second)
	if o.Kind != isResult {
		t.Errorf("%s: no session: %+v", kind, o)
		return
	}
	nonce := r.name + " " + kind + " " + rand.Text()
	if r.plan != nil {
		s.plan(nonce, r.plan)
	}
	if r.instead != nil {
		s.instead(nonce, r.instead)
	}
	got := p.call(nonce, r.options)
	if got.Kind != r.want || !slices.Contains(strings.Fields(r.code+" ."), cmp.Or(got.Code, ".")) || !strings.Contains(got.Message, r.says) {
		t.Errorf("%s: got %+v; not %s %s %q", kind, got, r.want, r.code, r.says)
	}
	if got.Kind == isResult && got.Text != nonce {
		t.Errorf("%s: another call's result: %q", kind, got.Text)
	}
	if got.took > r.bound()+2*time.Second || r.timeout == 0 && got.took > 4*time.Second {
		t.Errorf("%s: it took %v", kind, got.took)
	}
	if strings.Contains(got.Message, s.key) {
		t.Errorf("%s: the key is in the message: %s", kind, got.Message)
	}
	s.goesOn(t, kind, p)
	sent := s.count(func(q seen) bool { return q.nonce == nonce })
	if ran := s.ran(nonce); ran != r.runs || sent != max(0, cmp.Or(r.sent, 1)) {
		t.Errorf("%s: executed %d times, came %d times; not %d, %d", kind, ran, sent, r.runs, max(0, cmp.Or(r.sent, 1)))
	}
	if o := p.close(); o.Kind != isResult || o.took > 3*time.Second {
		t.Errorf("%s: closing: %+v", kind, o)
	}
}

// goesOn says that a session still works. A call on a stream that breaks off just then ends as any other.
func (s *server) goesOn(t testing.TB, kind string, p session) {
	t.Helper()
	var got outcome
	for range 20 {
		nonce := "after " + rand.Text()
		got = p.call(nonce, options{})
		if got.Kind == isResult && got.Text == nonce && s.ran(nonce) == 1 {
			return
		}
		if kind != "sse" || s.ran(nonce) > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s: the session does not go on: %+v", kind, got)
}

// watcher asks a healthy server in the same client all the while.
type watcher struct {
	s     *server
	stop  chan struct{}
	done  sync.WaitGroup
	calls int
	worst time.Duration
	bad   []outcome
}

// patience is how long a healthy server's answer may take beside faults.
const patience = 2 * time.Second

func watch(t testing.TB, d driver) *watcher {
	t.Helper()
	w := &watcher{s: serve(t), stop: make(chan struct{})}
	for _, kind := range []string{"modern", "legacy-sse"} {
		p, o := d.connect(w.s.entry(kind), 10*time.Second)
		if o.Kind != isResult {
			t.Fatalf("the healthy server: %+v", o)
		}
		w.done.Go(func() { w.ask(p) })
	}
	return w
}

func (w *watcher) ask(p session) {
	for {
		select {
		case <-w.stop:
			if o := p.close(); o.Kind != isResult {
				w.took(o)
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
		nonce := rand.Text()
		o := p.call(nonce, options{timeout: 10 * time.Second})
		if o.Text != nonce || w.s.ran(nonce) != 1 {
			o.Kind = "wrong: " + o.Kind
		}
		w.took(o)
	}
}

func (w *watcher) took(o outcome) {
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	w.calls++
	w.worst = max(w.worst, o.took)
	if o.Kind != isResult {
		w.bad = append(w.bad, o)
	}
}

// end says that the healthy server did not notice anything.
func (w *watcher) end(t testing.TB) {
	t.Helper()
	close(w.stop)
	w.done.Wait()
	w.s.requireKeys(t)
	if len(w.bad) > 0 || w.worst > patience || w.calls == 0 {
		t.Errorf("the healthy server: %d calls, %v at worst, and %+v", w.calls, w.worst, w.bad)
	}
	t.Logf("the healthy server: %d calls, %v at worst", w.calls, w.worst.Round(time.Millisecond))
}
