package host

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// environment is what a process gets: of our own variables only those that the platform needs, as the SDKs of the
// specification's authors have it, and those that its entry names. A shell's exported function, which begins with
// "()", is code and no value: it is left out.
func environment(lookup func(string) (string, bool), entry []msg.Header) []string {
	var env []string
	for _, name := range inherited {
		v, found := lookup(name)
		if found && !strings.HasPrefix(v, "()") && !named(entry, name) {
			env = append(env, name+"="+v)
		}
	}
	for _, e := range entry {
		env = append(env, e.Name+"="+e.Value)
	}
	return env
}

func named(entry []msg.Header, name string) bool {
	for _, e := range entry {
		if sameVariable(e.Name, name) {
			return true
		}
	}
	return false
}

// value is a variable of an environment; the last one of a name counts, as in os/exec.
func value(env []string, name string) (found string) {
	for _, e := range env {
		if n, v, _ := strings.Cut(e, "="); sameVariable(n, name) {
			found = v
		}
	}
	return found
}
