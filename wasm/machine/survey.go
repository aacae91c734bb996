package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/dialect"
)

// survey tells where the clients look for their files on such a system.
func (m *Machine) survey(s *msg.Survey) {
	answer := &msg.Places{ID: s.ID}
	for _, d := range dialect.All {
		for _, p := range d.Places {
			if p.OS == "" || p.OS == s.OS {
				answer.List = append(answer.List, msg.Place{Dialect: d.ID, Client: d.Name, Scope: p.Scope, Path: p.Path, Shadows: !d.KeepsAll})
			}
		}
	}
	m.Emit(&msg.Effect{Places: answer})
}
