package sim

import (
	"flag"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

var (
	seedFlag  = flag.Uint64("seed", 0, "the one seed to simulate; 0 is many")
	stepsFlag = flag.Int("steps", 0, "how many things the client does")
	manyFlag  = flag.Int("seeds", 0, "how many seeds")
)

// simulate is one run of steps actions.
func simulate(seed uint64, steps, faulty int, chatty bool, among ...string) *world {
	w := newWorld(seed, faulty)
	w.chatty = chatty
	if len(among) > 0 {
		w.among = among
	}
	for _, name := range w.among {
		w.client.connect(name)
	}
	for range steps {
		w.client.act()
		switch n := w.below(1000); {
		case n < 12:
			s := w.servers[w.among[w.below(len(w.among))]]
			s.restart(int64(w.below(4000)) * 1e6)
		case n < 18:
			w.inject("sleep")
			w.jump(w.now + int64(10+w.below(7200))*1e9)
			w.do()
		case n < 22:
			w.inject("wall clock jumps")
			w.wall += int64(w.below(172800)-86400) * 1e9
		case n < 200:
			w.servers[w.among[w.below(len(w.among))]].tell()
		}
		d := int64(w.below(400)) * 1e6
		if w.chance(60) {
			d = int64(w.below(90)) * 1e9
		}
		w.run(w.now + d)
	}
	w.heal()
	return w
}

// heal takes all faults away, lets things settle, and looks whether what is listened to is still heard.
func (w *world) heal() {
	w.faulty = 0
	for _, s := range w.servers {
		s.downUntil = 0
	}
	for range 90 {
		for _, name := range w.among {
			w.servers[name].tell()
		}
		w.run(w.now + 10e9)
	}
	for id, t := range w.client.seen {
		if s := w.servers[t.of]; !s.process() && t.seq != 0 && t.seq < s.seq-2 && !t.gap && w.check.open(id) {
			w.check.bad("I3.deaf", "listen %d of %s was told %d of %d and no gap, a quarter of an hour after the last fault", id, t.of, t.seq, s.seq)
		}
	}
	for _, id := range w.sessionIDs() {
		w.do(msg.Input{Close: &msg.Close{ID: w.verb(), Session: id}})
	}
	w.run(w.now + 7200e9)
	w.check.atEnd()
	for name, n := range w.sizes() {
		if n != 0 {
			w.check.bad("I5.left."+name, "%d %s are left", n, name)
		}
	}
}

// TestSimulation runs seeds; -seed N -steps M replays one with its log.
func TestSimulation(t *testing.T) {
	found := newFindings()
	seeds, steps := 200, 150
	if testing.Short() || slow {
		seeds = 15
	}
	if *manyFlag > 0 {
		seeds = *manyFlag
	}
	if *stepsFlag > 0 {
		steps = *stepsFlag
	}
	first := uint64(1)
	if *seedFlag != 0 {
		first, seeds = *seedFlag, 1
	}
	all := map[string]int{}
	calls, executed, outcomes := 0, 0, map[string]int{}
	for seed := first; seed < first+uint64(seeds); seed++ {
		faulty := []int{0, 50, 150, 300}[seed%4]
		w := simulate(seed, steps, faulty, false)
		where := fmt.Sprintf("-seed %d -steps %d", seed, steps)
		found.add(w.check.found, where, func() []string { return simulate(seed, steps, faulty, true).log })
		for name, n := range w.injected {
			all[name] += n
		}
		for _, c := range w.calls {
			calls, executed = calls+1, executed+c.executed
			outcomes[c.outcome]++
		}
	}
	t.Logf("%d seeds; %d tool calls, %d runs of them at the servers; outcomes %v; faults: %s", seeds, calls, executed, outcomes, listing(all))
	found.report(t)
}

var huntFlag = flag.String("hunt", "", "find the shortest run that breaks this")

// TestHunt looks for the shortest run that breaks something.
func TestHunt(t *testing.T) {
	if *huntFlag == "" {
		t.Skip("-hunt says what for")
	}
	for _, name := range entries {
		var best *world
		for _, steps := range []int{2, 4, 6, 8, 12, 16, 24, 32, 48, 64} {
			for seed := uint64(1); seed <= 250; seed++ {
				faulty := []int{0, 50, 150, 300}[seed%4]
				if w := simulate(seed, steps, faulty, false, name); w.shows(*huntFlag) && (best == nil || w.check.stats.steps < best.check.stats.steps) {
					best = simulate(seed, steps, faulty, true, name)
					best.log = append(best.log, fmt.Sprintf("seed %d, %d steps", seed, steps))
				}
			}
			if best != nil {
				break
			}
		}
		if best != nil {
			t.Log(name + ":\n" + strings.Join(best.until(*huntFlag), "\n"))
		}
	}
}

func (w *world) shows(code string) bool {
	for i := range w.check.found {
		if w.check.found[i].code == code {
			return true
		}
	}
	return false
}

// until is the log up to what breaks something, without the tracing.
func (w *world) until(code string) (log []string) {
	for _, line := range w.log {
		if !strings.HasPrefix(line, "  < trace") && !strings.HasPrefix(line, "  < loaded") {
			log = append(log, line)
		}
		if strings.HasPrefix(line, "  ! "+code) {
			break
		}
	}
	return log
}

func listing(all map[string]int) string {
	names := make([]string, 0, len(all))
	total := 0
	for name, n := range all {
		names = append(names, name)
		total += n
	}
	sort.Strings(names)
	var b strings.Builder
	fmt.Fprintf(&b, "%d in all", total)
	for _, name := range names {
		fmt.Fprintf(&b, ", %s %d", name, all[name])
	}
	return b.String()
}
