package faults

import (
	"strings"
	"testing"
	"time"
)

// TestMany has 100,000 notifications come on one stream: none is lost, in order, and in bounded memory.
func TestMany(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	for kind, n := range map[string]int{"modern-sse": n, "legacy-sse": n / 5, "sse": n / 5} {
		t.Run(kind, func(t *testing.T) {
			alone(t, kind, func(t *testing.T, d driver, s *server, p session) {
				s.plan("many", func(x *exchange) { x.many(n) })
				o := p.call("many", options{progress: true, timeout: time.Minute})
				once(t, s, "many", o)
				if o.Progress != n || o.Disorder != 0 {
					t.Errorf("%d came, %d of them out of order", o.Progress, o.Disorder)
				}
				t.Logf("%s: %d in %v, %d MB", d.name(), n, o.took.Round(time.Millisecond), d.memory()>>20)
				requireMemory(t, d, 48<<20, 300<<20)
			})
		})
	}
}

// many answers a call after n notifications.
func (x *exchange) many(n int) {
	put := func(text string) { x.put(chunk(text)) }
	if x.kind == "sse" {
		x.put(reply(202, "text/plain", "Accepted"))
		put = func(text string) { x.remote.send(text) }
	} else {
		x.put(x.stream())
	}
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString(event("", x.progress(i)))
		if b.Len() > 1<<15 {
			put(b.String())
			b.Reset()
		}
	}
	put(b.String() + event("", x.success()))
	if x.kind != "sse" {
		x.put(lastChunk)
	}
}

// TestManyAtRest is the same on the stream on which a server tells by itself.
func TestManyAtRest(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	for kind, n := range map[string]int{"modern": n / 5, "legacy": n} {
		t.Run(kind, func(t *testing.T) {
			alone(t, kind, func(t *testing.T, d driver, s *server, p session) {
				p.listen()
				eventually(t, 5*time.Second, "the stream", func() bool {
					return len(s.remotes()) > 0 && s.remotes()[0].stream() != nil
				})
				time.Sleep(100 * time.Millisecond)
				x := s.remotes()[0].stream()
				for i := 1; i <= n; i++ {
					x.put(event("", x.updated(i)))
				}
				eventually(t, 30*time.Second, "all", func() bool { return p.heard().Count >= n })
				if h := p.heard(); h.Count != n || h.Disorder != 0 {
					t.Errorf("of %d came %+v", n, h)
				}
				requireMemory(t, d, 48<<20, 300<<20)
			})
		})
	}
}

// requireMemory bounds the core's linear memory in Go, and the whole process in Node.
func requireMemory(t testing.TB, d driver, inGo, inNode int) {
	t.Helper()
	bound := inGo
	if d.name() == "node" {
		bound = inNode
	}
	if got := d.memory(); got > bound {
		t.Errorf("%s takes %d MB, not at most %d", d.name(), got>>20, bound>>20)
	}
}

// TestFloods are answers without an end: each ends in a typed error, in bounded memory, and a healthy server of the
// same client does not wait (F-10, F-11).
func TestFloods(t *testing.T) {
	pour := func(head func(*exchange) string, piece string) func(*exchange) {
		piece = strings.Repeat(piece, 1<<16/len(piece))
		return func(x *exchange) {
			for ok := x.put(head(x)); ok; {
				ok = x.put(piece)
			}
			x.over = true
		}
	}
	line := strings.Repeat("x", 200)
	for name, plan := range map[string]func(*exchange){
		"endless-line":  pour((*exchange).untilClosed, "x"),
		"endless-data":  pour(func(x *exchange) string { return x.untilClosed() + "data: " }, "x"),
		"endless-event": pour((*exchange).untilClosed, "data: "+line+"\n"),
		"endless-json":  pour(func(*exchange) string { return headOf(200, "application/json", "Connection: close") + `{"a":"` }, "x"),
		"endless-chunks": pour(func(*exchange) string {
			return headOf(200, "application/json", "Transfer-Encoding: chunked")
		}, chunk(strings.Repeat(" ", 200))),
	} {
		t.Run(name, func(t *testing.T) {
			alone(t, "modern-sse", func(t *testing.T, d driver, s *server, p session) {
				w := watch(t, d)
				s.plan(name, plan)
				o := p.call(name, options{timeout: 20 * time.Second})
				if o.Kind != unknown || o.Code != "HF112" || s.ran(name) != 1 {
					t.Errorf("%+v, executed %d times", o, s.ran(name))
				}
				once(t, s, "after", p.call("after", options{}))
				w.end(t)
				t.Logf("%s: %v, %d MB", d.name(), o.took.Round(time.Millisecond), d.memory()>>20)
				requireMemory(t, d, 320<<20, 900<<20)
			})
		})
	}
}
