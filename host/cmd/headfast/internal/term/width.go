package term

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns is how wide a character is, near enough for aligning: two for East Asian letters and emoji, none
// for marks.
func columns(c rune) int {
	switch {
	case unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case c >= 0x1100 && c <= 0x115f, c >= 0x2e80 && c <= 0xa4cf, c >= 0xac00 && c <= 0xd7a3, c >= 0xf900 && c <= 0xfaff,
		c >= 0xfe30 && c <= 0xfe6f, c >= 0xff00 && c <= 0xff60, c >= 0xffe0 && c <= 0xffe6, c >= 0x1f300 && c <= 0x1faff, c >= 0x20000 && c <= 0x3fffd:
		return 2
	}
	return 1
}

// Columns is how wide a plain text is.
func Columns(text string) int {
	n := 0
	for _, c := range text {
		n += columns(c)
	}
	return n
}

// Cut shortens a plain text to so many columns, with an ellipsis in the last.
func Cut(text string, width int) string {
	if width <= 0 || Columns(text) <= width {
		return text
	}
	n := 0
	for i, c := range text {
		if n += columns(c); n > width-1 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

// Pad fills a text with spaces to so many columns; plain is the text without colours.
func Pad(text, plain string, width int) string {
	return text + strings.Repeat(" ", max(0, width-Columns(plain)))
}

// Wrap breaks a plain line between words, so that with the indent no line is wider than width. A width of 0
// only indents.
func Wrap(text, indent string, width int) string {
	var b strings.Builder
	room := width - utf8.RuneCountInString(indent)
	used := 0
	for i, word := range strings.Fields(text) {
		n := Columns(word)
		switch {
		case i == 0:
			b.WriteString(indent)
		case width > 0 && used+1+n > room:
			b.WriteString("\n" + indent)
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
