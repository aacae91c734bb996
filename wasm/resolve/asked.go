package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/weburl"
)

// asks notes that a person will be asked for a variable; false where nobody is.
func (p *Plan) asks(name string) bool {
	q := p.entry.Question(name)
	if q == nil {
		return false
	}
	p.asked = append(p.asked, q)
	return true
}

// Asks says that a person is asked for all of these.
func (p *Plan) Asks(names []string) bool {
	for _, name := range names {
		if p.entry.Question(name) == nil {
			return false
		}
	}
	return true
}

// sources are variables by where their values come from: an answer that the environment gives is a variable of it.
func (p *Plan) sources(names []string, lookup Lookup) []string {
	for i, name := range names {
		if q := p.entry.Question(name); q != nil {
			if _, found := lookup(q.Variable()); found {
				names[i] = q.Variable()
			}
		}
	}
	return names
}

// inputs are the ids of the inputs among variables.
func inputs(names []string) (ids []string) {
	for _, name := range names {
		if id, is := strings.CutPrefix(name, "input:"); is {
			ids = append(ids, id)
		}
	}
	return ids
}

// forget is how a command line forgets the answers to inputs. An id that a shell could take for more than a word is none to
// be copied.
func forget(ids []string) string {
	for _, id := range ids {
		if !token(id) || id[0] == '-' {
			return "list"
		}
	}
	return "forget " + strings.Join(ids, " ")
}

// Secret says that an answer is not to be seen: the file says so, or it goes where credentials go.
func Secret(entry *config.Entry, q *config.Question) bool {
	if q.Secret {
		return true
	}
	for _, h := range entry.Headers {
		if IsCredential(entry, h.Name) && names(h.Value, q) {
			return true
		}
	}
	for _, v := range entry.Env {
		if named(v.Name) && names(v.Value, q) {
			return true
		}
	}
	for i, a := range entry.Args {
		if _, _, header := headerArgument(entry.Args, i); names(a, q) && (header || secretArgument(entry.Args, i)) {
			return true
		}
	}
	return false
}

func names(v config.Value, q *config.Question) bool {
	for _, name := range v.Variables() {
		if name == q.Name() {
			return true
		}
	}
	return false
}

// Goal is the only place where an answer goes: the origin of the server, or what is started, as the file has it. An
// answer that the URL itself is made of goes to the URL as the file has it, with the other variables put in. ok is
// false where that cannot be told, since something is wrong with it.
func Goal(entry *config.Entry, q *config.Question, lookup Lookup) (goal string, ok bool) {
	if entry.Transport == config.Stdio {
		return showCommand(entry), true
	}
	if names(entry.URL, q) {
		head, _ := split(entry.URL.Show(lookup, func(name string) bool { return entry.Question(name) != nil }))
		return head, true
	}
	text, unset, _ := entry.URL.Expand(lookup)
	u, err := weburl.Parse(strings.TrimSpace(text))
	if err != nil || len(unset) > 0 {
		return "", false
	}
	return u.Origin(), true
}

// NotGiven is what is said of an input that nobody answers.
func NotGiven(entry *config.Entry, q *config.Question) *msg.Error {
	return inputProblem(entry, q, "The input "+q.ID+" was not given", "")
}

// NoOption is what is said of an answer that is none of those that there are.
func NoOption(entry *config.Entry, q *config.Question) *msg.Error {
	return inputProblem(entry, q, "The answer to the input "+q.ID+" is none of its options", " Its options are "+problem.Join(q.Options[:min(len(q.Options), 20)])+".")
}

func inputProblem(entry *config.Entry, q *config.Question, title, may string) *msg.Error {
	what, where := entry.Uses(q.Name())
	e := problem.New(problem.VariableUnset, title, problem.At(where)+" needs it for "+what+"; it is defined at "+problem.At(q.Where)+"."+may+" Nothing was sent.",
		"Answer when you are asked for it, or set "+q.Variable()+".")
	e.Server, e.Where = entry.Name, q.Where
	return e
}
