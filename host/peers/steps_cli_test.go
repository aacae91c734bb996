package peers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// byCLI has the command line do what it has a command for.
func (p able) byCLI(t *testing.T, s *serving) {
	config := configText(t, "peer", s.entry)
	for _, ability := range abilities {
		o := p.offers[ability]
		if !p.whole && ability != "tools" && ability != "call" || o.step.Do == "" {
			continue
		}
		if args := o.commandLine(ability); args != nil {
			if p.pin != "" {
				args = append(args, "--revision", p.pin)
			}
			t.Run(ability, func(t *testing.T) {
				requireOutput(t, headfast(t, config, append(args, "--json")...), ability, o)
			})
		}
	}
}

// commandLine is what asks the command line for an ability; nil for what it has no command for, or what takes a
// person at a terminal: a form that is closed, a page that is visited.
func (o offer) commandLine(ability string) []string {
	s := o.step
	switch ability {
	case "tools", "prompts", "resources":
		return []string{ability, "peer"}
	case "templates":
		return []string{"resources", "peer", "--templates"}
	case "read":
		return []string{"read", "peer", s.Name}
	case "prompt":
		return append([]string{"prompt", "peer", s.Name}, pairs(s.Args)...)
	case "completion":
		of := s.Name
		if !strings.Contains(of, ":") {
			of = "prompt:" + of
		}
		return append([]string{"complete", "peer", of, s.Argument, s.Value}, pairs(s.Args)...)
	}
	call := []string{"call", "peer", s.Name, cmp.Or(string(s.Args), "{}")}
	switch ability {
	case "call", "elicit-error":
		return call
	case "elicit-accept":
		return append(call, "--answer", string(s.Answer.Content))
	case "elicit-decline":
		return append(call, "--no-input")
	case "logging":
		return append(call, "--log-level", s.LogLevel)
	case "roots":
		return append(call, "--root", "/usr")
	}
	return nil
}

// pairs are the members of an object of texts, as key=value.
func pairs(args json.RawMessage) (all []string) {
	var members map[string]string
	_ = json.Unmarshal(args, &members)
	for name, value := range members {
		all = append(all, name+"="+value)
	}
	return all
}

func requireOutput(t *testing.T, out outcome, ability string, o offer) {
	t.Helper()
	d := out.document(t)
	if o.code != 0 {
		if out.code != exitServer || d.Error == nil || !strings.Contains(out.stdout, fmt.Sprintf(`"rpcCode":%d`, o.code)) || !strings.Contains(out.stdout, o.says) {
			t.Errorf("exit %d: %s", out.code, out.all())
		}
		return
	}
	if out.code != 0 {
		t.Errorf("exit %d: %s", out.code, out.all())
	}
	var names []string
	for _, one := range append(d.Tools, d.Prompts...) {
		names = append(names, one.Name)
	}
	for _, one := range d.Resources {
		names = append(names, one.URI)
	}
	for _, one := range d.ResourceTemplates {
		names = append(names, one.URITemplate)
	}
	switch ability {
	case "tools":
		requireNames(t, names, o.names[:1]) // the others may be there only for who can answer questions
	case "completion":
		for _, name := range o.names {
			if !strings.Contains(string(d.Result), name) {
				t.Errorf("there is no %q in %s", name, d.Result)
			}
		}
	case "logging":
		if out.stderr == "" {
			t.Error("no message is on stderr")
		}
	default:
		requireNames(t, names, o.names)
		if !strings.Contains(string(d.Result), o.says) {
			t.Errorf("it answered %s, without %q", d.Result, o.says)
		}
	}
}
