package sse

import (
	"bytes"
	"strings"
	"testing"
)

func TestWholeEventIsNotCopied(t *testing.T) {
	for _, stream := range []string{
		"event: message\ndata: {\"a\":1}\n\n",
		": hello\n\nid: 1\r\ndata: {\"a\":1}\r\n\r\n",
		"\ufeffdata: {\"a\":1}\rretry: 5\r\r",
		"data:1\ndata:2\n\ndata: {\"a\":1}\n\n",
	} {
		chunk := []byte(stream)
		at := strings.Index(stream, "{")
		var p Parser
		seen := false
		err := p.Feed(chunk, func(e Event) error {
			if string(e.Data) == `{"a":1}` {
				seen = true
				if &e.Data[0] != &chunk[at] || cap(e.Data) != len(e.Data) {
					t.Errorf("%q: copied or open", stream)
				}
			}
			return nil
		})
		if err != nil || !seen {
			t.Errorf("%q: %v %v", stream, seen, err)
		}
	}
}

func TestSmallEventsAllocateNothing(t *testing.T) {
	chunk := []byte(strings.Repeat("event: endpoint\nid: 1\ndata: {\"a\":1}\n\n", 100))
	var p Parser
	n := 0
	yield := func(Event) error { n++; return nil }
	if err := p.Feed(chunk, yield); err != nil {
		t.Fatal(err)
	}
	if got := testing.AllocsPerRun(10, func() { _ = p.Feed(chunk, yield) }); got != 0 {
		t.Errorf("%v allocations for 100 events", got)
	}
	if n != 1200 {
		t.Errorf("%d events", n)
	}
}

// A huge event leaves no huge buffer behind, in whichever way it was held.
func TestHugeBuffersAreDropped(t *testing.T) {
	big := strings.Repeat("x", 4*keepCapacity)
	for _, stream := range []string{"data:" + big + "\n\n", "data:" + big + "\ndata:1\n\n", "data:" + big + "\xff\n\n"} {
		var p Parser
		size := 0
		for _, piece := range append(split([]byte(stream), 64<<10), []byte("data:1\n"), []byte("\n")) {
			if err := p.Feed(piece, func(e Event) error { size += len(e.Data); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if size < len(big) || cap(p.line) > keepCapacity || cap(p.pending.buffer) > keepCapacity {
			t.Errorf("%d bytes of data; %d and %d kept", size, cap(p.line), cap(p.pending.buffer))
		}
	}
}

// The data of a line that came in pieces is intact during the yield, also when the
// same chunk goes on with the next line.
func TestLongLineThenMore(t *testing.T) {
	long := strings.Repeat("0123456789", 20_000)
	stream := []byte("data: " + long + "\n\ndata: 2\n\nid: 3\ndata: " + long + "\ndata: 4\n\n")
	want := showEvent("", long, "") + showEvent("", "2", "") + showEvent("", long+"\n4", "3")
	for _, size := range []int{1, 7, 4096, 65536, 200_005, 200_006, 200_007, 200_008, len(stream)} {
		if got := run(Limits{}, split(stream, size)...); got.events != want {
			t.Errorf("in pieces of %d: %d bytes of events, want %d", size, len(got.events), len(want))
		}
	}
}

func feedAll(b *testing.B, stream []byte, size, want int) {
	pieces := split(stream, size)
	b.SetBytes(int64(len(stream)))
	b.ReportAllocs()
	for b.Loop() {
		var p Parser
		n := 0
		for _, piece := range pieces {
			if err := p.Feed(piece, func(Event) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
		}
		if n != want {
			b.Fatalf("%d events, want %d", n, want)
		}
	}
}

func Benchmark100000Events(b *testing.B) {
	one := "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n"
	feedAll(b, []byte(strings.Repeat(one, 100_000)), 64<<10, 100_000)
}

func Benchmark20MBLine(b *testing.B) {
	feedAll(b, append(append([]byte("data: "), bytes.Repeat([]byte("x"), 20<<20)...), "\n\n"...), 64<<10, 1)
}

func BenchmarkManyCR(b *testing.B) {
	feedAll(b, []byte(strings.Repeat("data:1\r\r", 1<<20/8)), 1<<20, 1<<20/8)
}

func BenchmarkByteByByte(b *testing.B) {
	feedAll(b, []byte(strings.Repeat("data: {\"jsonrpc\":\"2.0\"}\n\n", 10_000)), 1, 10_000)
}

// One event of 5 MB in lines and chunks of all lengths, between two comments.
func TestHugeEventOfManyChunks(t *testing.T) {
	var lines []string
	for size := 0; size < 5<<20; size += len(lines[len(lines)-1]) {
		lines = append(lines, strings.Repeat("ж👩‍🚀 ", 1+len(lines)%97))
	}
	stream := []byte(": hi\n\ndata: " + strings.Join(lines, "\r\ndata: ") + "\r\n\r\n: bye\n\ndata: end\n\n")
	want := showEvent("", strings.Join(lines, "\n"), "") + showEvent("", "end", "")
	for _, size := range []int{1021, 65536, 1 << 20, len(stream)} {
		if got := run(Limits{}, split(stream, size)...); got.events != want {
			t.Errorf("in pieces of %d: %d bytes of events, want %d", size, len(got.events), len(want))
		}
	}
}
