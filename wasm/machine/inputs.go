package machine

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
)

// asking is an input that a person is asked for, by all who wait for it.
type asking struct {
	key, goal string
	entry     *config.Entry
	question  *config.Question
	waiting   []*lookup
	// shown says that it was asked; prompt is the Prompt's ID until it is answered.
	shown  bool
	prompt uint32
}

// answers finds the answers to the inputs of an entry, one after the other: those that are kept, and, where ask says so, a
// person's. Then it goes on; the plan tells of those that are still missing.
func (m *Machine) answers(l *lookup, ask bool, then func(*lookup)) {
	q, goal := l.unanswered()
	if q == nil {
		m.checked(l, ask, then)
		return
	}
	key := answerKey(l.entry, q, goal)
	l.sought = append(l.sought, q.Name())
	l.missing, l.then = 1, func(l *lookup) {
		text, found := l.values[""]
		delete(l.values, "")
		if a := decodeAnswer(text); found && a.why == "" && q.Fits(a.value) {
			l.values[q.Name()] = a.value
		} else if ask && resolve.Make(l.entry, l.value).Wrong() == nil {
			m.ask(l, &asking{key: key, goal: goal, entry: l.entry, question: q}, then)
			return
		}
		m.answers(l, ask, then)
	}
	if value, here := m.given[key]; here {
		l.values[""] = value
		l.then(l)
		return
	}
	id := m.nextID()
	m.wanted[id] = wanted{l, ""}
	m.Emit(&msg.Effect{Get: &msg.Get{ID: id, Store: msg.StoreInputs, Key: key}})
}

// checked goes on, unless an answer of the environment is none of the options.
func (m *Machine) checked(l *lookup, ask bool, then func(*lookup)) {
	for _, name := range l.entry.Variables() {
		q := l.entry.Question(name)
		if q == nil || !ask {
			continue
		}
		if value, found := l.value(name); found && !q.Fits(value) {
			m.Emit(&msg.Effect{Done: &msg.Done{ID: l.verb, Outcome: msg.OutcomeNotSent, Error: resolve.NoOption(l.entry, q)}})
			return
		}
	}
	then(l)
}

// unanswered is the next input to look for, those of the URL first, since where the others go depends on them; and where its
// answer goes.
func (l *lookup) unanswered() (*config.Question, string) {
	for _, name := range l.entry.Variables() {
		q := l.entry.Question(name)
		if q == nil || has(l.sought, name) {
			continue
		}
		if _, found := l.value(name); found {
			continue
		}
		if goal, ok := resolve.Goal(l.entry, q, l.value); ok {
			return q, goal
		}
	}
	return nil, ""
}

func has(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// ask has a person asked, after those that are asked before; who wants the same waits for the same answer.
func (m *Machine) ask(l *lookup, a *asking, then func(*lookup)) {
	l.then = func(l *lookup) { m.answers(l, true, then) }
	for _, other := range m.askings {
		if other.key == a.key {
			other.waiting = append(other.waiting, l)
			return
		}
	}
	a.waiting = []*lookup{l}
	m.askings = append(m.askings, a)
	m.prompt()
}

// prompt shows the first input that somebody still waits for.
func (m *Machine) prompt() {
	for len(m.askings) > 0 && !m.askings[0].shown && m.askings[0].first() == nil {
		m.askings = m.askings[1:]
	}
	if len(m.askings) == 0 || m.askings[0].shown {
		return
	}
	a := m.askings[0]
	a.shown, a.prompt = true, m.nextID()
	q := a.question
	p := &msg.Prompt{ID: a.prompt, Session: a.first().session, Server: a.entry.Name, Input: q.ID, Where: q.Where, Description: q.Description,
		Secret: resolve.Secret(a.entry, q), Default: q.Default, Options: q.Options}
	if a.entry.Transport != config.Stdio {
		p.Origin = a.goal
	}
	m.Emit(&msg.Effect{Prompt: p})
}

// first is the first who waits and has not given up, or nil.
func (a *asking) first() *lookup {
	for _, l := range a.waiting {
		if l.then != nil {
			return l
		}
	}
	return nil
}

// prompted takes an answer: it is kept, and used whether or not it can be.
func (m *Machine) prompted(v *msg.Prompted) {
	if len(m.askings) == 0 || m.askings[0].prompt != v.ID || v.ID == 0 {
		return
	}
	a := m.askings[0]
	a.prompt = 0
	switch {
	case !v.Given:
		m.refused(a, resolve.NotGiven)
	case !a.question.Fits(v.Value):
		m.refused(a, resolve.NoOption)
	default:
		value := strings.Clone(v.Value)
		if value == "" || strings.ContainsAny(value, "\r\n\x00") {
			m.answerInput(a, value, nil) // it may be a slip: the next run asks again
			return
		}
		text := (&answer{id: a.question.ID, file: a.entry.File(), goal: a.goal, when: m.wall, value: value}).encode()
		m.given[a.key] = text
		m.Put(&msg.Put{Store: msg.StoreInputs, Key: a.key, Value: text}, func(s *msg.Stored) {
			if s.Failure == nil {
				delete(m.given, a.key)
			}
			m.answerInput(a, value, s.Failure)
		})
	}
}

// answerInput hands an answer to all who wait for it, and asks what is next.
func (m *Machine) answerInput(a *asking, value string, failure *msg.Failure) {
	m.askings = m.askings[1:]
	for _, l := range a.waiting {
		if l.then == nil {
			continue
		}
		l.values[a.question.Name()] = value
		if failure != nil && failure.Kind != msg.FailUnsupported {
			l.untold = notKept(a, failure)
		}
		l.then(l)
	}
	m.prompt()
}

// refused ends all who wait for an answer.
func (m *Machine) refused(a *asking, why func(*config.Entry, *config.Question) *msg.Error) {
	m.askings = m.askings[1:]
	for _, l := range a.waiting {
		if l.then != nil {
			l.then = nil
			m.Emit(&msg.Effect{Done: &msg.Done{ID: l.verb, Outcome: msg.OutcomeNotSent, Error: why(l.entry, a.question)}})
		}
	}
	m.prompt()
}

func notKept(a *asking, f *msg.Failure) *msg.Error {
	e := problem.Warn(problem.StoreFailed, "The answer to the input "+a.question.ID+" could not be kept", trace.Line(f.Detail)+". It is used, and asked for again the next time.",
		"Mend the store.")
	e.Server, e.Where = a.entry.Name, a.question.Where
	return e
}

// stopAsking takes back what nobody waits for any more.
func (m *Machine) stopAsking() {
	if len(m.askings) == 0 || m.askings[0].first() != nil || m.askings[0].prompt == 0 {
		return
	}
	m.Emit(&msg.Effect{Withdraw: &msg.Withdraw{ID: m.askings[0].prompt}})
	m.askings = m.askings[1:]
	m.prompt()
}
