package session

// phase is where in its life a session is.
type phase uint8

const (
	idle          phase = iota
	probing             // server/discover is out
	opening             // the HTTP+SSE stream is asked for
	initializing        // initialize is out
	announcing          // notifications/initialized is out
	attaching           // the GET stream is asked for
	awaitingToken       // the handshake was refused, and a token is being had
	ready               // requests may go
	reviving            // the connection was lost, and it is not yet time for the next
	failed              // no more requests; waits for its Close
	closing             // DELETE is out, or the process is asked to end
	over                // nothing is left
)

// event is what moves a session on.
type event uint8

const (
	startModern event = iota
	startLegacy
	startSSE
	isModern     // the probe was answered by a modern server
	isLegacy     // the probe was answered by something else, or not at all
	isInline     // the server knows neither handshake; requests go as they are
	isOld        // the server does not take POSTs here; it may speak HTTP+SSE
	gotEndpoint  // the HTTP+SSE server named its endpoint
	gotResult    // initialize was answered
	announced    // the server has taken notifications/initialized
	attached     // the GET stream is open, or there is none
	unauthorized // a request of the handshake was refused for want of a token that may be had
	lost         // the connection is gone, and another may be had
	broke        // what cannot be repaired
	closeAsked
	closed
)

// table is the whole life cycle. What is not in it does not happen: such an event is ignored.
var table = map[phase]map[event]phase{
	idle:          {startModern: probing, startLegacy: initializing, startSSE: opening, broke: failed, closeAsked: closing},
	probing:       {isModern: ready, isLegacy: initializing, unauthorized: awaitingToken, lost: reviving, broke: failed, closeAsked: closing},
	opening:       {gotEndpoint: initializing, unauthorized: awaitingToken, lost: reviving, broke: failed, closeAsked: closing},
	initializing:  {gotResult: announcing, isModern: ready, isInline: ready, isOld: opening, unauthorized: awaitingToken, lost: reviving, broke: failed, closeAsked: closing},
	awaitingToken: {startModern: probing, startLegacy: initializing, startSSE: opening, broke: failed, closeAsked: closing},
	announcing:    {announced: attaching, lost: reviving, broke: failed, closeAsked: closing},
	attaching:     {attached: ready, lost: reviving, broke: failed, closeAsked: closing},
	ready:         {lost: reviving, broke: failed, closeAsked: closing},
	reviving:      {startModern: probing, startLegacy: initializing, startSSE: opening, broke: failed, closeAsked: closing},
	failed:        {closeAsked: closing},
	closing:       {closed: over},
}

// move goes where the table says and does what is to be done there.
func (s *Session) move(e event) {
	next, ok := table[s.phase][e]
	if !ok {
		return
	}
	s.phase = next
	if s.patience != nil {
		s.patience.Stop()
		s.patience = nil
	}
	switch next {
	case probing:
		s.probe()
	case opening:
		s.openStream()
	case initializing:
		s.initialize()
	case announcing:
		s.announce()
	case attaching:
		s.attach()
	case ready:
		s.becomeReady()
	case awaitingToken:
		s.awaitToken()
	case reviving:
		s.becomeReviving()
	case failed:
		s.becomeFailed()
	case closing:
		s.startClosing()
	case over:
		s.finishClosing()
	}
}
