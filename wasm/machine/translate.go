package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/translate"
)

// translate says an entry as another client's file would have it. Nothing is sent, and no variable looked up.
func (m *Machine) translate(t *msg.Translate) {
	entry, e := m.entry(t.Config, t.Server)
	to := dialect.Find(t.To)
	if e == nil && to == nil {
		e = unknownDialect(t.To)
	}
	if e == nil && len(t.Into) > maxConfig {
		e = problem.New(problem.NotJSON, t.Path+" has more than 4 MiB", "", "Name the right file.")
		e.Where = msg.Position{File: t.Path}
	}
	var out *msg.Translated
	if e == nil {
		out, e = translate.Entry(entry, to, t.Path, t.Into)
	}
	if e != nil {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: t.ID, Outcome: msg.OutcomeNotSent, Error: e}})
		return
	}
	out.ID = t.ID
	m.Emit(&msg.Effect{Translated: out})
}
