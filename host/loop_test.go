package host

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestCut: a batch has at most one piece of a stream, so that it is known whose stream to hold back, and not much content.
func TestCut(t *testing.T) {
	body := func(n int) msg.Input { return msg.Input{Body: &msg.Body{ID: 1, Data: make([]byte, n)}} }
	end, request := msg.Input{End: &msg.End{ID: 1}}, msg.Input{Request: &msg.Request{Params: make([]byte, maxStep)}}
	stderr := msg.Input{Stderr: &msg.Stderr{ID: 1, Data: []byte("x")}}
	for name, c := range map[string]struct {
		items []msg.Input
		want  []int
	}{
		"nothing":          {nil, []int{0}},
		"one":              {[]msg.Input{end}, []int{1}},
		"two bodies":       {[]msg.Input{end, body(1), end, body(1), end}, []int{3, 5}},
		"two streams":      {[]msg.Input{body(1), stderr, end, stderr}, []int{1, 3, 4}},
		"two large ones":   {[]msg.Input{request, request}, []int{1, 2}},
		"one large at end": {[]msg.Input{end, body(maxStep + 1)}, []int{1, 2}},
		"one too large":    {[]msg.Input{body(2 * maxStep), end}, []int{1, 2}},
	} {
		var got []int
		for from := 0; len(got) == 0 || from < len(c.items); from = got[len(got)-1] {
			got = append(got, cut(c.items, from))
		}
		if len(got) != len(c.want) || got[len(got)-1] != c.want[len(c.want)-1] || got[0] != c.want[0] {
			t.Errorf("%s: cut at %v, not %v", name, got, c.want)
		}
	}
}

// TestFewLines: a piece of a process has few lines, however short they are, and all of a long one.
func TestFewLines(t *testing.T) {
	short := strings.Repeat("a\n", pieceLines)
	for data, want := range map[string]int{short + "a\n": len(short), short: len(short), "a\nb": 3, strings.Repeat("x", 9999): 9999} {
		if n := fewLines([]byte(data)); n != want {
			t.Errorf("%d of %d bytes, not %d", n, len(data), want)
		}
	}
}
