package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
)

// foreignForms are the variables of other clients, which are a literal for one that does not know them.
const foreignForms = Braces | Default | EnvColon | Input | FileColon | EnvBraces | Secrets

// foreign are the variables in what a client takes for a literal.
func foreign(text string) (found []part) {
	for at := 0; len(found) < mostNotes; {
		_, end, p, ok := foreignForms.next(text, at)
		if !ok {
			break
		}
		p.written = hideDefaults(p.written)
		found, at = append(found, p), end
	}
	return found
}

// checkForeign refuses a variable that is written as another client does, where it would go over the network as it
// stands: nobody means that. The client itself sends it.
func (e *Entry) checkForeign(what string, v Value, in In) {
	if in&(InURL|InHeaders) == 0 {
		return
	}
	for _, p := range v.parts {
		for _, f := range foreign(p.literal) {
			e.failOwn(problem.VariableUnset, what+" would go out with "+f.written+" as it is written", e.written(f.name, in), v.Where)
		}
	}
}

// Foreign are the variables in the value that are written as another client does, and would go out like that.
func (v Value) Foreign() (names []string) {
	for _, p := range v.parts {
		for _, f := range foreign(p.literal) {
			names = append(names, f.written)
		}
	}
	return names
}

// written is how the file's client writes a variable in such a field.
func (e *Entry) written(name string, in In) string {
	name = strings.TrimPrefix(name, "env:")
	variable := e.Dialect.Variable(name)
	switch {
	case strings.HasPrefix(name, "input:"):
		return "Name an environment variable."
	case variable == "" || e.Dialect.Expansion.in(in) == 0:
		return e.Dialect.Name + " has no variables there."
	}
	return e.Dialect.Name + " writes it " + variable + "."
}
