package host

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// waiting is how many messages wait for the session's callbacks.
func waiting(s *Session) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	boxes := []*outbox{s.outbox}
	for _, l := range s.listeners {
		boxes = append(boxes, l.outbox)
	}
	for _, box := range boxes {
		box.mu.Lock()
		n += len(box.pending)
		box.mu.Unlock()
	}
	return n
}

// TestProgress: all notifications, in order, before Call returns.
func TestProgress(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	for _, path := range []string{"/modern", "/legacy"} {
		s := connect(t, c, server.URL(path))
		const n = 10_000
		next := int64(1) // without a lock: the race detector sees whether Call waits
		_, err := s.Call(t.Context(), "progress", map[string]int{"n": n}, OnProgress(func(method string, params []byte) {
			if got := gjson.GetBytes(params, "progress").Int(); got != next || method != "notifications/progress" {
				t.Errorf("%s %d, not %d", method, got, next)
			}
			next++
		}))
		if err != nil || next != n+1 {
			t.Errorf("%s: %d of %d notifications, %v", path, next-1, n, err)
		}
	}
}

// TestSlowCallback: a callback that does not return holds its own stream back, so that what waits for it
// stays bounded, and nothing else.
func TestSlowCallback(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	const n = 30_000
	slow, other := connect(t, c, server.URL(fmt.Sprintf("/notifications?n=%d", n))), connect(t, c, server.URL("/modern"))
	release, got := make(chan struct{}), make(chan error, 1)
	next := int64(1)
	go func() {
		_, err := slow.Call(t.Context(), "echo", map[string]string{"text": "x"}, OnProgress(func(_ string, params []byte) {
			<-release
			if got := gjson.GetBytes(params, "progress").Int(); got != next {
				t.Errorf("%d, not %d", got, next)
			}
			next++
		}))
		got <- err
	}()
	eventually(t, "the stream is behind", func() bool { return waiting(slow) > backlog })
	for i := range 50 {
		echo(t, other, strings.Repeat("x", i))
		if n := waiting(slow); n > backlog+pieceSize/64 {
			t.Fatalf("%d messages wait", n)
		}
	}
	close(release)
	if err := within(t, "the slow call", got); err != nil || next != n+1 {
		t.Errorf("%d of %d notifications, %v", next-1, n, err)
	}
}

// TestCallInCallback: a callback may use its own session, also while its stream is held back, and also for
// a call that has progress itself.
func TestCallInCallback(t *testing.T) {
	server := demoServer(t)
	s := connect(t, client(t, Options{}), server.URL("/notifications?n=20000"))
	calls := 0
	got := make(chan error, 1)
	go func() {
		_, err := s.Call(t.Context(), "echo", map[string]string{"text": "x"}, OnProgress(func(string, []byte) {
			if calls++; calls > 2 {
				return
			}
			eventually(t, "the stream is behind", func() bool { return waiting(s) > backlog })
			if _, err := s.Tools(t.Context()); err != nil {
				t.Errorf("Tools in a callback: %v", err)
			}
			inner := 0
			_, err := s.Call(t.Context(), "echo", map[string]string{"text": "y"}, OnProgress(func(string, []byte) { inner++ }))
			if err != nil || inner != 20_000 {
				t.Errorf("Call in a callback: %d notifications, %v", inner, err)
			}
		}))
		got <- err
	}()
	if err := within(t, "the call", got); err != nil || calls != 20_000 {
		t.Errorf("%d notifications, %v", calls, err)
	}
}
