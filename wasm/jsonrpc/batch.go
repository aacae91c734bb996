package jsonrpc

import "github.com/headfast/headfast/wasm/jsontext"

// MaxBatch is how many messages ParseBatch accepts in one array. It bounds the
// memory that a small text can claim: a Message is several times its shortest
// text.
const MaxBatch = 1024

// ParseBatch reads data as one message, or as an array of 1 to MaxBatch messages:
// MCP 2025-03-26 allowed batches, as JSON-RPC 2.0, section 6, defines them. One
// bad message refuses the whole text. The error is always a *ParseError.
func ParseBatch(data []byte) ([]Message, error) {
	if err := jsontext.Valid(data); err != nil {
		return nil, &ParseError{Offset: err.Offset, Reason: string(err.Reason)}
	}
	if start := begin(data); data[start] == '[' {
		return elements(data, start)
	}
	m, err := parse(data, 0)
	if err != nil {
		return nil, err
	}
	return []Message{m}, nil
}

func elements(array []byte, start int) ([]Message, error) {
	var messages []Message
	var err error
	jsontext.Elements(array, func(value []byte, at int) bool {
		if len(messages) == MaxBatch {
			err = &ParseError{Offset: at, Reason: BatchTooLong}
			return false
		}
		var m Message
		if m, err = parse(value, at); err == nil {
			messages = append(messages, m)
		}
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	if messages == nil {
		return nil, &ParseError{Offset: start, Reason: EmptyBatch}
	}
	return messages, nil
}
