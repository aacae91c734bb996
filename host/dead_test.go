package host

import (
	"errors"
	"strings"
	"testing"
)

// TestDead: what kills the core kills it for good, says why, and is never taken for an answer.
func TestDead(t *testing.T) {
	for what, says := range map[string]string{
		"panic":          "panic: on command",
		"nil":            "nil pointer dereference",
		"exit":           "blocked",
		"block":          "blocked",
		"block for ever": "blocked",
		"js":             "syscall/js.",
	} {
		t.Run(what, func(t *testing.T) {
			in := begun(t, testCore)
			out, err := in.Step(encode(t, do(what, nil)), []byte("before"))
			if !errors.Is(err, ErrDead) || !strings.Contains(err.Error(), says) {
				t.Errorf("got %v; want ErrDead with %q", err, says)
			}
			if string(out) != "before" {
				t.Errorf("got %d bytes of an answer", len(out))
			}
			for range 3 {
				if _, again := in.Step(encode(t), nil); again != err {
					t.Errorf("the next step says %v, not %v", again, err)
				}
			}
			if err := in.Close(t.Context()); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}
