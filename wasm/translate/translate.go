// Package translate says an entry of one client's configuration in another client's words, and tells what cannot be said
// there. It expands no variable and copies no key: where a key stands, a variable is written.
package translate

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

// job is one translation.
type job struct {
	from   *config.Entry // as if it were switched on
	to     *config.Dialect
	off    bool
	name   string
	means  *config.Meaning // what the source's client does
	entry  node
	inputs []node
	losses []msg.Loss
	// lossy are the fields of which a loss tells; values are variables that the source does not have, with what they are for.
	lossy  map[string]bool
	values map[string]string
	// used are the variables that were written.
	used []string
	// unsaid is why the entry cannot be written at all; empty where it can.
	unsaid string
}

// Entry says an entry in the client's words. path and into are the file that it is to be put into; without a path, none is.
// The error says why it cannot be said there, or that the file cannot be read.
func Entry(e *config.Entry, to *config.Dialect, path string, into []byte) (*msg.Translated, *msg.Error) {
	from := e.Used()
	if p := from.Broken(); p != nil {
		return nil, p
	}
	if why := from.Refused(); why != "" {
		return nil, refuse(e, to, why)
	}
	switch {
	case to.Fill != nil:
		return nil, refuse(e, to, "server.json describes a server for everybody who may want it, and is its author's to write")
	case from.Transport != config.Stdio && to.Member(config.URLField) == "":
		return nil, refuse(e, to, "its file has processes only, and a remote server is added in its settings, or run through a program such as mcp-remote")
	}
	j, why := attempt(e, to, path, e.Name)
	if clean := plain(e.Name); why != "" && clean != e.Name {
		if again, still := attempt(e, to, path, clean); still == "" {
			again.loss(&field{"", e.Where}, to.Name+` does not take the name "`+e.Name+`": it becomes "`+clean+`"`)
			j, why = again, ""
		}
	}
	if why != "" {
		return nil, refuse(e, to, why)
	}
	out := &msg.Translated{Text: j.file()}
	if path != "" {
		if e := j.put(out, path, into); e != nil {
			return nil, e
		}
	}
	out.Losses = j.losses
	return out, nil
}

// attempt writes the entry under a name, reads it as the client would, and compares; why says that the client would not use
// it.
func attempt(e *config.Entry, to *config.Dialect, path, name string) (j *job, why string) {
	j = &job{from: e.Used(), off: e.Disabled, to: to, name: name, entry: object(""), lossy: map[string]bool{}, values: map[string]string{}}
	if j.means = j.from.Mean(j.lookup); j.means.Refused != "" {
		return j, j.from.Dialect.Name + " does not use it: " + j.means.Refused
	}
	if j.fields(); j.unsaid != "" {
		return j, j.unsaid
	}
	return j, j.check(path)
}

// plain is a name with hyphens for all but letters, digits, hyphens and underscores.
func plain(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			return c
		}
		return '-'
	}, name)
}

func refuse(e *config.Entry, to *config.Dialect, why string) *msg.Error {
	p := problem.New(problem.BadField, `"`+e.Name+`" cannot be written as `+to.Name+" has it: "+why, "", "Choose another client with --to, or change the entry.")
	p.Server, p.Where = e.Name, e.Where
	return p
}
