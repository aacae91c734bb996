// Package sim holds tests that drive the core as a whole: a checker of what must hold whatever happens, faults put
// into every vector, and a seeded simulation of servers and networks.
//
// The invariants are those of docs/security.md: exactly one outcome for each verb (I1), nothing that may have run is
// sent again (I2), no silent gap (I3), bounds (I5), no secret out (I6).
package sim

import (
	"fmt"

	"github.com/headfast/headfast/jsbridge/msg"
)

// checker watches every batch in and every output out. It knows the protocol's rules by itself and shares no code
// with the core.
type checker struct {
	now   int64
	found []violation

	verbs     map[uint32][]*verb
	loads     map[uint32]int
	gets      map[uint32]bool
	exchanges map[uint32]*exchange
	asks      map[uint32]*asked
	// prompts are those that wait for an answer.
	prompts map[uint32]bool
	// pending are the effects of sign-ins that wait, visits the requests to listeners that were not replied to;
	// lockless says that the store was said to have no locks.
	pending  map[uint32]*pending
	visits   map[uint32]int
	lockless bool
	// getKeys are the keys of the Gets, sentState is the state of the last page that was opened.
	getKeys   map[uint32]string
	sentState string
	lastID    uint32 // of all effects that have one of the core's
	sessions  map[uint32]*session
	groups    map[string]*group
	attempts  map[string]*attempt
	secret    *secret
	// earIDs are the events' ids of the sessions' own streams, subscriptions the Listens by their requests' ids.
	earIDs        map[string]bool
	subscriptions map[string]uint32
	probes        map[uint32]*probing
	// bodies are the exchanges of which the batch under way has content.
	bodies []*exchange
	stats  stats
}

type stats struct{ steps, effects, attempts, dones int }

// violation is one broken invariant.
type violation struct{ code, text string }

// verb is one of the driver's that waits for its answer.
type verb struct {
	id, session  uint32
	kind, method string
	group        *group
	// base is since when its time counts, timeout what it was given; both in nanoseconds.
	base, timeout int64
}

// session is what is known of one by its number.
type session struct {
	origin string
	phase  string
	over   bool
	// broken says that the session's own stream broke off, lost that the whole session was had again; neither has
	// been told by a Gap since.
	broken, lost bool
	lostAt       uint32
	brokenAt     int64
	// torn are the Listens of 2026-07-28 whose stream broke off.
	torn map[uint32]bool
	asks int
}

type asked struct {
	session, request uint32
	open             bool
}

func newChecker(secrets ...string) *checker {
	return &checker{
		verbs: map[uint32][]*verb{}, loads: map[uint32]int{}, gets: map[uint32]bool{}, exchanges: map[uint32]*exchange{},
		asks: map[uint32]*asked{}, prompts: map[uint32]bool{}, sessions: map[uint32]*session{}, groups: map[string]*group{}, attempts: map[string]*attempt{},
		secret: newSecret(secrets...), pending: map[uint32]*pending{}, visits: map[uint32]int{}, getKeys: map[uint32]string{}, earIDs: map[string]bool{}, subscriptions: map[string]uint32{},
	}
}

func (c *checker) bad(code, format string, args ...any) {
	c.found = append(c.found, violation{code, fmt.Sprintf(format, args...)})
}

// batch takes what the core was given and what it answered.
func (c *checker) batch(b *msg.Batch, out *msg.Output) {
	c.stats.steps++
	c.now = b.Now
	if out.Error != nil {
		if len(out.Effects) > 0 {
			c.bad("boundary", "effects beside an error")
		}
		return
	}
	c.bodies = c.bodies[:0]
	for i := range b.Inputs {
		c.input(&b.Inputs[i])
	}
	for i := range out.Effects {
		c.stats.effects++
		c.effect(&out.Effects[i])
	}
	for i := range b.Inputs {
		if e := b.Inputs[i].End; e != nil {
			c.forget(e.ID)
		}
	}
}

