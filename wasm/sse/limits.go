package sse

import "strconv"

// The limits of a zero Limits, in bytes. A server may send one tool result of
// 20 MB in a single data line, so a line may be as long as an event.
const (
	DefaultMaxLine  = 64 << 20
	DefaultMaxEvent = 64 << 20
)

// Limits bounds what a Parser holds in memory. Zero or less means the default.
type Limits struct {
	// MaxLine is the most bytes in one line of any kind, as sent, without the
	// bytes that end it.
	MaxLine int
	// MaxEvent is the most bytes in the data of one event, line feeds between its
	// lines included, after decoding.
	MaxEvent int
}

func (l Limits) line() int {
	if l.MaxLine > 0 {
		return l.MaxLine
	}
	return DefaultMaxLine
}

func (l Limits) event() int {
	if l.MaxEvent > 0 {
		return l.MaxEvent
	}
	return DefaultMaxEvent
}

// LimitError says that a stream went over a limit.
type LimitError struct {
	What  string // "line" or "event"
	Limit int    // in bytes
}

// Error names the limit and its size.
func (e *LimitError) Error() string {
	return "event stream: " + e.What + " longer than " + strconv.Itoa(e.Limit) + " bytes"
}
