// Package sse parses the event-stream format: HTML standard, section 9.2,
// "Server-sent events", "Parsing an event stream" and "Interpreting an event
// stream". Bytes go in as they arrive; events come out as soon as they are
// complete. How the bytes are cut never changes the events.
package sse

import "bytes"

// Event is one dispatched event.
type Event struct {
	Type string // value of the event field; "" means the default, "message"
	// Data is the data lines joined by LF, in valid UTF-8. It is only valid during
	// the yield, and may be part of the chunk that was fed.
	Data []byte
	ID   string // the last event ID at the time of dispatch
}

// Parser reads one stream. The zero value is ready; set Limits before the first
// Feed. An event that the end of the stream cuts off is never dispatched, so there
// is nothing to do at the end.
type Parser struct {
	Limits Limits

	failed  error
	begun   bool // the first line, which may begin with a byte order mark, is past
	afterCR bool // an LF that comes now belongs to the line end already seen
	// line is the beginning of a line that no chunk has ended yet.
	line []byte

	pending event
	id      string // the standard's "last event ID buffer"
	lastID  string // the standard's "last event ID string"
	retry   int64
	retryOK bool
	// seenType is the last custom type, kept so that a stream of one type does not
	// allocate it for every event.
	seenType string
}

// keepCapacity is the largest buffer, in bytes, that is kept for reuse: one huge
// event should not hold its memory for the life of the stream.
const keepCapacity = 1 << 20

// byteOrderMark is dropped once, at the start of the stream ("UTF-8 decode").
const byteOrderMark = "\uFEFF"

// LastEventID returns the last event ID string of the stream: the value of the
// last id field that a blank line followed. It is for the Last-Event-ID header.
func (p *Parser) LastEventID() string { return p.lastID }

// Kept returns how many bytes are held back for an event that has not ended.
func (p *Parser) Kept() int { return cap(p.line) + cap(p.pending.buffer) }

// Retry returns the last reconnection time that the stream set, in milliseconds,
// and whether it set one. A number too great for int64 becomes the greatest int64.
func (p *Parser) Retry() (ms int64, ok bool) { return p.retry, p.retryOK }

// Feed parses the next bytes of the stream and calls yield for each event that
// they complete. It keeps no reference to chunk.
//
// It returns a *LimitError, or the error of yield as it is. After either the rest
// of the stream has no meaning: every later call returns the same error.
func (p *Parser) Feed(chunk []byte, yield func(Event) error) error {
	if p.failed == nil {
		p.failed = p.feed(chunk, yield)
	}
	return p.failed
}

func (p *Parser) feed(chunk []byte, yield func(Event) error) error {
	if len(chunk) == 0 {
		return nil
	}
	if p.afterCR && chunk[0] == '\n' {
		chunk = chunk[1:]
	}
	p.afterCR = len(chunk) > 0 && chunk[len(chunk)-1] == '\r'
	lines := splitter{chunk: chunk, lf: -1, cr: -1}
	for {
		part, ended := lines.next()
		if len(p.line)+len(part) > p.Limits.line() {
			return &LimitError{What: "line", Limit: p.Limits.line()}
		}
		if !ended {
			// The chunk is the caller's again after this call.
			p.pending.own()
			p.line = extend(p.line, part)
			return nil
		}
		if err := p.interpret(p.complete(part), yield); err != nil {
			return err
		}
	}
}

// complete returns the whole line of which rest is the end. The line stays intact
// until the end of this Feed, because p.line is not written to before.
func (p *Parser) complete(rest []byte) []byte {
	line := rest
	if len(p.line) > 0 {
		line = extend(p.line, rest)
		p.line = recycle(line)
	}
	if !p.begun {
		p.begun = true
		line = bytes.TrimPrefix(line, []byte(byteOrderMark))
	}
	return line
}

// extend appends, doubling the buffer when it is full: the growth of append, a
// quarter, would leave twice the garbage behind for a line of many megabytes.
func extend(buffer, more []byte) []byte {
	if need := len(buffer) + len(more); need > cap(buffer) {
		buffer = append(make([]byte, 0, max(need, 2*cap(buffer))), buffer...)
	}
	return append(buffer, more...)
}

// recycle empties a buffer for reuse, or drops one that is too large to keep.
func recycle(buffer []byte) []byte {
	if cap(buffer) > keepCapacity {
		return nil
	}
	return buffer[:0]
}
