package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/lint"
)

// keepText keeps what a Lint looks at, of a file that cannot be read too. Its answer is the client whose file it is.
func (m *Machine) keepText(l *msg.Load, file *config.File, e *msg.Error) (client string) {
	d := dialect.Find(l.Dialect)
	if file != nil {
		d = file.Dialect
	}
	text := l.Text
	if len(text) > maxConfig {
		text = nil
	}
	if d == nil {
		d = dialect.Guess(l.Path, text)
	}
	if file == nil {
		text = append([]byte(nil), text...) // the intake's memory is the next step's
	}
	m.texts[l.ID] = lint.NewText(l, d, file, e, text)
	return d.ID
}

// lint tells what is wrong with files. Of the variables only those of the environment are looked up: nobody is asked, and
// no store of secrets is opened.
func (m *Machine) lint(v *msg.Lint) {
	var texts []*lint.Text
	var names []string
	seen := map[string]bool{}
	for _, id := range v.Configs {
		t := m.texts[id]
		if t == nil {
			m.refuse(v.ID, "no configuration with this number is loaded")
			return
		}
		texts = append(texts, t)
		for _, name := range t.Variables() {
			if !seen[name] {
				seen[name], names = true, append(names, name)
			}
		}
	}
	m.variables(v.ID, 0, nil, names, func(l *lookup) {
		m.Emit(&msg.Effect{Findings: &msg.Findings{ID: v.ID, List: lint.Run(texts, l.value)}})
	})
}
