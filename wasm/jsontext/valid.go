// Package jsontext checks, locates, reads and writes JSON text as RFC 8259
// defines it, strictly and without recursion: the input comes from servers and
// configuration files, so neither its size nor its nesting may cost stack.
package jsontext

// MaxDepth is how deep arrays and objects may nest: 512 is accepted, 513 is
// TooDeep. RFC 8259, section 9, lets an implementation set such a limit.
const MaxDepth = 512

// expect is what the grammar of RFC 8259, section 2, allows next.
type expect uint8

const (
	expectValue          expect = iota
	expectElement               // after a comma in an array
	expectElementOrClose        // after '['
	expectKey                   // after a comma in an object
	expectKeyOrClose            // after '{'
	expectCommaOrClose          // after a value inside an array or object
	expectEnd                   // after the outermost value
)

// nesting is a stack of one bit a level (1 for an object), so that a text of any
// shape is checked in 64 bytes and no allocation.
type nesting struct {
	bits  [MaxDepth / 64]uint64
	depth int
}

func (n *nesting) push(object bool) bool {
	if n.depth == MaxDepth {
		return false
	}
	word, bit := n.depth>>6, uint64(1)<<(n.depth&63)
	n.bits[word] &^= bit
	if object {
		n.bits[word] |= bit
	}
	n.depth++
	return true
}

func (n *nesting) inObject() bool {
	top := n.depth - 1
	return n.bits[top>>6]>>(top&63)&1 != 0
}

// pop returns what may follow the array or object just closed.
func (n *nesting) pop() expect {
	n.depth--
	return n.afterValue()
}

func (n *nesting) afterValue() expect {
	if n.depth == 0 {
		return expectEnd
	}
	return expectCommaOrClose
}

// Valid reports the first reason why data is not exactly one JSON value with
// optional white space around it, or nil. It reads data once, in constant space,
// and allocates only the Error.
//
// Stricter than encoding/json.Valid: a text that is not UTF-8 (RFC 8259, section
// 8.1) and one nested deeper than MaxDepth are refused. An unpaired surrogate
// escape such as "\ud800" is within the grammar (section 8.2) and accepted.
func Valid(data []byte) *Error {
	if len(data) >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF {
		return &Error{Offset: 0, Reason: ByteOrderMark}
	}
	if at, reason := validate(data); reason != "" {
		return &Error{Offset: at, Reason: reason}
	}
	return nil
}

// validate returns the offset and reason of the first fault; the reason is empty
// if there is none.
func validate(data []byte) (int, Reason) {
	var open nesting
	want := expectValue
	i := skipSpace(data, 0)
	for i < len(data) {
		var reason Reason
		switch want {
		case expectValue, expectElement, expectElementOrClose:
			i, want, reason = value(data, i, want, &open)
		case expectKey, expectKeyOrClose:
			i, want, reason = key(data, i, want, &open)
		case expectCommaOrClose:
			i, want, reason = commaOrClose(data, i, &open)
		case expectEnd:
			reason = TrailingData
		}
		if reason != "" {
			return i, reason
		}
		i = skipSpace(data, i)
	}
	if want != expectEnd {
		return len(data), UnexpectedEnd
	}
	return i, ""
}

// value reads a scalar, or the opening bracket of an array or object, or the
// bracket that closes an empty array.
func value(data []byte, i int, want expect, open *nesting) (int, expect, Reason) {
	switch c := data[i]; c {
	case '"':
		next, reason := scanString(data, i)
		return next, open.afterValue(), reason
	case '{', '[':
		if !open.push(c == '{') {
			return i, want, TooDeep
		}
		if c == '{' {
			return i + 1, expectKeyOrClose, ""
		}
		return i + 1, expectElementOrClose, ""
	case ']':
		switch want {
		case expectElementOrClose:
			return i + 1, open.pop(), ""
		case expectElement:
			return i, want, TrailingComma
		}
		return i, want, UnexpectedCharacter
	default:
		next, reason := scanScalar(data, i)
		return next, open.afterValue(), reason
	}
}

// key reads a member's name with its colon, or the bracket that closes an empty
// object.
func key(data []byte, i int, want expect, open *nesting) (int, expect, Reason) {
	switch {
	case data[i] == '"':
	case data[i] != '}':
		return i, want, UnexpectedCharacter
	case want == expectKey:
		return i, want, TrailingComma
	default:
		return i + 1, open.pop(), ""
	}
	i, reason := scanString(data, i)
	if reason != "" {
		return i, want, reason
	}
	i = skipSpace(data, i)
	if i == len(data) {
		return i, want, UnexpectedEnd
	}
	if data[i] != ':' {
		return i, want, UnexpectedCharacter
	}
	return i + 1, expectValue, ""
}

func commaOrClose(data []byte, i int, open *nesting) (int, expect, Reason) {
	object := open.inObject()
	switch c := data[i]; {
	case c == ',' && object:
		return i + 1, expectKey, ""
	case c == ',':
		return i + 1, expectElement, ""
	case c == '}' && object, c == ']' && !object:
		return i + 1, open.pop(), ""
	}
	return i, expectCommaOrClose, UnexpectedCharacter
}
