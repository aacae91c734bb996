package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal is a pseudo-terminal with 60 columns; screen is all that was written to it.
type terminal struct {
	master *os.File
	slave  *os.File
	mu     sync.Mutex
	screen bytes.Buffer
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal("no pseudo-terminal to be had: ", err)
	}
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil || unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0) != nil || unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 60}) != nil {
		t.Fatal("no pseudo-terminal to be had: ", err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal("no pseudo-terminal to be had: ", err)
	}
	t.Cleanup(func() { slave.Close(); master.Close() })
	tt := &terminal{master: master, slave: slave}
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, err := master.Read(buffer)
			tt.mu.Lock()
			tt.screen.Write(buffer[:n])
			tt.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return tt
}

func (tt *terminal) text() string {
	tt.mu.Lock()
	defer tt.mu.Unlock()
	return tt.screen.String()
}

// all is the screen when everything that was written to it has arrived.
func (tt *terminal) all(t *testing.T) string {
	t.Helper()
	const end = "<end of the screen>"
	if _, err := tt.slave.WriteString(end); err != nil {
		t.Fatal(err)
	}
	eventually(t, end, func() bool { return strings.HasSuffix(tt.text(), end) })
	return strings.ReplaceAll(strings.TrimSuffix(tt.text(), end), "\r\n", "\n")
}

// run runs with stdout and stderr on the terminal.
func (tt *terminal) run(p place, args ...string) string {
	p.t.Helper()
	cmd := p.command(p.t.Context(), args...)
	cmd.Stdout, cmd.Stderr = tt.slave, tt.slave
	_ = cmd.Run()
	return tt.all(p.t)
}

func TestOnATerminal(t *testing.T) {
	t.Parallel()
	s := start(t)
	p := at(t, acme(s.URL("/open")), "ACME_KEY="+wrongKey, "TERM=xterm")
	for _, c := range []struct {
		name   string
		env    string
		args   []string
		pieces []string
		not    string
	}{
		{"progress", "", []string{"call", "acme", "progress", "n=3", "ms=100"}, []string{"progress 1/3… ", "progress 3/3… ", "\r\x1b[K", "3 steps\n"}, ""},
		{"waiting", "", []string{"call", "acme", "slow", "ms=1300"}, []string{"calling slow… 1 s", "waited 1300 ms"}, ""},
		{"a table", "", []string{"tools", "acme"}, []string{"\x1b[1mprogress\x1b[0m  n* ms         Sends n progress notifications, m…\n", "\x1b[32mok\x1b[0m"}, ""},
		{"NO_COLOR", "NO_COLOR=1", []string{"tools", "acme"}, []string{"progress  n* ms"}, "\x1b["},
		{"JSON", "", []string{"call", "acme", "echo", `text:="a\u202eb"`, "--json"}, []string{`"text":"a\u202eb"`}, "\u202e"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := p
			p.t, p.env = t, append(p.env[:len(p.env):len(p.env)], c.env)
			screen := newTerminal(t).run(p, c.args...)
			for _, piece := range c.pieces {
				if !strings.Contains(screen, piece) {
					t.Errorf("no %q in %q", piece, screen)
				}
			}
			if c.not != "" && strings.Contains(screen, c.not) {
				t.Errorf("%q in %q", c.not, screen)
			}
			outcome{t, screen, "", 0}.noSecret()
		})
	}
}
