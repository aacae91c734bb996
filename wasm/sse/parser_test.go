package sse

import (
	"errors"
	"testing"
)

// everyCut runs a stream whole and in pieces, and reports where the outcome differs.
func everyCut(t *testing.T, limits Limits, stream string) outcome {
	t.Helper()
	whole, fault := cutFault(run, limits, []byte(stream))
	if fault != "" {
		t.Errorf("%q %s", stream, fault)
	}
	return whole
}

// An event comes with the byte that completes it, not with the one after.
func TestDispatchesAtOnce(t *testing.T) {
	for _, stream := range []string{"data:1\n\n", "data:1\r\r", "data:1\r\n\r"} {
		n := len(stream) - 1
		if got := run(Limits{}, []byte(stream[:n])); got.events != "" {
			t.Errorf("%q: early: %s", stream, got.events)
		}
		if got := run(Limits{}, []byte(stream[:n]), []byte(stream[n:])); got.events != showEvent("", "1", "") {
			t.Errorf("%q: %s", stream, got.events)
		}
	}
}

func TestErrorOfYieldEndsTheStream(t *testing.T) {
	stop := errors.New("stop")
	var p Parser
	n := 0
	yield := func(Event) error { n++; return stop }
	for range 2 {
		if err := p.Feed([]byte("data:1\n\ndata:2\n\n"), yield); err != stop {
			t.Errorf("%v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d events, want 1", n)
	}
}
