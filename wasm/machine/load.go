package machine

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/dialect"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/resolve"
)

// maxConfig bounds a configuration file, in bytes.
const maxConfig = 4 << 20

// load reads a configuration; a file that cannot be read leaves what was loaded under its number.
func (m *Machine) load(l *msg.Load) {
	file, e := read(l)
	answer := &msg.Loaded{ID: l.ID}
	if guessed := m.keepText(l, file, e); l.Dialect == "" {
		answer.Dialect = guessed
	}
	if e != nil {
		answer.Problems = []msg.Error{*e}
	} else {
		m.configs[l.ID] = file
		file.Scope, file.Source = l.Scope, sourceOf(l)
		answer.Problems = problems(file.Problems)
		for _, entry := range file.Entries {
			entry.HelperDir = l.Dir
			if entry.Transport == config.Stdio && (l.Scope == "project" || l.Scope == "trusted") {
				entry.Folder = projectOf(l.Dir)
			}
			answer.Servers = append(answer.Servers, server(entry))
		}
	}
	m.Emit(&msg.Effect{Loaded: answer})
}

func read(l *msg.Load) (*config.File, *msg.Error) {
	where := msg.Position{File: l.Path}
	d := dialect.Find(l.Dialect)
	switch {
	case len(l.Text) > maxConfig:
		e := problem.New(problem.NotJSON, l.Path+" has more than 4 MiB", "", "Name the right file.")
		e.Where = where
		return nil, e
	case d == nil && l.Dialect != "":
		e := unknownDialect(l.Dialect)
		e.Where = where
		return nil, e
	}
	if d == nil {
		d = dialect.Guess(l.Path, l.Text)
	}
	// The intake's memory is the next step's: the file keeps its own copy.
	return config.Read(d, l.Path, append([]byte(nil), l.Text...))
}

// projectOf is the folder of the project that a client's file is for: the one that has the client's own folder in it, such as
// .vscode, where the file is in one.
func projectOf(dir string) string {
	at := dir
	for range 3 {
		i := strings.LastIndexAny(at, `/\`)
		if i < 0 {
			break
		}
		if strings.HasPrefix(at[i+1:], ".") {
			return at[:max(i, 1)]
		}
		at = at[:i]
	}
	return dir
}

func unknownDialect(id string) *msg.Error {
	return problem.New(problem.Usage, "This dialect is not known", `"`+id+`"`, "Use one of "+problem.Join(dialect.IDs())+".")
}

func server(e *config.Entry) msg.Server {
	return msg.Server{
		Name: e.Name, Transport: e.Transport, Where: e.Where, Disabled: e.Disabled, Project: e.Project, Auth: resolve.Decide(e), Problems: problems(e.Problems),
		URL: resolve.ShowTemplate(e),
	}
}

func problems(list []*msg.Error) []msg.Error {
	out := make([]msg.Error, len(list))
	for i, e := range list {
		out[i] = *e
	}
	return out
}
