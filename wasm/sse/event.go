package sse

import "unicode/utf8"

// event is the event under construction: the standard's "data buffer" and "event
// type buffer".
type event struct {
	kind  string
	data  []byte
	lines bool // a data field was seen; its value may be empty
	// borrowed tells that data is part of a chunk or of Parser.line, which holds
	// for an event of one data line within one chunk: nothing is copied then.
	borrowed bool
	buffer   []byte // for data that cannot be borrowed
}

// add appends the value of a data field. Decoding never shortens a value, so the
// first check bounds what is copied and the second what came of it.
func (e *event) add(value []byte, limit int) error {
	size := len(value)
	if e.lines {
		size += len(e.data) + 1
	}
	if size > limit {
		return &LimitError{What: "event", Limit: limit}
	}
	switch {
	case e.lines:
		e.own()
		e.data = appendUTF8(append(e.data, '\n'), value)
	case utf8.Valid(value):
		e.data, e.borrowed = value, true
	default:
		e.data = appendUTF8(e.buffer[:0], value)
	}
	e.lines = true
	if len(e.data) > limit {
		return &LimitError{What: "event", Limit: limit}
	}
	return nil
}

// own copies borrowed data before its source changes.
func (e *event) own() {
	if e.borrowed {
		e.data, e.borrowed = append(e.buffer[:0], e.data...), false
	}
}

// reset forgets the event and keeps a buffer for the next one.
func (e *event) reset() {
	if e.borrowed {
		*e = event{buffer: e.buffer}
		return
	}
	*e = event{buffer: recycle(e.data)}
}
