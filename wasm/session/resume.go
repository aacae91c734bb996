package session

import "github.com/headfast/headfast/jsbridge/msg"

// The bounds of resuming: how long a server may have us wait, how long we wait where it does not say, and
// how many streams in a row may end without an event.
const (
	longestRetry  = 30 * second
	shortestRetry = second / 10
	defaultRetry  = second
	maxFruitless  = 3
)

// resume goes on with the stream of a request that ended before its answer came: by a GET that names the last
// event ("Resumability and Redelivery", 2025-11-25). The request itself is not sent again, and its own bound
// goes on. False where there is nothing to go on with: then the request has ended.
func (s *Session) resume(f *flight, failure *msg.Failure) bool {
	c := f.call
	last, retry := f.in.Resume()
	if !s.sessionLegacy() || s.stream != nil || s.phase != ready {
		return false
	}
	switch {
	case f.in.Stream() && last != "" && last != c.lastEvent && fitsHeader(last):
		c.lastEvent, c.fruitless = last, 0
	case c.lastEvent == "":
		return false
	case f.refused():
		return false
	case f.in.Status >= 400 && f.in.Status < 500: // it cannot be resumed: it is still the stream that broke off
		s.finish(c, answer{fault: s.about(s.cutOff(&msg.Failure{Detail: "the stream ended and cannot be resumed"})), outcome: msg.OutcomeUnknown})
		return true
	default:
		c.fruitless++
	}
	if c.fruitless >= maxFruitless {
		return false
	}
	if retry > 0 {
		c.retry = max(shortestRetry, min(retry, longestRetry))
	}
	wait := c.retry
	if wait == 0 {
		wait = defaultRetry
	}
	f.call, c.flight = nil, nil
	c.resume = s.out.After(wait, func() { s.goOn(c) })
	return true
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
	f := &flight{role: rolePost, call: c, rpc: c.method, url: s.endpoint}
	c.flight = f
	s.fly(f, "GET", nil, append(s.versionHeader(), acceptStream, msg.Header{Name: "Last-Event-ID", Value: c.lastEvent}))
}
