package sse

import (
	"strings"
	"testing"
)

// bound is the greatest size of something in a stream, and where the first line of that size begins.
type bound struct{ size, at int }

func (b *bound) see(size, at int) {
	if size > b.size {
		*b = bound{size, at}
	}
}

// bounds measures a stream as the reference reads it: its longest line, as sent and with or without an end, and
// its largest event, decoded and dispatched or not.
func bounds(stream string) (line, event bound) {
	at, data, fields := 0, 0, 0
	for _, end := range lineEnd.FindAllStringIndex(stream, -1) {
		text := stream[at:end[0]]
		line.see(len(text), at)
		if at == 0 {
			text = strings.TrimPrefix(text, "\uFEFF")
		}
		name, value, _ := strings.Cut(text, ":")
		switch {
		case text == "":
			data, fields = 0, 0
		case name == "data":
			data += len(decodeSlowly([]byte(strings.TrimPrefix(value, " ")))) + min(fields, 1)
			fields++
			event.see(data, at)
		}
		at = end[1]
	}
	line.see(len(stream)-at, at)
	return line, event
}

// TestBoundsOfVectors: with a limit of exactly what a vector needs it reads as without one; with one byte less it
// fails, after the events before that line and no others. Both hold for every way of cutting it.
func TestBoundsOfVectors(t *testing.T) {
	tried := 0
	for _, v := range vectors(t) {
		stream := string(v.stream())
		line, event := bounds(stream)
		if got := everyCut(t, Limits{MaxLine: line.size, MaxEvent: event.size}, stream); got != v.want() {
			t.Errorf("%s: at its bounds %d and %d: %+v", v.name, line.size, event.size, got)
		}
		for _, c := range []struct {
			what   string
			bound  bound
			limits Limits
		}{
			{"line", line, Limits{MaxLine: line.size - 1}},
			{"event", event, Limits{MaxEvent: event.size - 1}},
		} {
			if c.bound.size < 2 {
				continue // a limit of zero means the default
			}
			tried++
			want := reference([]byte(stream[:c.bound.at]))
			want.failure = (&LimitError{c.what, c.bound.size - 1}).Error()
			if got := everyCut(t, c.limits, stream); got != want {
				t.Errorf("%s: one below its bound: %+v, want %+v", v.name, got, want)
			}
		}
	}
	if tried < 150 {
		t.Errorf("only %d bounds", tried)
	}
}

// An event of many lines is counted with the line feeds between them, whatever the line ends were.
func TestBoundOfManyLines(t *testing.T) {
	for _, end := range []string{"\n", "\r", "\r\n"} {
		for lines := 1; lines <= 6; lines++ {
			stream := strings.Repeat("data: ab"+end, lines) + end
			size := 3*lines - 1
			event := showEvent("", strings.TrimSuffix(strings.Repeat("ab\n", lines), "\n"), "")
			if got := everyCut(t, Limits{MaxEvent: size}, stream); got != (outcome{events: event}) {
				t.Errorf("%q at %d: %+v", stream, size, got)
			}
			want := outcome{failure: (&LimitError{"event", size - 1}).Error()}
			if got := everyCut(t, Limits{MaxEvent: size - 1}, stream); got != want {
				t.Errorf("%q at %d: %+v", stream, size-1, got)
			}
		}
	}
}

// A limit of one byte is a limit; so small a line is still a line.
func TestSmallestLimits(t *testing.T) {
	for stream, want := range map[string]outcome{
		"\n\r\r\n\n":        {},
		":\n":               {},
		"x\n\n":             {},
		"id":                {failure: (&LimitError{"line", 1}).Error()},
		"\ufeff\n":          {failure: (&LimitError{"line", 1}).Error()},
		":\n::\ndata:1\n\n": {failure: (&LimitError{"line", 1}).Error()},
	} {
		if got := everyCut(t, Limits{MaxLine: 1}, stream); got != want {
			t.Errorf("%q: %+v, want %+v", stream, got, want)
		}
	}
	for stream, want := range map[string]outcome{
		"data\n\ndata:1\n\n": {events: showEvent("", "", "") + showEvent("", "1", "")},
		"data\ndata\n\n":     {events: showEvent("", "\n", "")},
		"data:12\n":          {failure: (&LimitError{"event", 1}).Error()},
		"data:1\ndata\n":     {failure: (&LimitError{"event", 1}).Error()},
		"data:\xff\n":        {failure: (&LimitError{"event", 1}).Error()},
	} {
		if got := everyCut(t, Limits{MaxEvent: 1}, stream); got != want {
			t.Errorf("%q: %+v, want %+v", stream, got, want)
		}
	}
}

// rexxars/eventsource-parser throws away a line that can be no field as it comes; here a comment counts as any
// other line, because a server that never ends one keeps a reader busy for nothing.
func TestLongUnknownLinesCount(t *testing.T) {
	want := outcome{failure: (&LimitError{"line", 16}).Error()}
	for _, stream := range []string{
		strings.Repeat(":", 64) + " a remark\ndata: a\n\n", "unknown-field: with text\ndata: a\n\n", "datax: and more text\ndata: a\n\n",
	} {
		if got := everyCut(t, Limits{MaxLine: 16}, stream); got != want {
			t.Errorf("%q: %+v", stream, got)
		}
	}
}
