package faults

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pipes are what goes wrong with a server that is a process.
func pipes() []row {
	died := func(name string, runs int) row {
		return row{name: name, want: unknown, code: "HF122", runs: runs}
	}
	silent := func(name string, o options) row {
		o.timeout = impatient
		return row{name: name, options: o, want: unknown, code: "HF111", runs: 1}
	}
	return []row{
		died("crash", 1), died("killed", 1), died("crash-unexecuted", 0), died("half-line", 1), died("line-without-end", 1),
		{name: "answer-then-exit", want: isResult, runs: 1},
		{name: "noise", want: isResult, runs: 1},
		{name: "flood", want: isResult, runs: 1, options: options{timeout: time.Minute}},
		{name: "stubborn", want: isResult, runs: 1},
		silent("silent", options{}), silent("deaf", options{}), silent("mute", options{}),
		{name: "silent", options: options{after: 100 * time.Millisecond}, want: cancelled, code: "HF302", runs: 1},
	}
}

// unusable are the rows after which the process is of no use.
const unusable = "deaf mute"

// TestPipes has each fault come from a process. What may have run does not run again, the session goes on in a new
// process, and no process is left behind.
func TestPipes(t *testing.T) {
	drivers(t, func(t *testing.T, open func(testing.TB) driver) {
		d := open(t)
		w := watch(t, d)
		t.Run("rows", func(t *testing.T) {
			for _, r := range pipes() {
				t.Run(r.name, func(t *testing.T) {
					t.Parallel()
					r.inProcess(t, d)
				})
			}
			t.Run("exit-at-once", func(t *testing.T) {
				e, _ := process(t, "exit-at-once")
				if _, o := d.connect(e, 5*time.Second); o.Kind != unknown || o.Code != "HF122" || !strings.Contains(o.Message, "the last words") {
					t.Errorf("%+v", o)
				}
			})
			t.Run("no-such-program", func(t *testing.T) {
				if _, o := d.connect(entry{Command: filepath.Join(folder, "none")}, 5*time.Second); o.Kind != notSent || o.Code != "HF122" {
					t.Errorf("%+v", o)
				}
			})
		})
		w.end(t)
		finish(t, d)
	})
}

// TestCrashLoop has a process end a moment after each handshake: it is begun anew five times, and then given up with
// its last words (PIPE-6, I5).
func TestCrashLoop(t *testing.T) {
	d := openGo(t)
	e, file := process(t, "short-lived")
	p, o := d.connect(e, 5*time.Second)
	if o.Kind != isResult {
		t.Fatalf("no session: %+v", o)
	}
	started := func() int {
		text, _ := os.ReadFile(file)
		return strings.Count(string(text), "pid ")
	}
	eventually(t, 12*time.Second, "the session is given up", func() bool {
		time.Sleep(100 * time.Millisecond)
		o = p.call("after", options{timeout: time.Millisecond})
		return o.Code == "HF119"
	})
	if n := started(); n > 6 {
		t.Errorf("the process was started %d times", n)
	}
	p.close()
	finish(t, d)
}

// process is an entry that starts this binary to misbehave so, and the file that it notes in.
func process(t testing.TB, how string) (entry, string) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "notes")
	return entry{Command: self, Env: map[string]string{behaviour: how, notes: file}}, file
}

func (r row) inProcess(t *testing.T, d driver) {
	e, file := process(t, r.name)
	p, o := d.connect(e, 10*time.Second)
	if o.Kind != isResult {
		t.Fatalf("no session: %+v", o)
	}
	nonce := r.name + rand.Text()
	got := p.call(nonce, r.options)
	if got.Kind != r.want || got.Code != r.code || got.Kind == isResult && got.Text != nonce {
		t.Errorf("%+v; not %s %s", got, r.want, r.code)
	}
	after, o := r.again(p)
	switch {
	case strings.Contains(unusable, r.name):
		if o.Kind != unknown && o.Kind != notSent {
			t.Errorf("after it: %+v", o)
		}
	case o.Kind != isResult || o.Text != after || noted(t, file, "run "+after) != 1:
		t.Errorf("the session does not go on: %+v, executed %d times", o, noted(t, file, "run "+after))
	}
	if n := noted(t, file, "run "+nonce); n != r.runs {
		t.Errorf("executed %d times, not %d", n, r.runs)
	}
	if r.name == "flood" {
		// they come on a stream of their own, which the answer may overtake
		eventually(t, 10*time.Second, "every line of standard error", func() bool { return p.heard().Logs == 100<<20/4096 })
		t.Logf("after 100 MB of standard error, in %v, %s takes %d MB", got.took.Round(time.Millisecond), d.name(), d.memory()>>20)
	}
	if o := p.close(); o.Kind != isResult || o.took > 8*time.Second {
		t.Errorf("closing: %+v", o)
	}
	requireGone(t, file)
}

// again makes another call, and one more where the process was just ending as it came.
func (r row) again(p session) (nonce string, o outcome) {
	for range 2 {
		nonce = "after" + rand.Text()
		bound := 5 * time.Second
		if strings.Contains(unusable, r.name) {
			bound = impatient
		}
		if o = p.call(nonce, options{timeout: bound}); o.Kind == isResult || o.Code != "HF122" {
			break
		}
	}
	return nonce, o
}

// noted is how often a line was noted.
func noted(t testing.TB, file, line string) (n int) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
	}
	for _, l := range strings.Split(string(text), "\n") {
		if l == line {
			n++
		}
	}
	return n
}

// requireGone says that no process is left of those that have noted themselves.
func requireGone(t testing.TB, file string) {
	t.Helper()
	text, _ := os.ReadFile(file)
	for _, l := range strings.Split(string(text), "\n") {
		if number, ok := strings.CutPrefix(l, "pid "); ok {
			pid, _ := strconv.Atoi(number)
			if !eventually(t, 3*time.Second, "the end of process "+number, func() bool { return over(pid) }) {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
}

// over says that a process has ended; one that only waits to be reaped has.
func over(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	_, state, _ := strings.Cut(string(text), ") ")
	return err != nil || strings.HasPrefix(state, "Z")
}
