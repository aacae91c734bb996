package sse

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// altered is a parser that sees the pieces as change makes them; last is the last byte before.
func altered(change func(piece []byte, first bool, last byte) []byte) reader {
	return func(limits Limits, pieces ...[]byte) outcome {
		var last byte
		var seen [][]byte
		for i, piece := range pieces {
			seen = append(seen, change(slices.Clone(piece), i == 0, last))
			if len(piece) > 0 {
				last = piece[len(piece)-1]
			}
		}
		return run(limits, seen...)
	}
}

// replaced is a parser that misreads old as new wherever it stands.
func replaced(old, new string) reader {
	return func(limits Limits, pieces ...[]byte) outcome {
		return run(limits, bytes.ReplaceAll(slices.Concat(pieces...), []byte(old), []byte(new)))
	}
}

// faulty are parsers with the faults that event-stream parsers have had.
var faulty = map[string]reader{
	"forgets what a chunk left": func(limits Limits, pieces ...[]byte) (o outcome) {
		for _, piece := range pieces {
			one := run(limits, piece)
			one.events = o.events + one.events
			o = one
		}
		return o
	},
	"drops a byte order mark from every chunk": altered(func(piece []byte, first bool, _ byte) []byte {
		if first {
			return piece
		}
		return bytes.TrimPrefix(piece, []byte(byteOrderMark))
	}),
	"looks for a byte order mark in the first chunk only": altered(func(piece []byte, first bool, _ byte) []byte {
		if first && !bytes.HasPrefix(piece, []byte(byteOrderMark)) {
			return append([]byte(":\n"), piece...)
		}
		return piece
	}),
	"takes a CRLF cut in two for two ends": altered(func(piece []byte, _ bool, last byte) []byte {
		if last == '\r' && len(piece) > 0 && piece[0] == '\n' {
			return append([]byte("\n"), piece...)
		}
		return piece
	}),
	"swallows an LF at the start of any chunk": altered(func(piece []byte, first bool, _ byte) []byte {
		if first {
			return piece
		}
		return bytes.TrimPrefix(piece, []byte("\n"))
	}),
	"decodes each chunk alone": altered(func(piece []byte, _ bool, _ byte) []byte {
		return bytes.ToValidUTF8(piece, []byte("\ufffd"))
	}),
	"ends a line at a chunk's end": altered(func(piece []byte, _ bool, last byte) []byte {
		if last != 0 && last != '\n' && last != '\r' {
			return append([]byte("\n"), piece...)
		}
		return piece
	}),
	"keeps the byte order mark":               replaced("\ufeffdata", "xdata"),
	"drops two spaces":                        replaced(":  ", ":"),
	"drops no space":                          replaced(": ", ":  "),
	"drops a tab":                             replaced(":\t", ":"),
	"knows no CR":                             replaced("\r", "\r\n:"),
	"takes CRLF for two ends":                 replaced("\r\n", "\n\n"),
	"takes LF CR for one end":                 replaced("\n\r", "\n"),
	"ends a line at U+2028":                   replaced("\u2028", "\n"),
	"ends a line at U+0085":                   replaced("\u0085", "\n"),
	"ends a line at a form feed":              replaced("\f", "\n"),
	"drops NUL":                               replaced("\x00", ""),
	"takes a name in any case":                replaced("DATA", "data"),
	"trims a name":                            replaced(" :", ":"),
	"takes a field without colon for unknown": replaced("\ndata\n", "\nxata\n"),
	"takes a comment's data":                  replaced(":data", "data"),
	"divides at the last colon":               replaced("a:b", "a;b"),
	"reads retry as octal":                    replaced("retry:0750", "retry:488"),
	"reads a retry's first digits":            replaced("75x", "75"),
	"dispatches at the end of the stream": func(limits Limits, pieces ...[]byte) outcome {
		return run(limits, append(slices.Clone(pieces), []byte("\n\n"))...)
	},
	"replaces each invalid byte alone": func(limits Limits, pieces ...[]byte) outcome {
		text := slices.Concat(pieces...)
		var out []byte
		for len(text) > 0 {
			r, size := utf8.DecodeRune(text)
			out = utf8.AppendRune(out, r)
			text = text[size:]
		}
		return run(limits, out)
	},
	"replaces invalid bytes that follow each other by one mark": func(limits Limits, pieces ...[]byte) outcome {
		return run(limits, []byte(strings.ToValidUTF8(string(slices.Concat(pieces...)), "\ufffd")))
	},
}

// TestFaultyParsersAreFound: for each of these faults there is a vector that it fails, and no vector fails
// without one.
func TestFaultyParsersAreFound(t *testing.T) {
	all := vectors(t)
	for name, read := range faulty {
		if !slices.ContainsFunc(all, func(v vector) bool { return len(v.stream()) < 1000 && v.fault(read) != "" }) {
			t.Errorf("no vector finds a parser that %s", name)
		}
	}
	same := altered(func(piece []byte, _ bool, _ byte) []byte { return piece })
	for _, v := range all {
		if fault := v.fault(same); fault != "" {
			t.Errorf("%s: found where there is nothing: %s", v.name, fault)
		}
	}
}
