package session

import "github.com/headfast/headfast/jsbridge/msg"

// The bounds of resuming: how long a server may have us wait, how long we wait where it does not say, and
// how many streams in a row may end without an event.
const (
	longestRetry  = longestRequest
	shortestRetry = second / 10
	defaultRetry  = second
	maxFruitless  = 3
)

// resuming is what the stream of a request may be resumed with; retry is in nanoseconds.
type resuming struct {
	lastEvent string
	retry     int64
	fruitless int
}

// retryWait is what the server wants to be left before the next attempt, within our bounds; the request's own time
// bounds it too.
func retryWait(retry int64) int64 { return max(shortestRetry, min(retry, longestRetry)) }

// resume goes on with the stream of a request that ended before its answer came: by a GET that names the last
// event ("Resumability and Redelivery", 2025-11-25). The request itself is not sent again, and its own bound
// goes on. False where there is nothing to go on with: then the request has ended.
func (s *Session) resume(f *flight, failure *msg.Failure) bool {
	c := f.call
	last, retry := f.in.Resume()
	if !s.wire.Resumes || s.stream != nil || s.phase != ready {
		return false
	}
	switch {
	case f.in.Stream() && last != "" && last != c.resuming.lastEvent && fitsHeader(last):
		c.resuming.lastEvent, c.resuming.fruitless = last, 0
	case c.resuming.lastEvent == "":
		return false
	case f.refused():
		return false
	case f.in.Status >= 400 && f.in.Status < 500: // it cannot be resumed: it is still the stream that broke off
		s.finish(c, answer{fault: s.about(s.cutOff(c, &msg.Failure{Detail: "the stream ended and cannot be resumed"})), outcome: msg.OutcomeUnknown})
		return true
	default:
		c.resuming.fruitless++
	}
	if c.resuming.fruitless >= maxFruitless {
		return false
	}
	if retry > 0 {
		c.resuming.retry = retryWait(retry)
	}
	wait := c.resuming.retry
	if wait == 0 {
		wait = defaultRetry
	}
	f.call, c.flight = nil, nil
	c.resume = s.out.After(wait, func() { s.goOn(c) })
	return true
}

// resumeEnded takes the end of a GET that went on with a request's stream. Whatever it met, the request itself was
// accepted long before: it goes on, or it may have run.
func (s *Session) resumeEnded(f *flight, failure *msg.Failure) {
	if !s.resume(f, failure) {
		s.finish(f.call, answer{fault: s.about(s.cutOff(f.call, &msg.Failure{Detail: "the stream ended and could not be resumed"})), outcome: msg.OutcomeUnknown})
	}
}

// longestEventID bounds what is sent back as Last-Event-ID, in bytes.
const longestEventID = 4096

// fitsHeader says whether an event's ID can be sent as a header: a server may put anything there.
func fitsHeader(id string) bool {
	for i := 0; i < len(id); i++ {
		if id[i] < ' ' || id[i] > '~' {
			return false
		}
	}
	return len(id) <= longestEventID
}

func (s *Session) goOn(c *call) {
	if s.calls[c.id] != c {
		return
	}
	f := &flight{role: rolePost, call: c, rpc: c.method, url: s.endpoint, replayed: true}
	c.flight = f
	s.fly(f, "GET", nil, append(s.versionHeader(), acceptStream, msg.Header{Name: "Last-Event-ID", Value: c.resuming.lastEvent}))
}
