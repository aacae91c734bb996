package faults

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestSoak has a thousand sessions of one client go on for a while, each with a stream on which the server tells by
// itself and a call every few seconds: flat memory, nothing lost, and an end in bounded time.
func TestSoak(t *testing.T) {
	sessions, long := 1000, *soakTime
	if testing.Short() {
		sessions, long = 100, min(long, 5*time.Second)
	}
	s := serve(t)
	d := openGo(t).(*goDriver)
	k := &soak{t: t, d: d, s: s, long: long, told: map[string]int{}}
	begin := time.Now()
	k.open(sessions)
	opened := time.Since(begin)
	k.run()
	k.settle()
	begin = time.Now()
	k.close()
	closed := time.Since(begin)
	finish(t, d)
	s.requireKeys(t)
	t.Logf("%d sessions opened in %v, %v of soak, closed in %v: %d calls, %d errors, %d notifications; slowest call %v\n%s", sessions,
		opened.Round(time.Millisecond), long, closed.Round(time.Millisecond), k.calls.Load(), k.errors.Load(), k.heard(),
		time.Duration(k.slowest.Load()).Round(time.Millisecond), k.series())
	if closed > 10*time.Second {
		t.Errorf("closing takes %v", closed)
	}
}

type soak struct {
	t    testing.TB
	d    *goDriver
	s    *server
	long time.Duration

	mu       sync.Mutex
	sessions []session
	// told is how many notifications each stream of the server's has told.
	told map[string]int

	calls, errors, slowest atomic.Int64
	samples                []sample
}

// sample is what the client takes at a moment, in bytes.
type sample struct {
	at           time.Duration
	linear, heap int
}

// open begins the sessions, some at once.
func (k *soak) open(n int) {
	var all sync.WaitGroup
	slots := make(chan bool, 32)
	for i := range n {
		slots <- true
		all.Go(func() {
			defer func() { <-slots }()
			kind := []string{"modern", "legacy", "modern-sse", "legacy-sse"}[i%4]
			p, o := k.d.connect(k.s.entry(kind), 30*time.Second)
			if o.Kind != isResult {
				k.t.Errorf("no session: %+v", o)
				return
			}
			p.listen()
			k.mu.Lock()
			k.sessions = append(k.sessions, p)
			k.mu.Unlock()
		})
	}
	all.Wait()
	eventually(k.t, 30*time.Second, "every session's stream", func() bool { return len(k.streams()) == n })
}

func (k *soak) streams() (open []*remote) {
	for _, r := range k.s.remotes() {
		if r.stream() != nil {
			open = append(open, r)
		}
	}
	return open
}

// between is how long a session waits between two calls, and a stream between two notifications.
const between = 3 * time.Second

func (k *soak) run() {
	stop := make(chan struct{})
	var all sync.WaitGroup
	for _, p := range k.sessions {
		all.Go(func() { k.use(p, stop) })
	}
	all.Go(func() { k.tell(stop) })
	k.collected()
	for begin := time.Now(); time.Since(begin) < k.long; time.Sleep(k.long / 30) {
		k.sample(time.Since(begin))
	}
	close(stop)
	all.Wait()
}

// collected waits until the core has collected its garbage: before, linear memory only grows, up to twice what lives. One
// that goes on growing is not waited for.
func (k *soak) collected() {
	most, since := k.d.memory(), time.Now()
	for begin := since; time.Since(since) < k.long/3 && time.Since(begin) < 3*k.long; time.Sleep(k.long / 60) {
		if now := k.d.memory(); now > most {
			most, since = now, time.Now()
		}
	}
}

// use makes a call every few seconds.
func (k *soak) use(p session, stop chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case <-time.After(rand.N(2 * between)):
		}
		nonce := fmt.Sprintf("soak %d", k.calls.Add(1))
		o := p.call(nonce, options{})
		if o.Kind != isResult || o.Text != nonce || k.s.ran(nonce) != 1 {
			if k.errors.Add(1) < 10 {
				k.t.Errorf("%+v, executed %d times", o, k.s.ran(nonce))
			}
		}
		k.s.mu.Lock()
		delete(k.s.runs, nonce)
		k.s.requests = k.s.requests[:0]
		k.s.mu.Unlock()
		for was := k.slowest.Load(); int64(o.took) > was && !k.slowest.CompareAndSwap(was, int64(o.took)); {
			was = k.slowest.Load()
		}
	}
}

// tell has every stream tell its next number, spread over the time between.
func (k *soak) tell(stop chan struct{}) {
	open := k.streams()
	for {
		for _, r := range open {
			select {
			case <-stop:
				return
			case <-time.After(between / time.Duration(len(open))):
			}
			k.told[r.id]++
			if x := r.stream(); !x.put(event("", x.updated(k.told[r.id]))) {
				k.t.Errorf("a stream has ended")
				return
			}
		}
	}
}

func (k *soak) sample(at time.Duration) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	k.samples = append(k.samples, sample{at, k.d.memory(), int(m.HeapAlloc)})
}

func (k *soak) heard() (n int) {
	for _, p := range k.sessions {
		n += p.heard().Count
	}
	return n
}

// settle demands that all that was told has been heard, in order, and that memory is flat.
func (k *soak) settle() {
	total := 0
	for _, n := range k.told {
		total += n
	}
	eventually(k.t, 5*time.Second, "every notification", func() bool { return k.heard() >= total })
	for _, p := range k.sessions {
		if h := p.heard(); h.Disorder > 0 || len(h.Gaps) > 0 {
			k.t.Errorf("%+v", h)
		}
	}
	if n := k.heard(); n != total {
		k.t.Errorf("%d notifications were told and %d heard", total, n)
	}
	third := len(k.samples) / 3
	first, last := k.samples[:third], k.samples[len(k.samples)-third:]
	for _, of := range []struct {
		name  string
		bytes func(sample) int
		slack int
	}{{"linear memory", func(s sample) int { return s.linear }, 8 << 20}, {"Go's heap", func(s sample) int { return s.heap }, 16 << 20}} {
		if a, b := median(first, of.bytes), median(last, of.bytes); b > a+a/10+of.slack {
			k.t.Errorf("%s grows from %d kB to %d kB", of.name, a>>10, b>>10)
		}
	}
}

func median(of []sample, bytes func(sample) int) int {
	var all []int
	for _, s := range of {
		all = append(all, bytes(s))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func (k *soak) close() {
	var all sync.WaitGroup
	for _, p := range k.sessions {
		all.Go(func() {
			if o := p.close(); o.Kind != isResult {
				k.t.Errorf("closing: %+v", o)
			}
		})
	}
	all.Wait()
}

func (k *soak) series() string {
	var b strings.Builder
	b.WriteString("time: linear memory, Go's heap (of client and server), in kB\n")
	for i, s := range k.samples {
		if i%3 == 0 || i == len(k.samples)-1 {
			fmt.Fprintf(&b, "%8v: %7d %7d\n", s.at.Round(time.Second/10), s.linear>>10, s.heap>>10)
		}
	}
	return b.String()
}
