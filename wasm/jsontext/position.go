package jsontext

import "unicode/utf8"

// Position turns a byte offset into a line and a column, both from 1, as VS Code
// and the Language Server Protocol ("Position", "PositionEncodingKind" utf-16)
// count them: a line ends at LF, CRLF or CR, and a column is a UTF-16 code unit.
// A byte order mark at the start has no column, because editors hide it. Every
// byte that is not UTF-8 counts as one unit. An offset inside a character gives
// that character; one outside data is moved to the nearer end.
func Position(data []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(data))
	line, start := lineStart(data, offset)
	if start == 0 && len(data) >= 3 && string(data[:3]) == "\uFEFF" {
		start = 3
	}
	column = 1
	for start < offset {
		r, size := utf8.DecodeRune(data[start:])
		if start += size; start > offset {
			break
		}
		column++
		if r > 0xFFFF {
			column++
		}
	}
	return line, column
}

// lineStart returns where the line that holds offset begins, and its number. The
// LF of a CRLF still belongs to the line that it ends.
func lineStart(data []byte, offset int) (line, start int) {
	line = 1
	for i := 0; i < offset; i++ {
		crlf := data[i] == '\r' && i+1 < len(data) && data[i+1] == '\n'
		if data[i] == '\n' || data[i] == '\r' && !crlf {
			start = i + 1
			line++
		}
	}
	return line, start
}
