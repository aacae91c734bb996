package jsontext

import (
	"strings"
	"testing"
)

// TestIndexIsPosition: at every offset of odd texts the index says what Position says.
func TestIndexIsPosition(t *testing.T) {
	for _, text := range []string{"", "a", "\n", "\r\n\r\r\n", "é😀\nx\xff\xfey\r", "\uFEFFab\ncd", "\uFEFF", strings.Repeat("0123456789é😀", 400) + "\r\n" + strings.Repeat("x", 3000) + "\nz"} {
		x := NewIndex([]byte(text))
		for offset := -1; offset <= len(text)+1; offset++ {
			line, column := Position([]byte(text), offset)
			if l, c := x.Position(offset); l != line || c != column {
				t.Fatalf("%.20q at %d: %d:%d; Position says %d:%d", text, offset, l, c, line, column)
			}
			if back := x.Offset(line, column); (back > max(offset, 0) || back < offset-4) && !strings.HasPrefix(text, "\uFEFF") {
				t.Fatalf("%.20q at %d: %d:%d is %d", text, offset, line, column, back)
			} else if l, c := x.Position(back); l != line || c != column {
				t.Fatalf("%.20q at %d: back to %d:%d, not %d:%d", text, offset, l, c, line, column)
			}
		}
	}
}
