package resolve

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

// mostResolved bounds the values of one entry together, with their variables put in, in bytes: a thousand arguments
// of a value's bound each would put the core out of memory.
const mostResolved = 1 << 20

// fill puts a value's variables in. A variable that has no value stops the plan, and so does a value that is too long
// or one too much: then it is empty and not ok.
func (p *Plan) fill(v config.Value, what string, lookup Lookup) (text string, unset []string, ok bool) {
	text, unset, long := v.Expand(lookup)
	for _, name := range unset {
		if p.asks(name) {
			continue
		}
		p.stop(p.unsetProblem(name, what, v.Where))
	}
	switch {
	case long:
		p.stop(longProblem(v, "More than 64 KiB in "+what, "gives it that"))
		return "", unset, false
	case p.size+len(text) > mostResolved:
		p.stop(longProblem(v, `The values of "`+p.Server+`" have more than 1 MiB together`, "is the one that is too much"))
		return "", unset, false
	}
	p.size += len(text)
	return text, unset, len(unset) == 0
}

// hide makes a variable's value known to the redactor, once.
func (p *Plan) hide(name, value string) {
	if p.hidden[name] {
		return
	}
	if p.hidden == nil {
		p.hidden = map[string]bool{}
	}
	p.hidden[name] = true
	p.Redact.Add(value)
}

// longProblem says which value is too long, from where, and what can be shortened.
func longProblem(v config.Value, title, does string) *msg.Error {
	body, hint := problem.At(v.Where)+" "+does, "Shorten it"
	if names := v.Variables(); len(names) > 0 {
		body += ", with its variables put in (" + problem.Join(names) + ")"
		hint += ", or the value of " + problem.Join(names)
	}
	e := problem.New(problem.BadField, title, body+". Nothing was sent.", hint+".")
	e.Where = v.Where
	return e
}
