// Package machine is the core as one value: inputs in, effects out. It routes, owns the ids, the queue of
// effects and the one deadline, and holds no policy of its own.
package machine

import (
	"runtime"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/authflow"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/lint"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/record"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/session"
	"github.com/headfast/headfast/wasm/transport"
)

// Build names the core's version.
const Build = "headfast 0.1.0"

// Machine is the core. Make one with New; it is not safe for concurrent use.
type Machine struct {
	begun  bool
	client revision.Client
	trace  bool
	record *record.Recorder // nil where nothing is to be recorded
	prefix string
	serial uint64

	now    int64
	wall   int64
	clock  clock
	chance chance
	timers timers

	configs  map[uint32]*config.File
	texts    map[uint32]*lint.Text
	sessions map[uint32]*session.Session
	// exchanges finds whom an HTTP exchange or a process belongs to.
	exchanges map[uint32]transport.Receiver
	// accounts are the sign-ins, by their keys; stores, signs, opens and awaits find what waits for those effects.
	accounts map[string]*authflow.Account
	stores   map[uint32]func(*msg.Stored)
	signs    map[uint32]func(*msg.Signed)
	opens    map[uint32]func(*msg.Failure)
	awaits   map[uint32]authflow.Awaiter
	// logins are the Logins and Logouts under way, and how each is given up.
	logins   map[uint32]func()
	secrets  secrets
	document string
	// wanted finds what waits for a Stored, asked the session of an Ask.
	wanted map[uint32]wanted
	asked  map[uint32]*session.Session
	// gates are before the entries that the person has to agree to.
	gates []*gate
	// askings are the inputs that a person is asked for, the first at the moment; given are answers that are not kept, or
	// not yet, as the store would have them.
	askings []*asking
	given   map[string]string
	// met is what is known of servers from before, pauses until when an origin wants no requests.
	met    map[string]session.Met
	pauses map[string]int64
	// held is what all sessions keep of messages under way, in bytes.
	held   int
	lastID uint32

	// fx is the answer in the making: room for its head, then the effects, of which there are count. later is what
	// it has no room for.
	fx    []byte
	count int
	later overflow
	batch msg.Batch
}

// New is a core that waits for its Begin.
func New() *Machine {
	return &Machine{
		configs: map[uint32]*config.File{}, texts: map[uint32]*lint.Text{}, sessions: map[uint32]*session.Session{},
		exchanges: map[uint32]transport.Receiver{}, accounts: map[string]*authflow.Account{}, stores: map[uint32]func(*msg.Stored){},
		signs: map[uint32]func(*msg.Signed){}, opens: map[uint32]func(*msg.Failure){}, awaits: map[uint32]authflow.Awaiter{},
		logins: map[uint32]func(){}, wanted: map[uint32]wanted{}, asked: map[uint32]*session.Session{}, given: map[string]string{},
		met: map[string]session.Met{}, pauses: map[string]int64{},
	}
}

// Step takes one encoded msg.Batch and returns one encoded msg.Output, written into room's memory where that
// suffices. Malformed bytes give an Output with Error and change nothing.
func (m *Machine) Step(batch, room []byte) []byte {
	m.fx, m.count = append(room[:0], make([]byte, roomForHead)...), 0
	var hello *msg.Hello
	e := m.decode(batch)
	if e == nil {
		m.drain()
		hello = m.take()
	}
	answer := m.answer(hello, e)
	m.fx = nil
	return answer
}

// roomForHead is left before the effects, so that a large one is not copied when what stands before it is known.
const roomForHead = 64

// answer puts the head before the effects.
func (m *Machine) answer(hello *msg.Hello, e *msg.Error) []byte {
	var short [roomForHead]byte
	head, err := msg.AppendOutputHead(short[:0], hello, m.deadline(), m.count, false)
	if err == nil && e == nil && len(head) <= roomForHead {
		start := roomForHead - len(head)
		copy(m.fx[start:], head)
		return m.fx[start:]
	}
	whole, err := msg.AppendOutput(nil, hello, m.deadline(), m.count, m.fx[roomForHead:], e)
	if err != nil {
		panic("machine: " + err.Error())
	}
	return whole
}

func (m *Machine) decode(batch []byte) *msg.Error {
	if len(batch) > msg.MaxBatch {
		return malformed("more than 64 MiB")
	}
	m.batch.Inputs = m.batch.Inputs[:0]
	clear(m.batch.Inputs[:cap(m.batch.Inputs)])
	rest, err := m.batch.UnmarshalMsg(batch)
	if err != nil {
		return malformed(err.Error())
	}
	if len(rest) > 0 {
		return malformed("bytes after the batch")
	}
	for i := range m.batch.Inputs {
		if err := m.batch.Inputs[i].Check(); err != nil {
			return malformed(err.Error())
		}
	}
	return m.checkOrder()
}

// checkOrder demands Begin first and once, and that it fits.
func (m *Machine) checkOrder() *msg.Error {
	for i := range m.batch.Inputs {
		b := m.batch.Inputs[i].Begin
		switch first := i == 0 && !m.begun; {
		case first && b == nil:
			return malformed("the first input is not begin")
		case !first && b != nil:
			return malformed("begin again")
		case first && (b.Version != msg.Version || b.Schema != msg.SchemaHash):
			return problem.New(problem.Internal, "The driver and the core do not fit together",
				"The driver has schema "+b.Schema+", the core ("+Build+", "+runtime.Version()+") has "+msg.SchemaHash+".", "Build both from the same version.")
		case first && len(b.Entropy) != 32:
			return malformed("begin without 32 bytes of entropy")
		}
	}
	return nil
}

func malformed(why string) *msg.Error {
	return problem.New(problem.Internal, "The driver sent bytes that are no batch", why, "This is a defect of the driver.")
}

// take handles the inputs in order. The clock moves first: what was due is due before what happened.
func (m *Machine) take() *msg.Hello {
	m.wall = m.batch.Wall
	slept := m.clock.tick(m.batch.Now, m.timers.next())
	m.now = m.clock.now
	m.timers.fire(m.now)
	if slept {
		m.wake()
	}
	var hello *msg.Hello
	for i := range m.batch.Inputs {
		in := &m.batch.Inputs[i]
		if in.Begin != nil {
			hello = m.greet(in.Begin)
			continue
		}
		m.route(in)
	}
	return hello
}

func (m *Machine) greet(b *msg.Begin) *msg.Hello {
	m.begun = true
	m.trace = b.Trace
	if b.Record {
		m.record = new(record.Recorder)
	}
	m.client = revision.NewClient(b.Name, b.Title, b.ClientVersion)
	m.prefix = idPrefix(b.Entropy)
	m.secrets = newSecrets(b.Entropy)
	m.document = b.ClientDocument
	m.chance = newChance(b.Entropy[16:24])
	return &msg.Hello{Version: msg.Version, Schema: msg.SchemaHash, Build: Build + " " + runtime.Version(), Dialects: dialect.IDs()}
}
