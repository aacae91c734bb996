package machine

import (
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trust"
)

// gate is before an entry of a project's file: nothing is looked up, sent, read or started for it until the person has
// agreed to it. All verbs that come to the same gate meanwhile wait for one answer.
type gate struct {
	key     string
	entry   *config.Entry
	record  trust.Record
	changed bool
	waiting []passing
	// agree is the Agree's ID, 0 before the person is asked.
	agree uint32
}

// passing is a verb that waits at a gate; session is the one that it would open, or 0.
type passing struct {
	verb, session uint32
	then          func()
}

// pass goes on where the entry may act. What is wrong with an entry is told without asking for it.
func (m *Machine) pass(verb, session uint32, f *config.File, entry *config.Entry, then func()) {
	if f.Scope != "project" {
		then()
		return
	}
	e := entry.Broken()
	facts, ok := resolve.Facts(entry)
	if e == nil && !ok {
		e = notAgreed(entry, `"`+entry.Name+`" says more than can be agreed to`)
	}
	if e != nil {
		m.turnAway(verb, e)
		return
	}
	p := passing{verb, session, then}
	g := &gate{key: trust.Key(f.Source, entry), entry: entry, waiting: []passing{p},
		record: trust.Record{Digest: trust.Digest(f.Source, entry), Server: entry.Name, File: f.Source, Facts: facts}}
	for _, other := range m.gates {
		if other.record.Digest == g.record.Digest {
			other.waiting = append(other.waiting, p)
			return
		}
	}
	m.gates = append(m.gates, g)
	m.Get(msg.StoreTrust, g.key, func(s *msg.Stored) { m.recall(g, trust.Decode(s.Value)) })
}

// recall compares with what was agreed to. A store that cannot be read knows of nothing.
func (m *Machine) recall(g *gate, kept trust.Record) {
	switch {
	case len(g.waiting) == 0: // all were given up
	case kept.Digest == g.record.Digest:
		m.openGate(g)
	default:
		g.changed = kept.Digest != ""
		facts := trust.Compare(g.record.Facts, kept.Facts, "something of the entry that is not shown here")
		g.agree = m.nextID()
		m.Emit(&msg.Effect{Agree: &msg.Agree{ID: g.agree, Session: g.waiting[0].session, Server: g.entry.Name, Where: g.entry.Where,
			Facts: facts, Changed: g.changed}})
	}
}

// agreed takes the person's answer. What cannot be kept is asked again the next time.
func (m *Machine) agreed(v *msg.Agreed) {
	i := slices.IndexFunc(m.gates, func(g *gate) bool { return g.agree != 0 && g.agree == v.ID })
	if i < 0 {
		return
	}
	g := m.gates[i]
	g.agree = 0
	if !v.Given {
		title := `"` + g.entry.Name + `" has not been agreed to`
		if g.changed {
			title = `"` + g.entry.Name + `" has changed since it was agreed to`
		}
		for _, p := range m.leaveGate(g) {
			m.turnAway(p.verb, notAgreed(g.entry, title))
		}
		return
	}
	g.record.At = m.wall
	m.Put(&msg.Put{Store: msg.StoreTrust, Key: g.key, Value: g.record.Encode()}, func(*msg.Stored) { m.openGate(g) })
}

// openGate lets all pass that wait.
func (m *Machine) openGate(g *gate) {
	for _, p := range m.leaveGate(g) {
		p.then()
	}
}

// leaveGate takes the gate away, and is who waited at it.
func (m *Machine) leaveGate(g *gate) []passing {
	m.gates = slices.DeleteFunc(m.gates, func(other *gate) bool { return other == g })
	return g.waiting
}

// turnBack gives up a verb that waits at a gate; false where none of that number does. The question goes with the last.
func (m *Machine) turnBack(verb uint32) bool {
	for _, g := range m.gates {
		i := slices.IndexFunc(g.waiting, func(p passing) bool { return p.verb == verb })
		if i < 0 {
			continue
		}
		if g.waiting = slices.Delete(g.waiting, i, i+1); len(g.waiting) == 0 {
			m.leaveGate(g)
			if g.agree != 0 {
				m.Emit(&msg.Effect{Withdraw: &msg.Withdraw{ID: g.agree}})
			}
		}
		m.answerCancelled(verb)
		return true
	}
	return false
}

// atGate says whether a Connect waits to be agreed to, to open this session.
func (m *Machine) atGate(session uint32) bool {
	return slices.ContainsFunc(m.gates, func(g *gate) bool {
		return slices.ContainsFunc(g.waiting, func(p passing) bool { return p.session == session })
	})
}

func notAgreed(entry *config.Entry, title string) *msg.Error {
	e := problem.New(problem.NotAgreed, title, problem.At(entry.Where)+" was found in a project's folder, and may be anybody's. Nothing was sent, started or read for it.",
		"Look at the entry, and agree to it where you are asked. On the command line --trust does so for one run, and -c FILE for a file that you name.")
	e.Server, e.Where = entry.Name, entry.Where
	return e
}

// sourceOf is the file that a Load is of, whole where its folder is known.
func sourceOf(l *msg.Load) string {
	if l.Dir == "" {
		return l.Path
	}
	name := l.Path[strings.LastIndexAny(l.Path, `/\`)+1:]
	separator := "/"
	if !strings.Contains(l.Dir, "/") {
		separator = `\`
	}
	return strings.TrimSuffix(l.Dir, separator) + separator + name
}
