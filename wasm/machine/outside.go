package machine

import (
	"encoding/base32"
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/session"
)

// The machine is its sessions' session.Outside.
var _ session.Outside = (*Machine)(nil)

// Emit encodes an effect into the step's answer.
func (m *Machine) Emit(e *msg.Effect) {
	var err error
	if m.fx, err = e.MarshalMsg(m.fx); err != nil {
		panic("machine: " + err.Error())
	}
	m.count++
}

// Send hands out an HTTP request under a new ID.
func (m *Machine) Send(s *session.Session, h *msg.HTTP) uint32 {
	h.ID = m.nextID()
	m.exchanges[h.ID] = s
	m.Emit(&msg.Effect{HTTP: h})
	return h.ID
}

// After calls f once, d nanoseconds from now.
func (m *Machine) After(d int64, f func()) session.Timer { return m.timers.add(m, m.now+d, f) }

// Gone forgets a session.
func (m *Machine) Gone(s *session.Session) { delete(m.sessions, s.ID()) }

// Now is the step's monotonic time.
func (m *Machine) Now() int64 { return m.now }

// RequestID is a new JSON-RPC id: unguessable by its prefix, unique by its number.
func (m *Machine) RequestID() string {
	m.serial++
	return m.prefix + "-" + strconv.FormatUint(m.serial, 10)
}

// Client is who the driver said that we are.
func (m *Machine) Client() revision.Client { return m.client }

// Tracing says whether the driver wants Trace effects.
func (m *Machine) Tracing() bool { return m.trace }

func (m *Machine) nextID() uint32 {
	m.lastID++
	return m.lastID
}

// idPrefix is 80 bits of the entropy, as text.
func idPrefix(entropy []byte) string { return base32.HexEncoding.EncodeToString(entropy[:10]) }
