package sim

import (
	"runtime"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestNoCallRunsTwice puts at least 1,000 faults into tool calls alone, and prints the servers' own counters: no
// call that may have run is sent again.
func TestNoCallRunsTwice(t *testing.T) {
	faults, calls, ran, twice := 0, 0, 0, 0
	outcomes := map[string]int{}
	found := newFindings()
	for seed := uint64(1); faults < 1500; seed++ {
		w := newWorld(seed, 0)
		w.force = func(c *conn) string {
			call := strings.Contains(string(c.body), `"method":"tools/call"`) || c.headers["Last-Event-ID"] != ""
			if !call || !w.chance(600) {
				return ""
			}
			faults++
			all := append(append([]string{}, faultsBefore...), faultsAfter...)
			return all[w.below(len(all))]
		}
		for _, name := range entries {
			w.client.connect(name)
		}
		w.run(w.now + 5e9)
		for range 60 {
			if len(w.client.ready) > 0 {
				w.client.call(w.client.ready[w.below(len(w.client.ready))], "plain")
			}
			if w.chance(50) {
				w.servers[entries[w.below(len(entries))]].restart(int64(w.below(3000)) * 1e6)
			}
			w.run(w.now + int64(w.below(3000))*1e6)
		}
		w.heal()
		for _, c := range w.calls {
			calls, ran = calls+1, ran+c.executed
			outcomes[c.outcome]++
			if c.executed > 1 {
				twice++
			}
		}
		var list []violation
		for _, v := range w.check.found {
			if strings.HasPrefix(v.code, "I2") || v.code == "I1.notsent" {
				list = append(list, v)
			}
		}
		found.add(list, "seed", func() []string { return nil })
	}
	t.Logf("%d faults; %d tool calls; the servers ran %d of them, %d twice; outcomes %v", faults, calls, ran, twice, outcomes)
	found.report(t)
}

// TestIntake has the driver overwrite every batch after its step, as the module's memory is: nothing of it may be
// looked at later.
func TestIntake(t *testing.T) {
	w := newWorld(1, 0)
	w.overwrite = true
	w.client.connect("modern")
	w.run(w.now + 5e9)
	if len(w.client.ready) == 0 {
		t.Error("a Connect whose entry has a variable looks at its capabilities after its step")
	}
}

// TestMemory lets a session run for long, and looks at what is held (I5).
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second or two")
	}
	for _, name := range []string{"modern", "legacy", "pipe"} {
		w := newWorld(3, 100)
		w.client.connect(name)
		var after [3]uint64
		for i := range after {
			for range 3000 {
				w.run(w.now + 50e6)
				if len(w.client.ready) == 0 {
					w.client.connect(name)
					continue
				}
				s := w.client.ready[0]
				w.do(msg.Input{Request: &msg.Request{ID: w.verb(), Session: s, Method: "resources/read", Params: []byte(`{"uri":"a:b"}`), TimeoutMS: 2000}})
				w.servers[name].tell()
			}
			w.run(w.now + 200e9)
			// The checker and the servers remember everything; only the core is to be measured.
			w.check.attempts, w.check.groups = map[string]*attempt{}, map[string]*group{}
			w.check.earIDs = map[string]bool{}
			for _, r := range w.servers[name].sessions {
				r.store = nil
			}
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			after[i] = m.HeapAlloc
			if sizes := w.sizes(); sizes["timers"] > 64 || sizes["exchanges"] > 64 {
				t.Errorf("%s: %v are held", name, sizes)
			}
		}
		t.Logf("%s: %d, %d, %d kB; %v", name, after[0]>>10, after[1]>>10, after[2]>>10, w.sizes())
		if after[2] > after[1]+1<<20 {
			t.Errorf("%s: the heap grows from %d to %d bytes over 3,000 requests", name, after[1], after[2])
		}
	}
}
