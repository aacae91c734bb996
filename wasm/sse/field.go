package sse

import (
	"bytes"
	"math"
)

// interpret processes one whole line ("Interpreting an event stream").
func (p *Parser) interpret(line []byte, yield func(Event) error) error {
	if len(line) == 0 {
		return p.dispatch(yield)
	}
	colon := bytes.IndexByte(line, ':')
	if colon < 0 {
		return p.field(line, line[len(line):])
	}
	value := line[colon+1:]
	if len(value) > 0 && value[0] == ' ' {
		value = value[1:] // one space only
	}
	return p.field(line[:colon], value)
}

// field processes one field. A comment has the empty name and is ignored like any
// other unknown one.
func (p *Parser) field(name, value []byte) error {
	switch string(name) {
	case "data":
		return p.pending.add(value, p.Limits.event())
	case "event":
		p.setType(value)
	case "id":
		if bytes.IndexByte(value, 0) < 0 && string(value) != p.id {
			p.id = decode(value)
		}
	case "retry":
		if ms, ok := digits(value); ok {
			p.retry, p.retryOK = ms, true
		}
	}
	return nil
}

func (p *Parser) setType(value []byte) {
	if string(value) != p.seenType {
		p.seenType = decode(value)
	}
	p.pending.kind = p.seenType
}

// dispatch ends an event at a blank line. The ID counts even if there is no data
// and therefore no event.
func (p *Parser) dispatch(yield func(Event) error) error {
	p.lastID = p.id
	if !p.pending.lines {
		p.pending.kind = ""
		return nil
	}
	err := yield(Event{Type: p.pending.kind, Data: p.pending.data, ID: p.lastID})
	p.pending.reset()
	return err
}

// digits reads a value of one or more ASCII digits and nothing else.
func digits(value []byte) (n int64, ok bool) {
	for _, c := range value {
		if c < '0' || c > '9' {
			return 0, false
		}
		if digit := int64(c - '0'); n <= (math.MaxInt64-digit)/10 {
			n = n*10 + digit
		} else {
			n = math.MaxInt64
		}
	}
	return n, len(value) > 0
}
