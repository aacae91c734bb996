package tree

import "strings"

// The bounds of what other people's parsers are given: they recurse, and a stack that is used up ends the whole core.
const (
	mostBytes = 1 << 20
	mostDepth = 100
)

const tooDeep = "nested deeper than 100"

// bounded refuses a text that is too long or nests too deep. Brackets in strings count as well: that many of them have
// no business there.
func bounded(text []byte) *Error {
	if len(text) > mostBytes {
		return &Error{0, "it has more than 1 MiB"}
	}
	depth := 0
	for i, c := range text {
		switch c {
		case '[', '{':
			if depth++; depth > mostDepth {
				return &Error{i, tooDeep}
			}
		case ']', '}':
			depth = max(depth-1, 0)
		}
	}
	return nil
}

// caught turns a panic of a parser into an error: the text is at fault as far as anyone here can do something about it.
func caught(err **Error) {
	if recover() != nil {
		*err = &Error{0, "it cannot be read"}
	}
}

// uncited is a parser's message without the character of the text that it cites: it may be one of a secret.
func uncited(message string) string {
	for _, cite := range []string{" but got ", ": U+", " U+"} {
		message, _, _ = strings.Cut(message, cite)
	}
	return message
}
