//go:build unix

package main

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// heard is output that grows.
type heard struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (h *heard) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.Write(p)
}

func (h *heard) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b.String()
}

// until runs, waits for the pieces on stdout or stderr, and sends Ctrl-C.
func (p place) until(pieces []string, args ...string) outcome {
	p.t.Helper()
	return p.untilSignal(os.Interrupt, pieces, args...)
}

// untilSignal is until with a signal of choice.
func (p place) untilSignal(end os.Signal, pieces []string, args ...string) outcome {
	p.t.Helper()
	cmd := p.command(p.t.Context(), args...)
	var out, talk heard
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	for _, piece := range pieces {
		eventually(p.t, piece, func() bool { return strings.Contains(out.String()+talk.String(), piece) })
	}
	_ = cmd.Process.Signal(end)
	_ = cmd.Wait()
	o := outcome{p.t, out.String(), talk.String(), cmd.ProcessState.ExitCode()}
	o.noSecret()
	return o
}

func TestWatch(t *testing.T) {
	t.Parallel()
	s := start(t)
	for _, path := range []string{"/modern", "/legacy"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := at(t, acme(s.URL(path)), "ACME_KEY="+goodKey)
			stop := make(chan struct{})
			var calls sync.WaitGroup
			calls.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						s.ToolsChanged()
					}
				}
			})
			p.until([]string{"ok acme", "tools/list_changed\n"}, "watch", "acme", "--tools").want(0, "subscriptions/acknowledged")
			o := p.until([]string{`{"method":"notifications/tools/list_changed"`}, "watch", "acme", "--tools", "--json").want(0)
			close(stop)
			calls.Wait()
			for line := range strings.Lines(o.out) {
				if !strings.HasPrefix(line, `{"method":"notifications/`) || !strings.HasSuffix(line, "}\n") {
					t.Errorf("%q", line)
				}
			}
		})
	}
	t.Run("a process", func(t *testing.T) {
		t.Parallel()
		at(t, process(t, "deaf")).until([]string{"tools/list_changed", "acme will not tell about: the list of prompts, the list of resources\n"}, "watch", "acme").want(0)
		at(t, process(t, "modern")).until([]string{"tools/list_changed"}, "watch", "acme").want(0)
	})
	at(t, bare("http://127.0.0.1:1/mcp")).run("watch", "--json").want(4).document()
}

// TestNoProcessIsLeft: Ctrl-C, or the end of the terminal, ends the server's process too, also one that does not want to.
func TestNoProcessIsLeft(t *testing.T) {
	t.Parallel()
	for _, era := range []string{"modern", "stubborn"} {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			for _, end := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
				leavesNoProcess(t, era, end)
			}
		})
	}
}

// leavesNoProcess: the signal ends the server's process as well, and what it says of itself is its id.
func leavesNoProcess(t *testing.T, era string, end os.Signal) {
	t.Helper()
	o := at(t, process(t, era)).untilSignal(end, []string{"hanging "}, "call", "acme", "hang", "--trace").want(130, "HF302")
	_, said, _ := strings.Cut(o.err, "hanging ")
	pid, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(said, "\n", 2)[0]))
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "gone", func() bool { return syscall.Kill(pid, 0) != nil })
}
