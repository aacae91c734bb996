package sse

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestLimits(t *testing.T) {
	line := (&LimitError{"line", 10}).Error()
	event := (&LimitError{"event", 8}).Error()
	limits := Limits{MaxLine: 10, MaxEvent: 8}
	for _, c := range []struct{ stream, events, failure string }{
		{"data:12345\n\n", showEvent("", "12345", ""), ""},
		{"data:12345\r\n\r\n", showEvent("", "12345", ""), ""},
		{"data:123456\n\n", "", line},
		{"data:1\n\ndata:123456", showEvent("", "1", ""), line},
		{":123456789\n\n", "", ""},
		{":1234567890", "", line},
		{"unknown1234", "", line},
		{"id:12345678", "", line},
		{"\ufeffdata:12\n\n", showEvent("", "12", ""), ""},
		{"\ufeffdata:123\n\n", "", line}, // the mark is sent, so it counts
		{"data:1234\ndata:123\n\n", showEvent("", "1234\n123", ""), ""},
		{"data:1234\ndata:1234\n\n", "", event},
		{"data:1234\ndata:1234", "", ""}, // not yet a line, so not yet data
		{strings.Repeat("data\n", 9) + "\n", showEvent("", strings.Repeat("\n", 8), ""), ""},
		{strings.Repeat("data\n", 10), "", event},
		{"data:\xff\xff\n\n", showEvent("", "\ufffd\ufffd", ""), ""},
		{"data:\xff\xff\xff\n\n", "", event}, // decoded, 9 bytes
		{"data:12\ndata:\xff\xff\n\n", "", event},
		{"data:12345\n\n\n\ndata:12345\n\ndata:12345\n\n", strings.Repeat(showEvent("", "12345", ""), 3), ""},
	} {
		if got := everyCut(t, limits, c.stream); got.events != c.events || got.failure != c.failure {
			t.Errorf("%q: %+v, want %q %q", c.stream, got, c.events, c.failure)
		}
	}
}

func TestEventLimitBelowLineLimit(t *testing.T) {
	want := (&LimitError{"event", 3}).Error()
	if got := everyCut(t, Limits{MaxEvent: 3}, "data:123\n\ndata:1234\n\n"); got.failure != want || got.events != showEvent("", "123", "") {
		t.Errorf("%+v", got)
	}
}

func TestDefaultLimits(t *testing.T) {
	var p Parser
	piece := bytes.Repeat([]byte("x"), 1<<20)
	var err error
	fed := 0
	for ; err == nil && fed <= DefaultMaxLine; fed += len(piece) {
		err = p.Feed(piece, nil)
	}
	var limit *LimitError
	if !errors.As(err, &limit) || *limit != (LimitError{"line", DefaultMaxLine}) || fed != DefaultMaxLine+len(piece) {
		t.Errorf("%v after %d bytes", err, fed)
	}
	if again := p.Feed(nil, nil); again != err {
		t.Errorf("then %v", again)
	}
}

// A negative limit means the default, like zero.
func TestNegativeLimits(t *testing.T) {
	if got := run(Limits{-1, -1}, []byte("data:1\n\n")); got.failure != "" || got.events == "" {
		t.Errorf("%+v", got)
	}
}
