package host

import (
	"errors"
	"strings"
	"testing"
)

// TestTooLargeForTheCore: what a caller hands over that is larger than anything crosses is that caller's error,
// and nobody else's.
func TestTooLargeForTheCore(t *testing.T) {
	c := client(t, Options{})
	s := connect(t, c, demoServer(t).URL("/modern"))
	if _, err := s.Call(t.Context(), "echo", map[string]string{"text": strings.Repeat("x", 70<<20)}); !errors.Is(err, Usage) {
		t.Errorf("the call: %.200v", err)
	}
	if _, err := c.Load("large", []byte(strings.Repeat(" ", 70<<20))); !errors.Is(err, NotJSON) {
		t.Errorf("the configuration: %.200v", err)
	}
	echo(t, s, "after it")
}
