package jsontext

import "strconv"

// Reason says in plain English what is wrong with a JSON text. The set of
// values is closed: every Reason this package returns is a constant below.
type Reason string

// The reasons for which Valid refuses a text.
const (
	UnexpectedCharacter Reason = "unexpected character"
	UnexpectedEnd       Reason = "unexpected end"
	InvalidUTF8         Reason = "invalid UTF-8"
	LeadingZero         Reason = "number has a leading zero"
	ControlCharacter    Reason = "control character in a string"
	InvalidEscape       Reason = "invalid escape"
	TrailingComma       Reason = "comma before a closing bracket"
	TooDeep             Reason = "nested deeper than 512"
	TrailingData        Reason = "data after the value"
	ByteOrderMark       Reason = "byte order mark"
)

// Error is the first fault in a JSON text.
type Error struct {
	// Offset is in bytes from the start of the text, from 0 up to and including
	// its length (the latter for UnexpectedEnd). It names the byte at fault; for
	// InvalidEscape that is the backslash, for LeadingZero the zero.
	Offset int
	Reason Reason
}

// Error gives the reason and the byte offset, never text from the input: that
// may hold a secret.
func (e *Error) Error() string {
	return "JSON: " + string(e.Reason) + " at byte " + strconv.Itoa(e.Offset)
}
