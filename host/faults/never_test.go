package faults

import (
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestNeverTwice has a fault come at a random byte of each of a thousand answers, and demands that no tool call is
// executed twice, and that what is told of each is true: a result was executed once, what was not sent never was.
func TestNeverTwice(t *testing.T) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		d := open(t)
		name, n := d.name(), 1200
		if name == "node" {
			n = 600
		}
		if testing.Short() {
			n /= 6
		}
		w := watch(t, d)
		begin := time.Now()
		totals := shower(t, d, n)
		w.end(t)
		finish(t, d)
		t.Logf("%s: seed %d, %d faults in %v: %s", name, *seed, n, time.Since(begin).Round(time.Millisecond), totals)
	})
}

// tally counts what came of which fault.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
	done   []struct {
		shot
		outcome
	}
}

func (y *tally) String() string {
	var lines []string
	for what, n := range y.counts {
		lines = append(lines, fmt.Sprintf("%s %d", what, n))
	}
	sort.Strings(lines)
	return strings.Join(lines, ", ")
}

// shot is one random fault.
type shot struct {
	s     *server
	nonce string
	// what is the fault's name and numbers, with which it can be had again.
	what string
}

// shower runs n faults, at several servers at once, and checks the counters when all is over.
func shower(t *testing.T, d driver, n int) *tally {
	y := &tally{counts: map[string]int{}}
	const lanes = 15
	var all sync.WaitGroup
	for lane := range lanes {
		g := &gunner{t: t, d: d, s: serve(t), kind: kinds[lane%len(kinds)], random: rand.New(rand.NewPCG(*seed, uint64(lane)))}
		all.Go(func() {
			for i := lane; i < n; i += lanes {
				g.shoot(y, fmt.Sprintf("%d", i))
			}
			g.leave()
			g.s.requireKeys(t)
		})
	}
	all.Wait()
	for _, one := range y.done {
		ran := one.s.ran(one.nonce)
		y.counts["executed"] += ran
		y.counts["most often for one call"] = max(y.counts["most often for one call"], ran)
		if !consistent(one.outcome, one.nonce, ran) {
			t.Errorf("%s: executed %d times, and told as %+v", one.what, ran, one.outcome)
		}
	}
	return y
}

// consistent says whether what is told of a call fits how often it was executed.
func consistent(o outcome, nonce string, ran int) bool {
	switch o.Kind {
	case isResult:
		return ran == 1 && o.Text == nonce
	case notSent:
		return ran == 0
	case unknown, serverError, cancelled:
		return ran <= 1
	}
	return false
}

// gunner shoots at one session after another of its own server.
type gunner struct {
	t      testing.TB
	d      driver
	s      *server
	kind   string
	random *rand.Rand
	p      session
	used   int
}

func (g *gunner) leave() {
	if g.p != nil {
		g.p.close()
	}
	g.p = nil
}

// session is the one in use: a new one after some calls, so that the waits before a lost one is had again stay short.
func (g *gunner) session() session {
	if g.used++; g.p == nil || g.used > 3 || g.kind == "sse" && g.used > 1 {
		g.leave()
		g.used = 0
		for range 3 { // the first may go over a connection that the fault before has ended
			p, o := g.d.connect(g.s.entry(g.kind), 10*time.Second)
			if o.Kind == isResult {
				g.p = p
				return p
			}
		}
	}
	return g.p
}

func (g *gunner) shoot(y *tally, number string) {
	p := g.session()
	if p == nil {
		g.t.Error("no session")
		return
	}
	nonce := number + " " + g.kind
	what, o := g.arm(nonce)
	got := p.call(nonce, o)
	g.s.partial.Store(0)
	if got.Code == "HF119" {
		g.leave()
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.counts[got.Kind]++
	y.counts["faults: "+strings.Fields(what)[0]]++
	y.done = append(y.done, struct {
		shot
		outcome
	}{shot{g.s, nonce, what}, got})
}

// arm chooses a fault for the call with this nonce.
func (g *gunner) arm(nonce string) (what string, o options) {
	r := g.random
	at, end := r.Float64(), (*exchange).fin
	if r.IntN(2) == 0 {
		end = (*exchange).rst
	}
	o = options{timeout: 5 * time.Second, progress: r.IntN(2) == 0}
	name := "cut"
	switch dice := r.IntN(100); {
	case dice < 50:
		g.s.plan(nonce, func(x *exchange) { x.cutAnswer(at, end) })
	case dice < 60:
		name = "hang"
		o.timeout = time.Duration(50+r.IntN(100)) * time.Millisecond
		g.s.plan(nonce, func(x *exchange) { x.cutAnswer(at, (*exchange).hang) })
	case dice < 70:
		name = "unread"
		g.s.partial.Store(1 + int64(at*400))
	case dice < 76:
		name = "refused"
		status := []int{429, 503, 500, 502, 401, 404, 400}[r.IntN(7)]
		g.s.instead(nonce, func(x *exchange) { x.put(reply(status, "text/plain", "no", "Retry-After: 0")) })
	case dice < 82:
		name = "forgotten"
		g.s.forgetAll()
	case dice < 88:
		name = "last-words"
		g.s.plan(nonce, func(x *exchange) { x.done(); end(x) }) // and the next call goes to an ended connection
	case dice < 92:
		name = "restart"
		delay := time.Duration(at * float64(3*time.Millisecond))
		time.AfterFunc(delay, g.s.restart)
	case dice < 96 && g.kind == "legacy-sse":
		name = "resumed"
		g.s.setGate(nil)
		g.s.resumable(nonce, end)
	default:
		name = "cancelled"
		o.after = time.Duration(1 + at*float64(5*time.Millisecond))
		g.s.plan(nonce, func(x *exchange) { time.Sleep(2 * time.Millisecond); x.done() })
	}
	return fmt.Sprintf("%s of %s at %.4f (seed %d)", name, nonce, at, *seed), o
}

// cutAnswer writes a part of all bytes of the answer, head and framing too, and then ends it so.
func (x *exchange) cutAnswer(at float64, end func(*exchange)) {
	if x.kind == "sse" {
		text := event("", x.progress(1)) + event("", x.success())
		x.put(reply(202, "text/plain", "Accepted"))
		if out := x.remote.stream(); out != nil {
			out.put(text[:int(at*float64(len(text)+1))])
			end(out)
		}
		return
	}
	text := x.inHTTP(x.success())
	if x.streams() {
		text = x.stream() + chunk(event("", x.progress(1))) + chunk(event("", x.success())) + lastChunk
	}
	x.put(text[:int(at*float64(len(text)+1))])
	end(x)
}
