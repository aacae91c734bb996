package jsontext

import (
	"math/bits"
	"unicode/utf8"
)

// skipSpace returns the offset of the first byte at or after i that is not white
// space (RFC 8259, section 2).
func skipSpace(data []byte, i int) int {
	for i < len(data) {
		switch data[i] {
		case ' ', '\t', '\n', '\r':
			i++
		default:
			return i
		}
	}
	return i
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// load reads eight bytes, the first lowest. The compiler makes it one load;
// encoding/binary would pull reflect into the module.
func load(b []byte) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// plain returns the offset of the first byte at or after i that cannot be passed
// over inside a string: a control character, quote, backslash or non-ASCII byte.
// It takes eight bytes at a time: a subtraction of 0x20 (or of 1 after an
// exclusive or) sets a byte's top bit where it borrows. Borrows run only
// upwards, so the lowest bit set is always a true stop.
func plain(data []byte, i int) int {
	for ; len(data)-i >= 8; i += 8 {
		w := load(data[i:])
		quote, slash := w^('"'*ones), w^('\\'*ones)
		stop := ((w - ' '*ones) | (quote - ones) | (slash - ones) | w) & highs
		if stop != 0 {
			return i + bits.TrailingZeros64(stop)>>3
		}
	}
	for i < len(data) && data[i] >= ' ' && data[i] != '"' && data[i] != '\\' && data[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// scanString checks the string that begins with the quote at i and returns the
// offset after its closing quote, or of its first fault.
func scanString(data []byte, i int) (int, Reason) {
	for i = plain(data, i+1); i < len(data); i = plain(data, i) {
		switch c := data[i]; {
		case c == '"':
			return i + 1, ""
		case c == '\\':
			n, reason := scanEscape(data[i:])
			if reason == UnexpectedEnd {
				return len(data), reason
			}
			if reason != "" {
				return i, reason
			}
			i += n
		case c < ' ':
			return i, ControlCharacter
		default:
			next := scanUTF8(data, i)
			if next < len(data) && data[next] >= utf8.RuneSelf {
				return next, InvalidUTF8
			}
			i = next
		}
	}
	return len(data), UnexpectedEnd
}

// scanUTF8 passes over well-formed characters outside ASCII. It stops before an
// ASCII byte, at a malformed one, or at the end.
func scanUTF8(data []byte, i int) int {
	for i < len(data) && data[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return i
}

// scanEscape returns the length of the escape at the start of b (RFC 8259,
// section 7). UnexpectedEnd means that b ends before the escape does.
func scanEscape(b []byte) (int, Reason) {
	if len(b) < 2 {
		return 0, UnexpectedEnd
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
	default:
		return 0, InvalidEscape
	}
	for i := 2; i < 6; i++ {
		if i == len(b) {
			return 0, UnexpectedEnd
		}
		if _, ok := hexDigit(b[i]); !ok {
			return 0, InvalidEscape
		}
	}
	return 6, ""
}

func hexDigit(c byte) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case 'a' <= c && c <= 'f':
		return rune(c-'a') + 10, true
	case 'A' <= c && c <= 'F':
		return rune(c-'A') + 10, true
	}
	return 0, false
}
