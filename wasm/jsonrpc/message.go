// Package jsonrpc reads and writes the JSON-RPC 2.0 envelope as the Model Context
// Protocol uses it. It looks at the envelope only: params, result and error data
// stay the exact bytes that came in.
//
// The envelope is where two readers of one message can be made to disagree, so
// keys match exactly after unescaping, and whatever could be read in two ways is
// refused.
package jsonrpc

import (
	"strconv"

	"github.com/headfast/headfast/wasm/jsontext"
)

// Kind says which of the four JSON-RPC messages a Message is.
type Kind uint8

// The kinds. The zero Kind belongs to no message that Parse returns.
const (
	Request       Kind = iota + 1 // method and id
	Notification                  // method, no id
	Response                      // id and result
	ErrorResponse                 // error; an id, null or none
)

// Message is one parsed envelope. ID, Params, Result and ErrorData are raw JSON
// text: sub-slices of the input of Parse, valid as long as that input, and nil if
// the member is absent.
type Message struct {
	Kind Kind
	// ID is a string literal or an integer; null is possible in an ErrorResponse
	// only (JSON-RPC 2.0, section 5). StringID makes it comparable.
	ID           []byte
	Method       string // unescaped; Request and Notification
	Params       []byte // any JSON value; Request and Notification
	Result       []byte // any JSON value; Response
	Code         int64  // ErrorResponse
	ErrorMessage string // unescaped; ErrorResponse; "" if the server left it out
	ErrorData    []byte // any JSON value; ErrorResponse
}

// StringID returns the text of the id: the value of a string, or the digits of a
// number as sent. So "7" and 7 are equal, which they must be: some servers echo a
// number back as a string. It is "" if the id is absent or null.
func (m *Message) StringID() string {
	if len(m.ID) == 0 || m.ID[0] == 'n' {
		return ""
	}
	if m.ID[0] != '"' {
		return string(m.ID)
	}
	id, _ := jsontext.Unquote(m.ID)
	return id
}

// ParseError is the first reason to refuse a text.
type ParseError struct {
	// Offset is in bytes from the start of the text given to Parse or ParseBatch.
	Offset int
	// Reason is a jsontext.Reason or one of the constants of this package, in
	// plain English, with no text from the input.
	Reason string
}

// Error gives the reason and the byte offset.
func (e *ParseError) Error() string {
	return "JSON-RPC: " + e.Reason + " at byte " + strconv.Itoa(e.Offset)
}

// The reasons to refuse a text that is valid JSON.
const (
	NotObject        = "a message must be an object"
	DuplicateKey     = "duplicate key in the envelope"
	BadVersion       = `jsonrpc must be "2.0"`
	BadMethod        = "method must be a string"
	BadID            = "id must be a string or an integer"
	BadError         = "error must be an object"
	BadErrorCode     = "error code must be an integer"
	BadErrorMessage  = "error message must be a string"
	MissingID        = "a result needs an id"
	ResultAndError   = "both result and error"
	RequestAndAnswer = "both method and result or error"
	NoContent        = "neither method nor result nor error"
	EmptyBatch       = "an empty batch"
	BatchTooLong     = "more than 1024 messages in a batch"
)
