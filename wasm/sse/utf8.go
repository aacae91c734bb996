package sse

import "unicode/utf8"

// The standard decodes the stream before it cuts lines. Line ends, colons and
// spaces are ASCII, and an ASCII byte always ends a malformed sequence, so
// decoding each value on its own gives the same text.

func decode(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return string(appendUTF8(nil, b))
}

// appendUTF8 appends b after "UTF-8 decode" of the Encoding standard, without its
// byte order mark step: one U+FFFD for each maximal subpart of a malformed
// sequence.
func appendUTF8(dst, b []byte) []byte {
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			size = malformed(b)
		}
		dst = utf8.AppendRune(dst, r)
		b = b[size:]
	}
	return dst
}

// malformed returns the length of the malformed sequence at the start of b: the
// lead byte and the bytes that could have continued it (Encoding standard, section
// 8.1.1, "UTF-8 decoder").
func malformed(b []byte) int {
	need, low, high := 0, byte(0x80), byte(0xBF)
	switch c := b[0]; {
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
	case c >= 0xF0 && c <= 0xF4:
		need = 3
	}
	switch b[0] {
	case 0xE0:
		low = 0xA0
	case 0xED:
		high = 0x9F
	case 0xF0:
		low = 0x90
	case 0xF4:
		high = 0x8F
	}
	n := 1
	for n <= need && n < len(b) && low <= b[n] && b[n] <= high {
		n++
		low, high = 0x80, 0xBF
	}
	return n
}
