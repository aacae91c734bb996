package session

// phase is where in its life a session is.
type phase uint8

const (
	idle         phase = iota
	probing            // server/discover is out
	opening            // the HTTP+SSE stream is asked for
	initializing       // initialize is out
	announcing         // notifications/initialized is out
	ready              // requests may go
	failed             // no more requests; waits for its Close
	closing            // DELETE is out
	over               // nothing is left
)

// event is what moves a session on.
type event uint8

const (
	startHTTP event = iota
	startSSE
	isModern    // the probe was answered by a modern server
	isLegacy    // the probe was answered by something else
	isInline    // the server knows neither handshake; requests go as they are
	gotEndpoint // the HTTP+SSE server named its endpoint
	gotResult   // initialize was answered
	announced   // the server has taken notifications/initialized
	broke       // what cannot be repaired
	closeAsked
	closed
)

// table is the whole life cycle. What is not in it does not happen: such an event is ignored.
var table = map[phase]map[event]phase{
	idle:         {startHTTP: probing, startSSE: opening},
	probing:      {isModern: ready, isLegacy: initializing, broke: failed, closeAsked: closing},
	opening:      {gotEndpoint: initializing, broke: failed, closeAsked: closing},
	initializing: {gotResult: announcing, isInline: ready, broke: failed, closeAsked: closing},
	announcing:   {announced: ready, broke: failed, closeAsked: closing},
	ready:        {broke: failed, closeAsked: closing},
	failed:       {closeAsked: closing},
	closing:      {closed: over},
}

// move goes where the table says and does what is to be done there.
func (s *Session) move(e event) {
	next, ok := table[s.phase][e]
	if !ok {
		return
	}
	s.phase = next
	switch next {
	case probing:
		s.probe()
	case opening:
		s.openStream()
	case initializing:
		s.initialize()
	case announcing:
		s.announce()
	case ready:
		s.becomeReady()
	case failed:
		s.becomeFailed()
	case closing:
		s.startClosing()
	case over:
		s.finishClosing()
	}
}
