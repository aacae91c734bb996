package machine

import (
	"encoding/base32"
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/session"
	"github.com/headfast/headfast/wasm/transport"
)

// The machine is its sessions' session.Outside.
var _ session.Outside = (*Machine)(nil)

// Emit encodes an effect into the step's answer, or for a later one where that is full.
func (m *Machine) Emit(e *msg.Effect) {
	if e.Trace != nil && m.noted(e.Trace) {
		return
	}
	fx, count := &m.fx, &m.count
	if m.count >= mostEffects || len(m.later) > 0 {
		c := m.later.room()
		fx, count = &c.fx, &c.count
	}
	var err error
	if *fx, err = e.MarshalMsg(*fx); err != nil {
		panic("machine: " + err.Error())
	}
	*count++
}

// Send hands out an HTTP request under a new ID.
func (m *Machine) Send(to transport.Receiver, h *msg.HTTP) uint32 {
	h.ID = m.nextID()
	m.exchanges[h.ID] = to
	m.recordSent(to, h)
	m.Emit(&msg.Effect{HTTP: h})
	return h.ID
}

// Spawn hands out a process under a new ID.
func (m *Machine) Spawn(to transport.Receiver, p *msg.Spawn) uint32 {
	p.ID = m.nextID()
	m.exchanges[p.ID] = to
	m.Emit(&msg.Effect{Spawn: p})
	return p.ID
}

// Ask hands out what a server wants to know under a new ID.
func (m *Machine) Ask(s *session.Session, a *msg.Ask) uint32 {
	a.ID = m.nextID()
	m.asked[a.ID] = s
	m.Emit(&msg.Effect{Ask: a})
	return a.ID
}

// Withdraw takes an Ask back.
func (m *Machine) Withdraw(id uint32) {
	delete(m.asked, id)
	m.Emit(&msg.Effect{Withdraw: &msg.Withdraw{ID: id}})
}

// mostMet bounds what is remembered of servers.
const mostMet = 1000

// Met is what was found out about the server at this address before.
func (m *Machine) Met(address string) session.Met { return m.met[address] }

// Meet remembers it; the zero Met forgets.
func (m *Machine) Meet(address string, what session.Met) {
	if what == (session.Met{}) {
		delete(m.met, address)
		return
	}
	if len(m.met) < mostMet {
		m.met[address] = what
	}
}

// Pause keeps requests from an origin, or from one server on it, for d nanoseconds.
func (m *Machine) Pause(where string, d int64) {
	for o, until := range m.pauses {
		if until <= m.now {
			delete(m.pauses, o)
		}
	}
	m.pauses[where] = max(m.pauses[where], m.now+d)
}

// Paused is for how many nanoseconds more that wants no requests.
func (m *Machine) Paused(where string) int64 { return max(m.pauses[where]-m.now, 0) }

// Hold counts what all sessions keep of messages under way.
func (m *Machine) Hold(more int) int {
	m.held += more
	return m.held
}

// Wall is the wall clock in milliseconds since the Unix epoch.
func (m *Machine) Wall() int64 { return m.wall }

// Chance is a number from 0 up to n, without n.
func (m *Machine) Chance(n int64) int64 { return m.chance.below(n) }

// After calls f once, d nanoseconds from now.
func (m *Machine) After(d int64, f func()) session.Timer { return m.timers.add(m, m.now+d, f) }

// Gone forgets a session.
func (m *Machine) Gone(s *session.Session) {
	delete(m.sessions, s.ID())
	for id, of := range m.asked {
		if of == s {
			delete(m.asked, id)
		}
	}
}

// Now is the step's monotonic time.
func (m *Machine) Now() int64 { return m.now }

// RequestID is a new JSON-RPC id: unguessable by its prefix, unique by its number.
func (m *Machine) RequestID() string {
	m.serial++
	return m.prefix + "-" + strconv.FormatUint(m.serial, 10)
}

// Client is who the driver said that we are.
func (m *Machine) Client() revision.Client { return m.client }

// Tracing says whether the driver wants Trace effects, or a record is made of them.
func (m *Machine) Tracing() bool { return m.trace || m.record != nil }

func (m *Machine) nextID() uint32 {
	m.lastID++
	return m.lastID
}

// idPrefix is 80 bits of the entropy, as text.
func idPrefix(entropy []byte) string { return base32.HexEncoding.EncodeToString(entropy[:10]) }
