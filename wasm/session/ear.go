package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
)

// ear is the standalone GET stream of Streamable HTTP before 2026-07-28 ("Listening for Messages from the
// Server"). A server need not have one.
type ear struct {
	flight *flight
	// last and retry (nanoseconds) are what it may be resumed with.
	last  string
	retry int64
	// fruitless counts the attempts since its last event; missed says that something may have been lost.
	fruitless int
	missed    bool
	// had says that it was open once.
	had   bool
	timer Timer
}

const (
	// headPatience is how long the stream's header section is waited for before the first request: what the
	// server tells in between would be lost, and there are servers that send nothing before the first event.
	headPatience = second / 2
	// idleStream is how long a stream may be silent before it is opened anew: a connection that a box on the
	// way has forgotten looks just like that.
	idleStream = 300 * second
	// mostFruitless is how many times in a row it is opened without an event on it.
	mostFruitless = 8
)

// attach opens the GET stream where there may be one, and waits for its head.
func (s *Session) attach() {
	if s.stream != nil || s.pipe != nil || !s.wire.Sessions {
		s.move(attached)
		return
	}
	s.ear = ear{}
	s.patience = s.out.After(headPatience, func() { s.move(attached) })
	s.hear()
}

// hear asks for the stream, from the last event on where one is known.
func (s *Session) hear() {
	f := &flight{role: roleListen, url: s.endpoint}
	s.ear.flight, s.ear.timer = f, nil
	headers := append(s.versionHeader(), acceptStream)
	if s.ear.last != "" {
		headers = append(headers, msg.Header{Name: "Last-Event-ID", Value: s.ear.last})
		f.replayed = true
	}
	s.fly(f, "GET", nil, headers)
	s.idle(f)
}

// heard takes the head of the stream. What is no stream is no failure.
func (s *Session) heard(f *flight) {
	if !f.in.Stream() {
		s.abort(f)
	} else {
		s.ear.had = true
		if s.ear.missed && s.phase == ready {
			s.gap(0, "the server's stream broke off and is open again")
		}
		s.ear.missed = false
	}
	s.move(attached)
}

// idle watches a stream for silence: any byte of it begins the time anew.
func (s *Session) idle(f *flight) {
	if f.idle != nil {
		f.idle.Reset(idleStream)
		return
	}
	f.idle = s.out.After(idleStream, func() { f.why = "nothing came for " + seconds(idleStream); s.abort(f) })
}

// deaf takes the end of the stream and opens it again, unless the server has none.
func (s *Session) deaf(f *flight, failure *msg.Failure) {
	if s.ear.flight != f {
		return
	}
	s.ear.flight = nil
	s.sign.deaf = s.sign.deaf || f.refused()
	s.move(attached)
	if s.phase != ready {
		return
	}
	if s.ear.had && failure == nil && f.session != "" && f.session == s.sessionID && f.forgotten() {
		s.lose(startLegacy, "the server had ended the session")
		return
	}
	if !s.earComesBack(f, failure) {
		s.notResumed()
		return
	}
	last, retry := f.in.Resume()
	switch {
	case last != "" && fitsHeader(last):
		s.ear.last = last
	case f.in.Stream() && f.events > 0:
		s.ear.last = ""
	}
	if f.in.Stream() && s.ear.last == "" {
		s.ear.missed = true
	}
	if f.events > 0 {
		s.ear.fruitless = 0
	}
	if s.ear.fruitless++; s.ear.fruitless > mostFruitless {
		s.gap(0, "the server's stream keeps breaking off and is not opened again")
		return
	}
	if retry > 0 {
		s.ear.retry = retryWait(retry)
	}
	wait := s.ear.retry + s.backoff(s.ear.fruitless-1, second, 30*second)
	s.ear.timer = s.out.After(wait, s.hear)
}

// notResumed is a GET that brought no stream. Where it was to go on with one, another may begin anew; where there was
// one before, it is told that there is none any more.
func (s *Session) notResumed() {
	switch {
	case s.ear.last != "":
		s.ear.last, s.ear.missed = "", true
		s.ear.timer = s.out.After(s.backoff(s.ear.fruitless, second, 30*second), s.hear)
	case s.ear.had:
		s.ear.had = false
		s.gap(0, "the server's stream broke off, and the server opens no other")
	}
}

// earComesBack says whether another GET may bring a stream.
func (s *Session) earComesBack(f *flight, failure *msg.Failure) bool {
	switch {
	case f.in.Stream():
		return true
	case f.in.Status == 0 && failure != nil:
		return failure.Kind != msg.FailUnsupported && failure.Kind != msg.FailBlocked
	}
	return f.in.Status == 429 || f.in.Status >= 500 && f.in.Status != 501
}

// quiet ends the stream and all that would open it again.
func (s *Session) quiet() {
	if s.ear.timer != nil {
		s.ear.timer.Stop()
	}
	if f := s.ear.flight; f != nil {
		s.ear.flight = nil
		s.abort(f)
	}
	s.ear = ear{}
}

// Woke says that the machine slept. Streams on which the server tells things by itself may be dead without a sign,
// so they are opened anew, spread over a little time; requests keep what time they had.
func (s *Session) Woke() {
	if s.phase != ready {
		return
	}
	if f := s.stream; f != nil && len(s.calls) == 0 {
		f.why = "the machine slept"
		s.abort(f)
	}
	if f := s.ear.flight; f != nil {
		f.why = "the machine slept"
		s.abort(f)
	}
	for _, c := range s.inOrder() {
		if c.listen != nil && c.flight != nil {
			c.flight.why = "the machine slept"
			s.abort(c.flight)
		}
	}
}
