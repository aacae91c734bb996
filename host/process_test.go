package host

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// child is a process that a fake core has started.
type child struct {
	t    *testing.T
	core *fakeCore
	id   uint32
}

// self is a Spawn of the test binary with a behaviour of main_test.go. With -race, a process would sleep before it
// ends.
func self(how string, args ...string) *msg.Spawn {
	return &msg.Spawn{ID: 1, Command: executablePath, Args: args, Env: []msg.Header{{Name: behaviour, Value: how}, {Name: "GORACE", Value: "atexit_sleep_ms=0"}}}
}

var executablePath = func() string {
	path, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return path
}()

func spawn(t *testing.T, s *msg.Spawn, more ...msg.Effect) *child {
	t.Helper()
	f, session := faked(t, Options{}, nil)
	return f.spawn(t, session, s, more...)
}

func (f *fakeCore) spawn(t *testing.T, session *Session, s *msg.Spawn, more ...msg.Effect) *child {
	s.Session = session.id
	f.emit(append([]msg.Effect{{Spawn: s}}, more...)...)
	return &child{t, f, s.ID}
}

func (c *child) stop(how string) { c.core.emit(msg.Effect{Stop: &msg.Stop{ID: c.id, How: how}}) }

func (c *child) write(data string) {
	c.core.emit(msg.Effect{Write: &msg.Write{ID: c.id, Data: []byte(data)}})
}

func (c *child) stdout() string {
	var all bytes.Buffer
	for _, in := range c.core.got(func(in *msg.Input) bool { return in.Body != nil && in.Body.ID == c.id }) {
		all.Write(in.Body.Data)
	}
	return all.String()
}

func (c *child) stderr() string {
	var all bytes.Buffer
	for _, in := range c.core.got(func(in *msg.Input) bool { return in.Stderr != nil && in.Stderr.ID == c.id }) {
		all.Write(in.Stderr.Data)
	}
	return all.String()
}

// says waits for this on stdout.
func (c *child) says(text string) {
	c.t.Helper()
	eventually(c.t, "it says "+text, func() bool { return strings.Contains(c.stdout(), text) })
}

func (c *child) ends() []msg.Input {
	return c.core.got(func(in *msg.Input) bool { return in.End != nil && in.End.ID == c.id })
}

// end waits for the End, after which nothing may come.
func (c *child) end() *msg.Failure {
	c.t.Helper()
	eventually(c.t, "the process ends", func() bool { return len(c.ends()) > 0 })
	eventually(c.t, "it is forgotten", func() bool { return c.core.client.process(c.id) == nil })
	all := c.core.got(func(in *msg.Input) bool { return in.Body != nil || in.Stderr != nil || in.End != nil })
	if len(c.ends()) != 1 || all[len(all)-1].End == nil {
		c.t.Errorf("%d Ends, and the last input is %+v", len(c.ends()), all[len(all)-1])
	}
	return c.ends()[0].End.Failure
}

// wants waits for the End and compares it.
func (c *child) wants(kind, detail string, sent bool) {
	c.t.Helper()
	if f := c.end(); f == nil || f.Kind != kind || f.Detail != detail || f.Sent != sent {
		c.t.Errorf("it ends with %+v", f)
	}
}

func TestExit(t *testing.T) {
	spawn(t, self("exit", "3")).wants(msg.FailExit, "exit status 3", false)
	spawn(t, self("exit", "0")).wants(msg.FailExit, "exit status 0", false)
}

// TestEcho: what is written arrives, in order and whole, from the first Write on, which comes with the Spawn; closing
// the input comes after all of it.
func TestEcho(t *testing.T) {
	first := msg.Effect{Write: &msg.Write{ID: 1, Data: []byte("first ")}}
	c := spawn(t, self("echo"), first)
	want := "first "
	for i := range 200 {
		line := strings.Repeat(string(rune('a'+i%26)), 10_000)
		c.write(line)
		want += line
	}
	c.stop(msg.StopClose)
	c.wants(msg.FailExit, "exit status 0", true)
	if got := c.stdout(); got != want {
		t.Errorf("%d bytes came back of %d", len(got), len(want))
	}
}

func TestKill(t *testing.T) {
	c := spawn(t, self("sleep"))
	c.says("ready")
	c.stop(msg.StopKill)
	c.wants(msg.FailExit, killedWords, false)
}

// TestKillBeforeItRuns: a Stop that comes with the Spawn is not lost.
func TestKillBeforeItRuns(t *testing.T) {
	c := spawn(t, self("sleep"), msg.Effect{Stop: &msg.Stop{ID: 1, How: msg.StopKill}})
	c.wants(msg.FailExit, killedWords, false)
}

// TestFlood: whatever it writes to its standard error, nothing is lost, and stdout is not held up.
func TestFlood(t *testing.T) {
	const size = 8 << 20
	c := spawn(t, self("flood", "8388608"))
	c.wants(msg.FailExit, "exit status 0", false)
	if got := len(c.stderr()); got != size || c.stdout() != "done\n" {
		t.Errorf("%d bytes of stderr, stdout %q", got, c.stdout())
	}
}

func TestHugeLine(t *testing.T) {
	c := spawn(t, self("line", "20000000"))
	c.wants(msg.FailExit, "exit status 0", false)
	if got := c.stdout(); got != strings.Repeat("x", 20_000_000) {
		t.Errorf("%d bytes", len(got))
	}
}

