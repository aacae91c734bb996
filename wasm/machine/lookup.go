package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

// lookup gathers the values of an entry's variables before something is decided.
type lookup struct {
	verb    uint32
	session uint32
	entry   *config.Entry
	values  map[string]string
	missing int
	// then is what to do with them; nil when it was given up.
	then func(*lookup)
	// sought are the inputs that were looked for; untold is a warning for who waits.
	sought []string
	untold *msg.Error
}

// wanted is one value that the driver was asked for.
type wanted struct {
	by  *lookup
	key string
}

// value is resolve's Lookup. What the environment has for an input goes before an answer.
func (l *lookup) value(name string) (string, bool) {
	if q := l.entry.Question(name); q != nil {
		if v, ok := l.values[q.Variable()]; ok {
			return v, true
		}
	}
	v, ok := l.values[name]
	return v, ok
}

// variable is value without the answers to inputs, which are of no other client.
func (l *lookup) variable(name string) (string, bool) {
	if l.entry.Question(name) != nil {
		return "", false
	}
	return l.value(name)
}

// look finds the entry, has the person agree to it where that is needed, asks for its variables and for its inputs, and
// goes on when all have answered: whatever sends, starts or reads for an entry begins here. session is the one to be
// opened, or 0.
func (m *Machine) look(verb, session, file uint32, server string, then func(*lookup)) {
	entry, e := m.entry(file, server)
	if e != nil {
		m.turnAway(verb, e)
		return
	}
	m.pass(verb, session, m.configs[file], entry, func() {
		m.variables(verb, session, entry, entry.Variables(), func(l *lookup) { m.answers(l, true, then) })
	})
}

// lookFor asks for these variables, and for the answers that are kept. Nobody is asked.
func (m *Machine) lookFor(verb, session uint32, entry *config.Entry, names []string, then func(*lookup)) {
	m.variables(verb, session, entry, names, func(l *lookup) { m.answers(l, false, then) })
}

// variables asks for these and goes on when all have answered.
func (m *Machine) variables(verb, session uint32, entry *config.Entry, names []string, then func(*lookup)) {
	l := &lookup{verb: verb, session: session, entry: entry, values: map[string]string{}, missing: len(names), then: then}
	for _, name := range names {
		if q := entry.Question(name); q != nil {
			name = q.Variable()
		}
		id := m.nextID()
		m.wanted[id] = wanted{l, name}
		m.Emit(&msg.Effect{Get: &msg.Get{ID: id, Store: msg.StoreEnv, Key: name}})
	}
	if l.missing == 0 {
		then(l)
	}
}

func (m *Machine) entry(file uint32, server string) (*config.Entry, *msg.Error) {
	f := m.configs[file]
	if f == nil {
		return nil, problem.New(problem.Usage, "This cannot be done", "no configuration with this number is loaded", "")
	}
	if entry := f.Find(server); entry != nil {
		return entry, nil
	}
	e := problem.New(problem.NoSuchServer, f.Path+` has no server "`+server+`"`, "", "It has no servers at all.")
	if names := f.Names(); len(names) > 0 {
		e.Hint = "It has " + problem.Join(names) + "."
	}
	e.Where = msg.Position{File: f.Path}
	return nil, e
}

func (m *Machine) stored(v *msg.Stored) {
	w, ok := m.wanted[v.ID]
	if !ok {
		m.kept(v)
		return
	}
	delete(m.wanted, v.ID)
	if v.Found {
		w.by.values[w.key] = v.Value
	}
	if w.by.missing--; w.by.missing == 0 && w.by.then != nil {
		w.by.then(w.by)
	}
}

// connecting says whether a Connect waits for values, or for the person to agree, to open this session.
func (m *Machine) connecting(session uint32) bool {
	for _, w := range m.wanted {
		if w.by.session == session && w.by.then != nil {
			return true
		}
	}
	for _, a := range m.askings {
		for _, l := range a.waiting {
			if l.session == session && l.then != nil {
				return true
			}
		}
	}
	return m.atGate(session)
}

// giveUp ends a verb that waits for values, or for the person to agree; false where none of that number does.
func (m *Machine) giveUp(verb uint32) bool {
	for _, w := range m.wanted {
		if m.leave(w.by, verb) {
			return true
		}
	}
	for _, a := range m.askings {
		for _, l := range a.waiting {
			if m.leave(l, verb) {
				m.stopAsking()
				return true
			}
		}
	}
	return m.turnBack(verb)
}

func (m *Machine) answerCancelled(verb uint32) {
	m.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: msg.OutcomeCancelled, Error: problem.New(problem.Cancelled, "Cancelled", "", "")}})
}

func (m *Machine) turnAway(verb uint32, e *msg.Error) {
	m.Emit(&msg.Effect{Done: &msg.Done{ID: verb, Outcome: msg.OutcomeNotSent, Error: e}})
}

func (m *Machine) leave(l *lookup, verb uint32) bool {
	if l.verb != verb || l.then == nil {
		return false
	}
	l.then = nil
	m.answerCancelled(verb)
	return true
}
