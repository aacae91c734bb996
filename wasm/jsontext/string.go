package jsontext

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string literal (RFC 8259, section 7), quotes
// included. It escapes what the grammar demands and also U+2028 and U+2029, which
// end a line in older JavaScript. Each byte of s that is not UTF-8 becomes
// U+FFFD.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	done := 0 // s[:done] is written
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == '"' || c == '\\' {
				dst = appendEscape(append(dst, s[done:i]...), c)
				done = i + 1
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = append(append(dst, s[done:i]...), "\uFFFD"...)
			done = i + size
		case r == '\u2028' || r == '\u2029':
			dst = append(append(dst, s[done:i]...), `\u202`...)
			dst = append(dst, hexDigits[r&0xF])
			done = i + size
		}
		i += size
	}
	return append(append(dst, s[done:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xF])
}

// Unquote decodes raw, one JSON string literal with its quotes and nothing
// around it. A surrogate pair of escapes becomes one character, a lone one
// U+FFFD. It reports false if raw is anything but a valid string literal.
func Unquote(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if end, reason := scanString(raw, 0); reason != "" || end != len(raw) {
		return "", false
	}
	return Unescape(raw[1 : len(raw)-1]), true
}

// Unescape decodes the inside of a string literal, or of any text that may hold
// some: what is no well-formed escape stays as it is.
func Unescape(b []byte) string {
	slash := bytes.IndexByte(b, '\\')
	if slash < 0 {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	for slash >= 0 {
		out = append(out, b[:slash]...)
		b = b[slash:]
		n, reason := scanEscape(b)
		if reason == "" {
			var r rune
			r, n = decodeEscape(b, n)
			out = utf8.AppendRune(out, r)
		} else {
			n = 1
			out = append(out, '\\')
		}
		b = b[n:]
		slash = bytes.IndexByte(b, '\\')
	}
	return string(append(out, b...))
}

// decodeEscape decodes the well-formed escape of n bytes at the start of b, and
// the second half of a surrogate pair with it; it returns the bytes taken.
func decodeEscape(b []byte, n int) (rune, int) {
	switch b[1] {
	case 'b':
		return '\b', n
	case 'f':
		return '\f', n
	case 'n':
		return '\n', n
	case 'r':
		return '\r', n
	case 't':
		return '\t', n
	case 'u':
		return decodeUnicode(b, n)
	}
	return rune(b[1]), n
}

func decodeUnicode(b []byte, n int) (rune, int) {
	high := hex4(b[2:])
	if !utf16.IsSurrogate(high) {
		return high, n
	}
	if !bytes.HasPrefix(b[n:], []byte(`\u`)) {
		return utf8.RuneError, n
	}
	if m, reason := scanEscape(b[n:]); reason == "" && m == n {
		if r := utf16.DecodeRune(high, hex4(b[n+2:])); r != utf8.RuneError {
			return r, n + m
		}
	}
	return utf8.RuneError, n
}

// hex4 reads four digits that scanEscape has checked.
func hex4(b []byte) (r rune) {
	for _, c := range b[:4] {
		digit, _ := hexDigit(c)
		r = r<<4 | digit
	}
	return r
}