// TestDeaf: a process that closes its input is not waited for.
func TestDeaf(t *testing.T) {
	c := spawn(t, self("deaf"))
	c.says("deaf")
	for range 100 {
		c.write(strings.Repeat("x", 100_000))
	}
	c.wants(msg.FailExit, "exit status 0", false)
}

// TestInputBound: a process that does not read may not make us keep without end.
func TestInputBound(t *testing.T) {
	c := spawn(t, self("sleep"))
	c.says("ready")
	for range 66 {
		c.write(strings.Repeat("x", 1<<20))
	}
	if f := c.end(); f.Kind != msg.FailLimit || !f.Sent && t.Failed() {
		t.Errorf("it ends with %+v", f)
	}
}

func TestArguments(t *testing.T) {
	c := spawn(t, self("arguments", "", "a b", `"`, "$HOME", "*", "x;y", "é\n"))
	c.end()
	if want := `["" "a b" "\"" "$HOME" "*" "x;y" "é\n"]`; c.stdout() != want {
		t.Errorf("the arguments arrive as %s", c.stdout())
	}
}

// TestEnvironment: of our own variables only those that the platform needs are inherited, and never a function.
func TestEnvironment(t *testing.T) {
	t.Setenv("HEADFAST_FAKE_SECRET", "fake-secret-0000")
	ours := map[string]string{"PATH": "/nowhere", "HOME": "/home/fake", "LANG": "() { echo no; }", "TZ": "UTC", "ACME_KEY": "fake-key-0000"}
	f, session := faked(t, Options{Env: func(name string) (string, bool) { v, ok := ours[name]; return v, ok }}, nil)
	s := self("environment")
	s.Env = append(s.Env, msg.Header{Name: "TZ", Value: "Europe/Berlin"}, msg.Header{Name: "X", Value: "() y"})
	c := f.spawn(t, session, s)
	c.wants(msg.FailExit, "exit status 0", false)
	got := strings.Split(strings.TrimSpace(c.stdout()), "\n")
	got = slices.DeleteFunc(got, func(e string) bool { return strings.HasPrefix(strings.ToUpper(e), "SYSTEMROOT=") })
	slices.Sort(got)
	want := []string{behaviour + "=environment", "GORACE=atexit_sleep_ms=0", "HOME=/home/fake", "PATH=/nowhere", "TZ=Europe/Berlin", "X=() y"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("its environment is %q, not %q", got, want)
	}
}

// TestCannotStart: why, in words without arguments or variables.
func TestCannotStart(t *testing.T) {
	for name, c := range map[string]struct {
		spawn msg.Spawn
		want  string
	}{
		"not in PATH": {msg.Spawn{Command: "headfast-no-such-command"}, "there is no such command in its PATH"},
		"no name":     {msg.Spawn{Command: ""}, "there is no such command in its PATH"},
		"no file":     {msg.Spawn{Command: "/nowhere/server"}, "there is no such file, or what should interpret it is missing"},
		"no folder":   {msg.Spawn{Command: executablePath, Dir: "/nowhere"}, "its folder is not there"},
		"a NUL":       {msg.Spawn{Command: executablePath, Args: []string{"a\x00b"}}, "invalid argument"},
	} {
		t.Run(name, func(t *testing.T) {
			c.spawn.ID, c.spawn.Args = 1, append(c.spawn.Args, "fake-secret-0000")
			c.spawn.Env = []msg.Header{{Name: "ACME_KEY", Value: "fake-key-0000"}}
			spawn(t, &c.spawn, msg.Effect{Write: &msg.Write{ID: 1, Data: []byte("x")}}).wants(msg.FailSpawn, c.want, false)
		})
	}
}

// TestSlowLog: a callback that is behind holds its own stream back, and not the other.
func TestSlowLog(t *testing.T) {
	release := make(chan struct{})
	heard := 0
	f, session := faked(t, Options{}, nil, OnLog(func(string) { <-release; heard++ }))
	f.on = func(in *msg.Input) []msg.Effect {
		if in.Stderr == nil {
			return nil
		}
		return slices.Repeat([]msg.Effect{{Log: &msg.Log{Session: session.id, Text: "x"}}}, 2000)
	}
	flood := f.spawn(t, session, self("flood", "1048576"))
	eventually(t, "stderr is behind", func() bool { return waiting(session) > backlog })
	time.Sleep(100 * time.Millisecond)
	if n := waiting(session); n > backlog+2*2000 {
		t.Errorf("%d lines wait", n)
	}
	if len(flood.ends()) > 0 {
		t.Error("the flood is over")
	}
	echo := self("echo")
	echo.ID = 2
	other := f.spawn(t, session, echo, msg.Effect{Write: &msg.Write{ID: 2, Data: []byte("hello")}})
	other.says("hello")
	close(release)
	flood.wants(msg.FailExit, "exit status 0", false)
	other.stop(msg.StopClose)
	session.outbox.flush()
	pieces := len(f.got(func(in *msg.Input) bool { return in.Stderr != nil }))
	if heard != 2000*pieces {
		t.Errorf("%d lines of %d", heard, 2000*pieces)
	}
}

// TestCloseKills: what still runs when the client is closed is killed, and nothing of it is left.
func TestCloseKills(t *testing.T) {
	f, session := faked(t, Options{}, nil)
	for id := range uint32(3) {
		s := self("stubborn")
		s.ID = id + 1
		f.spawn(t, session, s)
	}
	began := time.Now()
	if err := f.client.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > closeTimeout {
		t.Errorf("Close takes %v", took)
	}
	noneLeft(t)
}
