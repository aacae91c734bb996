package tree

import "strings"

// The bounds of what other people's parsers are given: they recurse, and a stack that is used up ends the whole core.
const (
	mostBytes    = 1 << 20
	mostDepth    = 100
	mostBrackets = 300 // of a YAML text, where only its parser can tell which of them nest
	mostColumns  = 200 // of indentation, each of which may be a level
)

const tooDeep = "nested deeper than 100"

func short(text []byte) *Error {
	if len(text) > mostBytes {
		return &Error{0, "it has more than 1 MiB"}
	}
	return nil
}

// mostMembers bounds the members of one object, and the elements of one array: each becomes a node of some 160 bytes.
const mostMembers = 100_000

// crowded refuses a JSON text with an object or an array that has too many values. The text is valid.
func crowded(text []byte) *Error {
	var commas []int // of what is open
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = keyEnd(text, i) - 1
		case '[', '{':
			commas = append(commas, 0)
		case ']', '}':
			commas = commas[:len(commas)-1]
		case ',':
			open := &commas[len(commas)-1]
			if *open++; *open == mostMembers {
				return &Error{i, "an object or array has more than 100000 values"}
			}
		}
	}
	return nil
}

// shallowTOML refuses values that nest too deep. What stands in strings and comments does not count.
func shallowTOML(text []byte) *Error {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '#':
			for i < len(text) && text[i] != '\n' {
				i++
			}
		case '"', '\'':
			i = SkipTOMLString(text, i)
		case '[', '{':
			if depth++; depth > mostDepth {
				return &Error{i, tooDeep}
			}
		case ']', '}':
			depth--
		}
	}
	return nil
}

// SkipTOMLString is the offset of the last character of the string that begins at i, or of its line where it does not
// end.
func SkipTOMLString(text []byte, i int) int {
	quote := string(text[i])
	if strings.HasPrefix(string(text[i:min(len(text), i+3)]), quote+quote+quote) {
		quote += quote + quote
	}
	for j := i + len(quote); j < len(text); j++ {
		switch {
		case text[j] == '\\' && quote[0] == '"':
			j++
		case text[j] == '\n' && len(quote) == 1:
			return j
		case strings.HasPrefix(string(text[j:min(len(text), j+len(quote))]), quote):
			return j + len(quote) - 1
		}
	}
	return len(text)
}

// shallowYAML refuses a text that may nest too deep: by brackets, of which those of ${NAME} and ${{ NAME }} do not count,
// by columns and by dashes.
func shallowYAML(text []byte) *Error {
	brackets, dashes, column, indent := 0, 0, 0, true
	for i, c := range text {
		switch {
		case c == '\n':
			dashes, column, indent = 0, 0, true
			continue
		case indent && (c == ' ' || c == '-' || c == '?'):
			if c != ' ' {
				dashes++
			}
			if column++; column > mostColumns || dashes > mostDepth {
				return &Error{i, tooDeep}
			}
			continue
		case c == '[' || c == '{' && !(i > 0 && text[i-1] == '$') && !(i > 1 && text[i-1] == '{' && text[i-2] == '$'):
			if brackets++; brackets > mostBrackets {
				return &Error{i, "it has more than 300 brackets"}
			}
		}
		indent = false
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
