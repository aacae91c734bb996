package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/probe"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
)

// The machine is its probes' probe.Outside.
var _ probe.Outside = (*Machine)(nil)

// probe asks a server what it is. What has to be agreed to before anything is sent is for look, as it is for a Connect.
func (m *Machine) probe(v *msg.Probe) {
	m.look(v.ID, 0, v.Config, v.Server, func(l *lookup) {
		plan := resolve.Make(l.entry, l.value)
		if e := unaskable(plan); e != nil {
			m.Emit(&msg.Effect{Done: &msg.Done{ID: v.ID, Outcome: msg.OutcomeNotSent, Error: e}})
			return
		}
		m.logins[v.ID] = func() {} // it may be over before it is under way
		run := probe.Start(m, v, l.entry, plan, m.account(plan, ""), func(told *msg.Probed) {
			delete(m.logins, v.ID)
			m.Emit(&msg.Effect{Probed: told})
		})
		if m.logins[v.ID] != nil {
			m.logins[v.ID] = run.Cancel
		}
	})
}

// unaskable says why an entry cannot be probed.
func unaskable(plan *resolve.Plan) *msg.Error {
	e := plan.Broken()
	if e == nil && plan.Transport == config.Stdio {
		e = problem.New(problem.Usage, `"`+plan.Server+`" is a process, and only what answers at a URL is probed`, "Nothing was started.", "Try it: headfast ping "+plan.Server)
		e.Server, e.Where = plan.Server, plan.Where
	}
	return e
}
