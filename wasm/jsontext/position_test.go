package jsontext

import (
	"strings"
	"testing"
	"unicode/utf16"
)

func TestPosition(t *testing.T) {
	for _, c := range []struct {
		text               string
		offset, line, unit int
	}{
		{"", 0, 1, 1}, {"", 5, 1, 1}, {"abc", -1, 1, 1}, {"abc", 0, 1, 1}, {"abc", 2, 1, 3}, {"abc", 3, 1, 4}, {"abc", 99, 1, 4},
		{"a\nb", 1, 1, 2}, {"a\nb", 2, 2, 1}, {"a\nb", 3, 2, 2}, {"a\n", 2, 2, 1}, {"\n\n", 1, 2, 1}, {"\n\n", 2, 3, 1},
		{"a\rb", 1, 1, 2}, {"a\rb", 2, 2, 1}, {"\r\r", 2, 3, 1}, {"\n\r", 2, 3, 1}, {"a\r", 2, 2, 1},
		{"a\r\nb", 1, 1, 2}, {"a\r\nb", 2, 1, 3}, {"a\r\nb", 3, 2, 1}, {"\r\n\r\n", 4, 3, 1}, {"\r\r\n", 3, 3, 1},
		{"é=1", 2, 1, 2}, {"€=1", 3, 1, 2}, {"😀=1", 4, 1, 3}, {"a😀b", 5, 1, 4}, {"x\n😀😀b", 10, 2, 5},
		{"é", 1, 1, 1}, {"a😀", 3, 1, 2}, // inside a character
		{"\xff\xffa", 2, 1, 3}, {"\u2028a", 3, 1, 2},
		{"\ufeff{", 0, 1, 1}, {"\ufeff{", 3, 1, 1}, {"\ufeff{}", 4, 1, 2}, {"\ufeff\n{", 4, 2, 1}, {"\n\ufeff{", 4, 2, 2}, {"\ufeff{", 1, 1, 1},
	} {
		line, unit := Position([]byte(c.text), c.offset)
		if line != c.line || unit != c.unit {
			t.Errorf("%q at %d: %d:%d, want %d:%d", c.text, c.offset, line, unit, c.line, c.unit)
		}
	}
}

// A second way to count, by splitting and UTF-16 encoding, agrees at every
// character boundary.
func TestPositionAgainstUTF16(t *testing.T) {
	text := "{\r\n\t\"é\": \"😀😀\",\r\r\n \"b\"\n:1}\n"
	normal := strings.NewReplacer("\r\n", "\r", "\n", "\r")
	for offset := range text {
		if offset > 0 && text[offset-1:offset+1] == "\r\n" {
			continue
		}
		lines := strings.Split(normal.Replace(text[:offset]), "\r")
		wantUnit := len(utf16.Encode([]rune(lines[len(lines)-1]))) + 1
		line, unit := Position([]byte(text), offset)
		if line != len(lines) || unit != wantUnit {
			t.Errorf("at %d: %d:%d, want %d:%d", offset, line, unit, len(lines), wantUnit)
		}
	}
}
