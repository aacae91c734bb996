// Package term is about terminals: what may be printed on one, in which colour, how wide it is, and one
// line that is updated in place.
package term

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes a foreign text of any number of lines fit for a terminal: new lines and tabs stay, every other
// control, bidirectional, tag and format character becomes visible.
func Text(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return escape(s, func(c rune) bool { return c == '\n' || c == '\t' || !hidden(c) })
}

// Line is Text for a single line: new lines and tabs become spaces.
func Line(s string) string {
	s = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(s)
	return escape(s, func(c rune) bool { return !hidden(c) })
}

// JSON makes a JSON text fit for a terminal without changing its meaning: what is hidden can only be inside
// strings, and becomes \u escapes there.
func JSON(raw string) string {
	return rewrite(raw, func(c rune) bool { return c == '\n' || c == '\t' || c == '\r' || !hidden(c) }, func(c rune) string {
		if c > 0xffff {
			c -= 0x10000
			return fmt.Sprintf(`\u%04x\u%04x`, 0xd800+c>>10, 0xdc00+c&0x3ff)
		}
		return fmt.Sprintf(`\u%04x`, c)
	})
}

// hidden says that a character acts instead of being seen. The two joiners are kept: they shape letters and
// emoji, and move nothing.
func hidden(c rune) bool {
	const nonJoiner, joiner = 0x200c, 0x200d
	if c == nonJoiner || c == joiner {
		return false
	}
	return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp)
}

func escape(s string, keep func(rune) bool) string { return rewrite(s, keep, show) }

// show writes a hidden character: control pictures for the 33 of ASCII, the number for all others.
func show(c rune) string {
	switch {
	case c < ' ':
		return string(0x2400 + c)
	case c == 0x7f:
		return "\u2421"
	}
	return fmt.Sprintf("<U+%04X>", c)
}

func rewrite(s string, keep func(rune) bool, write func(rune) string) string {
	var b strings.Builder
	for i, c := range s {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				b.WriteRune(c)
				continue
			}
		}
		if keep(c) {
			b.WriteRune(c)
			continue
		}
		b.WriteString(write(c))
	}
	return b.String()
}
