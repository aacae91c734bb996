package jsonrpc

import (
	"strconv"

	"github.com/headfast/headfast/wasm/jsontext"
)

// Parse reads data as exactly one message. The error is always a *ParseError. No
// payload is copied, of whatever size; data must not change while the Message is
// in use.
func Parse(data []byte) (Message, error) {
	if err := jsontext.Valid(data); err != nil {
		return Message{}, &ParseError{Offset: err.Offset, Reason: string(err.Reason)}
	}
	return parse(data, 0)
}

// parse reads valid JSON that stands at base in the caller's text.
func parse(data []byte, base int) (Message, error) {
	var e envelope
	m, err := e.read(data)
	if err != nil {
		err.Offset += base
		return Message{}, err
	}
	return m, nil
}

// member is one member of an object: its raw value and where that stands. The
// value is nil if the object has no such member.
type member struct {
	value []byte
	at    int
}

// envelope holds the members that JSON-RPC 2.0 defines, before their meaning is
// checked.
type envelope struct {
	version, id, method, params, result, fault member
	start                                      int // offset of the opening brace
}

// field returns where the member with this key goes, or nil for a key that the
// envelope does not define.
func (e *envelope) field(key string) *member {
	switch key {
	case "jsonrpc":
		return &e.version
	case "id":
		return &e.id
	case "method":
		return &e.method
	case "params":
		return &e.params
	case "result":
		return &e.result
	case "error":
		return &e.fault
	}
	return nil
}

// collect puts each member of object, which stands at base, in its field. It
// refuses a second member for the same field: readers differ on which one counts.
func collect(object []byte, base int, field func(key string) *member) *ParseError {
	var err *ParseError
	jsontext.Members(object, func(key string, keyAt int, value []byte, at int) bool {
		m := field(key)
		switch {
		case m == nil:
		case m.value != nil:
			err = &ParseError{Offset: base + keyAt, Reason: DuplicateKey}
		default:
			*m = member{value: value, at: base + at}
		}
		return err == nil
	})
	return err
}

func (e *envelope) read(data []byte) (Message, *ParseError) {
	if e.start = begin(data); data[e.start] != '{' {
		return Message{}, e.fail(member{}, NotObject)
	}
	if err := collect(data, 0, e.field); err != nil {
		return Message{}, err
	}
	if version, ok := jsontext.Unquote(e.version.value); !ok || version != "2.0" {
		return Message{}, e.fail(e.version, BadVersion)
	}
	if e.method.value != nil {
		return e.call()
	}
	return e.answer()
}

// begin returns the offset of the value in a valid text, after white space.
func begin(data []byte) (i int) {
	for data[i] == ' ' || data[i] == '\t' || data[i] == '\n' || data[i] == '\r' {
		i++
	}
	return i
}

// fail names the member at fault, or the whole message if the member is missing.
func (e *envelope) fail(m member, reason string) *ParseError {
	if m.value == nil {
		return &ParseError{Offset: e.start, Reason: reason}
	}
	return &ParseError{Offset: m.at, Reason: reason}
}

// call reads a request or a notification.
func (e *envelope) call() (Message, *ParseError) {
	method, ok := jsontext.Unquote(e.method.value)
	switch {
	case !ok:
		return Message{}, e.fail(e.method, BadMethod)
	case e.result.value != nil:
		return Message{}, e.fail(e.result, RequestAndAnswer)
	case e.fault.value != nil:
		return Message{}, e.fail(e.fault, RequestAndAnswer)
	}
	m := Message{Kind: Notification, Method: method, Params: e.params.value}
	if e.id.value == nil {
		return m, nil
	}
	// MCP, "Requests": the id must not be null.
	if !isID(e.id.value) {
		return Message{}, e.fail(e.id, BadID)
	}
	m.Kind, m.ID = Request, e.id.value
	return m, nil
}

// answer reads a result or an error.
func (e *envelope) answer() (Message, *ParseError) {
	id := e.id.value
	switch {
	case e.result.value != nil && e.fault.value != nil:
		return Message{}, e.fail(e.fault, ResultAndError)
	case e.result.value == nil && e.fault.value == nil:
		return Message{}, e.fail(e.result, NoContent)
	case e.fault.value != nil:
		// Without an id, or with null, the server could not read ours.
		if id != nil && !isID(id) && string(id) != "null" {
			return Message{}, e.fail(e.id, BadID)
		}
		return readError(e.fault, id)
	case id == nil:
		return Message{}, e.fail(e.id, MissingID)
	case !isID(id):
		return Message{}, e.fail(e.id, BadID)
	}
	return Message{Kind: Response, ID: id, Result: e.result.value}, nil
}

// readError reads the error object (JSON-RPC 2.0, section 5.1). The message may
// be missing, because the code alone still says what happened.
func readError(fault member, id []byte) (Message, *ParseError) {
	if fault.value[0] != '{' {
		return Message{}, &ParseError{Offset: fault.at, Reason: BadError}
	}
	var code, message, data member
	err := collect(fault.value, fault.at, func(key string) *member {
		switch key {
		case "code":
			return &code
		case "message":
			return &message
		case "data":
			return &data
		}
		return nil
	})
	if err != nil {
		return Message{}, err
	}
	m := Message{Kind: ErrorResponse, ID: id, ErrorData: data.value}
	var ok bool
	if m.Code, ok = integer(code.value); !ok {
		return Message{}, &ParseError{Offset: max(code.at, fault.at), Reason: BadErrorCode}
	}
	if message.value != nil {
		text, ok := jsontext.Unquote(message.value)
		if !ok {
			return Message{}, &ParseError{Offset: message.at, Reason: BadErrorMessage}
		}
		m.ErrorMessage = text
	}
	return m, nil
}

// integer reads a number without fraction or exponent that fits in 64 bits. No
// such number is longer than 20 bytes, and no more is copied.
func integer(raw []byte) (int64, bool) {
	if len(raw) > 20 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	return n, err == nil
}

// isID tells whether a raw value is a string or a number without fraction or
// exponent.
func isID(raw []byte) bool {
	if raw[0] == '"' {
		return true
	}
	for i, c := range raw {
		if (c < '0' || c > '9') && (c != '-' || i > 0) {
			return false
		}
	}
	return true
}
