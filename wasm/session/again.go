package session

import (
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/revision"
)

// The bounds of sending again: so often, with waits that double up to the longest, each a random part of that
// ("full jitter"), and no server may have us wait longer than longestPause.
const (
	mostAttempts = 4
	firstWait    = second / 4
	longestWait  = 10 * second
	longestPause = 60 * second
)

// attempts is what a call's being sent again is bounded by.
type attempts struct {
	count int
	// renewed, corrected say that the one new session, the one look at the tool's definition was had.
	renewed, corrected bool
	// tokens counts the tokens that were had for it.
	tokens int
	// helped says that the headers were made anew for it.
	helped bool
}

// readOnly says whether a method can be sent again though it may have run: it changes nothing, by the protocol's
// own words. What a server says of its tools is no permission.
func readOnly(method string) bool {
	switch method {
	case "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read",
		"prompts/get", "completion/complete", "ping", "tasks/get":
		return true
	}
	return false
}

// tryAgain sends a call again that the server has not run, or that changes nothing. False where it has to end.
func (s *Session) tryAgain(f *flight, failure *msg.Failure, a answer) bool {
	c := f.call
	asked := f.busy()
	after, told := f.in.RetryAfter(s.out.Wall())
	if asked && told {
		s.pause(max(0, min(after, longestPause)))
	}
	switch {
	case c.shake && !(asked && failure == nil):
		return false // a server that cannot be reached is told at once
	case !c.shake && s.phase != ready:
		return false
	case !s.worthIt(c, f, failure, a, asked):
		return false
	}
	wait := s.backoff(c.again.count, firstWait, longestWait)
	if asked && told {
		wait = max(0, min(after, longestPause))
	}
	if !s.inTime(c, wait) {
		return false
	}
	c.again.count++
	c.sent = a.outcome != msg.OutcomeNotSent
	c.ran = c.ran || c.sent
	s.traceNote(f, "sent again in "+seconds(wait))
	s.detach(c)
	s.resting[c] = true
	c.resume = s.out.After(wait, func() {
		delete(s.resting, c)
		s.start(c)
	})
	return true
}

// worthIt says whether another attempt may help, and cannot run anything twice.
func (s *Session) worthIt(c *call, f *flight, failure *msg.Failure, a answer, asked bool) bool {
	if c.again.count+1 >= mostAttempts {
		return false
	}
	repeatable := readOnly(c.method) || c.method == "initialize"
	if failure == nil {
		return repeatable && (asked || f.in.Status == 502 || f.in.Status == 504 || f.in.OK() && a.outcome == msg.OutcomeUnknown && f.in.Stream())
	}
	switch failure.Kind {
	case msg.FailRefused, msg.FailConnect, msg.FailReset, msg.FailTimeout:
		return repeatable || a.outcome == msg.OutcomeNotSent
	}
	return false
}

// inTime says whether a call's time allows for a wait.
func (s *Session) inTime(c *call, wait int64) bool {
	if s.connect != nil && c.shake {
		return s.out.Now()+wait < s.connect.until
	}
	return c.timeout == 0 || s.out.Now()+wait < c.deadline
}

// backoff is a random part of first, doubled n times, up to most.
func (s *Session) backoff(n int, first, most int64) int64 {
	limit := first
	for ; n > 0 && limit < most; n-- {
		limit *= 2
	}
	return s.out.Chance(min(limit, most)) + 1
}

// otherPause bounds for how long one server may keep requests from the others on its origin.
const otherPause = 5 * second

// pause takes a server's word on when to come again. It is meant for the origin, but one of many servers there must
// not be able to stop the others.
func (s *Session) pause(d int64) {
	s.out.Pause(s.address(), d)
	s.out.Pause(s.origin, min(d, otherPause))
}

// paused is how long the server, or its origin, wants no requests.
func (s *Session) paused() int64 {
	if s.pipe != nil {
		return 0
	}
	return max(s.out.Paused(s.address()), s.out.Paused(s.origin))
}

// correct looks at a tool's definition again when the server misses a header, then sends the call once more with
// what it says ("Client Behavior" of Custom Headers, 2026-07-28). The server refused it with 400, so it has not run;
// anywhere else the code means nothing.
func (s *Session) correct(c *call, f *flight, code int64) bool {
	if code != revision.CodeHeaderMismatch || !s.wire.Mirrors || f.in.Status != 400 || c.method != "tools/call" || c.again.corrected {
		return false
	}
	c.again.corrected = true
	s.detach(c)
	c.sent = false // it was refused
	s.watch(c)
	s.readTools(func() {
		if !c.over {
			s.restart(c)
		}
	})
	return true
}

// restart sends a call that was taken off the wire as a new request, with its time anew.
func (s *Session) restart(c *call) {
	s.goesOnFrom(c)
	if c.timeout > 0 {
		c.deadline = s.out.Now() + min(c.timeout, max(c.begun+longestRequest-s.out.Now(), 0))
	}
	s.start(c)
}

// tooBusy is the hint of a 429 or 503, with the server's own word on when.
func (s *Session) tooBusy(f *flight) string {
	if after, ok := f.in.RetryAfter(s.out.Wall()); ok {
		return "Try again in " + strconv.FormatInt((max(after, 0)+second-1)/second, 10) + " s, as the server asks."
	}
	return "Try again later."
}
