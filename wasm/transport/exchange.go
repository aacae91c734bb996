// Package transport reads HTTP exchanges of MCP's two HTTP transports: what kind of answer it is, and the
// JSON-RPC messages in it. It knows nothing of sessions and sends nothing.
package transport

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/sse"
)

// MaxMessage bounds one JSON-RPC message, in bytes after decompression.
const MaxMessage = 64 << 20

// maxError bounds what is kept of an answer that is no message: enough to quote from.
const maxError = 16 << 10

// kind is how the content of a response is read.
type kind uint8

const (
	kindOther kind = iota // not ours: kept in part, for the error
	kindJSON
	kindSSE
)

// Exchange is one response as it comes in. The zero value is ready.
type Exchange struct {
	// Status is 0 until the head is there.
	Status uint32
	// Type is the Content-Type without parameters, in lower case.
	Type string
	// Session, Location and Challenges are Mcp-Session-Id, Location and all of WWW-Authenticate.
	Session    string
	Location   string
	Challenges []string
	// Nonce is DPoP-Nonce (RFC 9449 section 8).
	Nonce      string
	retryAfter string

	kind kind
	body []byte
	// cut says that some of the content was not kept.
	cut bool
	// promised is the Content-Length, 0 where none is given: a hint for the buffer.
	promised int
	limits   sse.Limits
	// events is there once the content is known to be a stream.
	events *sse.Parser
}

// TooLargeError says that a message went over MaxMessage.
type TooLargeError struct{}

func (TooLargeError) Error() string { return "a message of more than 64 MiB" }

// Head takes the status and the header section.
func (x *Exchange) Head(h *msg.Head) {
	x.Status = h.Status
	for i := range h.Headers {
		x.header(&h.Headers[i])
	}
	switch {
	case x.Type == "application/json" || strings.HasSuffix(x.Type, "+json"):
		x.kind = kindJSON
	case x.Type == "text/event-stream" && x.OK():
		x.kind, x.events = kindSSE, &sse.Parser{Limits: x.limits}
	}
}

func (x *Exchange) header(f *msg.Header) {
	switch {
	case strings.EqualFold(f.Name, "Content-Type"):
		x.Type = mediaType(f.Value)
	case strings.EqualFold(f.Name, "Mcp-Session-Id"):
		x.Session = f.Value
	case strings.EqualFold(f.Name, "Content-Length"):
		n, _ := strconv.Atoi(f.Value)
		x.promised = max(0, min(n, MaxMessage))
	case strings.EqualFold(f.Name, "Location"):
		x.Location = f.Value
	case strings.EqualFold(f.Name, "Retry-After"):
		x.retryAfter = f.Value
	case strings.EqualFold(f.Name, "DPoP-Nonce"):
		x.Nonce = f.Value
	case strings.EqualFold(f.Name, "WWW-Authenticate"):
		x.Challenges = append(x.Challenges, f.Value)
	}
}

// Limit bounds one event of the stream, in bytes; to be called before the head is there.
func (x *Exchange) Limit(n int) { x.limits = sse.Limits{MaxLine: n, MaxEvent: n} }

// Anew is an exchange with the same bounds.
func (x *Exchange) Anew() Exchange { return Exchange{limits: x.limits} }

// OK says whether the status is a success (RFC 9110 section 15.3).
func (x *Exchange) OK() bool { return x.Status >= 200 && x.Status < 300 }

// Stream says whether the content is an event stream.
func (x *Exchange) Stream() bool { return x.kind == kindSSE }

// JSON says whether the content calls itself JSON.
func (x *Exchange) JSON() bool { return x.kind == kindJSON }

// Kept is how many bytes are held back until a message is whole.
func (x *Exchange) Kept() int {
	if x.events != nil {
		return x.events.Kept()
	}
	return cap(x.body)
}

// Content is what has been kept of content that is no stream.
func (x *Exchange) Content() []byte { return x.body }

// Cut says that Content ends before what came does.
func (x *Exchange) Cut() bool { return x.cut }

// Resume gives what an event stream may be resumed with: its last event's ID, and the time in nanoseconds that
// the server wants to be left before, 0 where it does not say.
func (x *Exchange) Resume() (lastEventID string, retry int64) {
	if x.events == nil {
		return "", 0
	}
	ms, _ := x.events.Retry()
	return x.events.LastEventID(), min(ms, 1<<40) * 1e6
}

// Feed takes a piece of the content. Events are handed on as they end; their data is only valid during
// the call. The errors are TooLargeError and what yield returns.
func (x *Exchange) Feed(data []byte, yield func(sse.Event) error) error {
	switch x.kind {
	case kindSSE:
		return x.events.Feed(data, yield)
	case kindJSON:
		if len(x.body)+len(data) > MaxMessage {
			return TooLargeError{}
		}
		x.body = extend(x.body, data, x.promised)
	default:
		kept := min(maxError-len(x.body), len(data))
		x.body = append(x.body, data[:kept]...)
		x.cut = x.cut || kept < len(data)
	}
	return nil
}

// extend appends. A full buffer grows to what was promised, but not beyond sixteen times what has come, since a
// promise is cheap; else it doubles. The growth of append, a quarter, would leave more than four times MaxMessage
// behind as garbage, and linear memory never shrinks.
func extend(buffer, more []byte, promised int) []byte {
	if need := len(buffer) + len(more); need > cap(buffer) {
		room := max(need, min(2*cap(buffer), MaxMessage), min(promised, 16*need))
		buffer = append(make([]byte, 0, room), buffer...)
	}
	return append(buffer, more...)
}

func mediaType(value string) string {
	value, _, _ = strings.Cut(value, ";")
	return strings.ToLower(strings.Trim(value, " \t"))
}