func (c *checker) input(in *msg.Input) {
	switch {
	case in.Load != nil:
		c.loads[in.Load.ID]++
	case in.Survey != nil:
		c.begin(&verb{id: in.Survey.ID, kind: "survey"})
	case in.Explain != nil:
		c.begin(&verb{id: in.Explain.ID, kind: "explain"})
	case in.Probe != nil:
		c.probe(in.Probe)
	case in.Translate != nil:
		c.begin(&verb{id: in.Translate.ID, kind: "translate"})
	case in.Export != nil:
		c.begin(&verb{id: in.Export.ID, kind: "export"})
	case in.Lint != nil:
		c.begin(&verb{id: in.Lint.ID, kind: "lint"})
	case in.Connect != nil:
		c.connect(in.Connect)
	case in.Request != nil:
		r := in.Request
		v := &verb{id: r.ID, kind: "request", session: r.Session, method: r.Method, timeout: bound(r.TimeoutMS, 60e9)}
		v.group = c.group(r.Session, r.Method, r.Params)
		v.group.verbs++
		c.begin(v)
	case in.Notify != nil:
		c.begin(&verb{id: in.Notify.ID, kind: "notify", session: in.Notify.Session, method: in.Notify.Method})
	case in.Listen != nil:
		c.begin(&verb{id: in.Listen.ID, kind: "listen", session: in.Listen.Session})
	case in.Close != nil:
		c.begin(&verb{id: in.Close.ID, kind: "close", session: in.Close.Session, timeout: 10e9})
		c.stillHeard(in.Close.Session)
	case in.Answer != nil:
		c.answered(in.Answer.ID)
	case in.Prompted != nil:
		c.prompted(in.Prompted.ID)
	case in.Inputs != nil:
		c.begin(&verb{id: in.Inputs.ID, kind: "inputs"})
	case in.Head != nil:
		c.head(in.Head)
	case in.Body != nil:
		c.body(in.Body)
	case in.End != nil:
		if !c.endsAwait(in.End.ID) {
			c.end(in.End)
		}
	default:
		c.signingInput(in)
	}
}

func bound(ms uint32, otherwise int64) int64 {
	if ms == 0 {
		return otherwise
	}
	return int64(ms) * 1e6
}

func (c *checker) begin(v *verb) {
	v.base = c.now
	c.verbs[v.id] = append(c.verbs[v.id], v)
}

// connect begins a session anew, unless one of that number is open.
func (c *checker) connect(n *msg.Connect) {
	c.begin(&verb{id: n.ID, kind: "connect", session: n.Session, timeout: bound(n.TimeoutMS, 30e9)})
	if s := c.sessions[n.Session]; s == nil || s.over {
		c.sessions[n.Session] = &session{torn: map[uint32]bool{}}
	}
}

func (c *checker) answered(id uint32) {
	if a := c.asks[id]; a != nil && a.open {
		a.open = false
		c.sessions[a.session].asks--
		c.anew(a.session)
	}
}

// anew lets the time of a session's requests begin again: a person was asked.
func (c *checker) anew(session uint32) {
	for _, list := range c.verbs {
		for _, v := range list {
			if v.session == session {
				v.base = c.now
			}
		}
	}
}

// slept takes it that a stretch of time does not count.
func (c *checker) slept(d int64) {
	for _, list := range c.verbs {
		for _, v := range list {
			v.base += d
		}
	}
	for _, x := range c.exchanges {
		x.last += d
	}
}

// open says whether a verb still waits for its answer.
func (c *checker) open(id uint32) bool { return len(c.verbs[id]) > 0 }

// closing says whether a Close of a session waits.
func (c *checker) closing(session uint32) bool {
	for _, list := range c.verbs {
		for _, v := range list {
			if v.kind == "close" && v.session == session {
				return true
			}
		}
	}
	return false
}

// due are the verbs that wait, for the end of a run.
func (c *checker) due() (n int, text string) {
	for id, list := range c.verbs {
		for _, v := range list {
			n++
			text += fmt.Sprintf(" %s %d (%s)", v.kind, id, v.method)
		}
	}
	return n, text
}

// atEnd is called when all sessions are closed and all is ended.
func (c *checker) atEnd() {
	c.leftOfSigning()
	for id, list := range c.verbs {
		for _, v := range list {
			c.bad("I1.lost."+v.kind, "verb %d (%s %s) was never answered", id, v.kind, v.method)
		}
	}
	for id, n := range c.loads {
		if n != 0 {
			c.bad("I1.lost.load", "load %d has %d answers due", id, n)
		}
	}
	for id, a := range c.asks {
		if a.open {
			c.bad("ask.left", "ask %d is neither answered nor withdrawn", id)
		}
	}
	for id := range c.prompts {
		c.bad("ask.left", "prompt %d is neither answered nor withdrawn", id)
	}
	for id, x := range c.exchanges {
		if x.spawn && !x.stopped {
			c.bad("I5.orphan", "process %d was never stopped", id)
		} else if !x.spawn && !x.aborted {
			c.bad("I5.leak", "exchange %d (%s %s) was never ended or aborted", id, x.method, x.rpc)
		}
	}
}
