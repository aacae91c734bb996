package sse

import (
	"math/rand"
	"strings"
	"testing"
)

// cutAtRandom cuts a stream into pieces of 0 to 8 bytes.
func cutAtRandom(r *rand.Rand, stream []byte) (pieces [][]byte) {
	for len(stream) > 0 {
		n := min(r.Intn(9), len(stream))
		pieces = append(pieces, stream[:n])
		stream = stream[n:]
	}
	return pieces
}

// check holds a stream to the reference, and every way of cutting it to the whole;
// the latter under small limits, too, where the error and all events before it
// must be the same.
func check(t *testing.T, stream []byte, seed int64) {
	t.Helper()
	whole := run(Limits{}, stream)
	if want := reference(stream); whole != want {
		t.Fatalf("%q:\n got %+v\nwant %+v", stream, whole, want)
	}
	r := rand.New(rand.NewSource(seed))
	small := Limits{MaxLine: 1 + r.Intn(40), MaxEvent: 1 + r.Intn(20)}
	for _, limits := range []Limits{{}, small} {
		want := run(limits, stream)
		for range 3 {
			if got := run(limits, cutAtRandom(r, stream)...); got != want {
				t.Fatalf("%q, %+v, seed %d:\n got %+v\nwant %+v", stream, limits, seed, got, want)
			}
		}
		if got := run(limits, split(stream, 1)...); got != want {
			t.Fatalf("%q, %+v, byte by byte:\n got %+v\nwant %+v", stream, limits, got, want)
		}
	}
	if bounded := run(small, stream); !strings.HasPrefix(whole.events, bounded.events) {
		t.Fatalf("%q: under limits, other events: %+v", stream, bounded)
	}
}

func FuzzParser(f *testing.F) {
	f.Fuzz(func(t *testing.T, stream []byte, seed int64) { check(t, stream, seed) })
}

// Streams of meaningful pieces reach states that random bytes seldom do.
func TestRandomStreams(t *testing.T) {
	pieces := []string{
		"\n", "\r", "\r\n", "\n\n", "data", "data:", "data: ", ":", " ", "id:", "id", "event:", "retry:", "12", "message", "x", "\x00",
		"\ufeff", "\xef", "\xbb", "\xbf", "é", "\xe2\x82", "\xff", "\xf0\x9f", "\x98\x80", strings.Repeat("y", 30),
	}
	r := rand.New(rand.NewSource(1))
	for range 20_000 {
		var stream strings.Builder
		for range r.Intn(30) {
			stream.WriteString(pieces[r.Intn(len(pieces))])
		}
		check(t, []byte(stream.String()), r.Int63())
	}
}
