package peers

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// able is a server of others with all that it can do, for the whole of Headfast's APIs to do with it.
type able struct {
	name string
	// kind is the transport in .mcp.json: "http", "sse" or "stdio".
	kind string
	// command is the program and its arguments. <port> is a free port, or the fixed one; NAME=value goes into the
	// environment.
	command func(t *testing.T) []string
	fixed   int
	path    string
	// pin is the revision that is asked for; else it is found out. revision is the one that is agreed on.
	pin, revision string
	offers        offers
	// whole says that the command line does all that it has a command for, not only list and call.
	whole bool
	// anew says that it keeps what its first client declared: it is begun anew for the next.
	anew bool
	// rest is why it has none of the abilities that offers does not name.
	rest string
}

// The abilities, in the order in which they are shown: lists and calls, what the server asks for, what goes wrong.
var abilities = []string{
	"tools", "call", "pages", "resources", "templates", "read", "prompts", "prompt", "completion",
	"elicit-accept", "elicit-decline", "elicit-cancel", "elicit-url", "elicit-error", "sampling", "roots",
	"progress", "logging", "listen", "cancel", "resume", "dies", "session-loss",
}

// offers are what a server has of each ability; without, why it does not.
type offers map[string]offer

// offer is one ability: a step, and what has to come of it.
type offer struct {
	step step
	// names are some that are listed or completed; says is in the result, asks in what the server asked.
	names []string
	says  string
	asks  string
	// code is that of the JSON-RPC error that the call ends with; says is then in its data.
	code int
	// progress is how many steps are told; a lossy server may leave out the one that comes with the result.
	progress int
	lossy    bool
	// logs is what the server writes where it sees that it was cancelled.
	logs string
	// keeps says that it goes on with a session that it does not know.
	keeps bool
	// without is why there is none.
	without string
}

func lists(what string, names ...string) offer {
	return offer{step: step{Do: "list", Name: what}, names: names}
}

func calls(tool, args, says string) offer {
	return offer{step: step{Do: "call", Name: tool, Args: json.RawMessage(args)}, says: says}
}

func reads(uri, says string) offer { return offer{step: step{Do: "read", Name: uri}, says: says} }

func prompts(name, args, says string) offer {
	return offer{step: step{Do: "prompt", Name: name, Args: json.RawMessage(args)}, says: says}
}

func completes(of, argument, value, known string, names ...string) offer {
	return offer{step: step{Do: "complete", Name: of, Argument: argument, Value: value, Args: json.RawMessage(known)}, names: names}
}

func progresses(tool, args string, steps int) offer {
	return offer{step: step{Do: "call", Name: tool, Args: json.RawMessage(args), Progress: true}, progress: steps}
}

func logs(tool, args, level string) offer {
	o := calls(tool, args, "")
	o.step.LogLevel, o.step.Await = level, "notifications/message"
	return o
}

// listens calls a tool while it listens, and waits for what that changes.
func listens(f filter, tool, args, method string) offer {
	return offer{step: step{Do: "listen", Filter: &f, Name: tool, Args: json.RawMessage(args), Await: method}}
}

// elicits has a tool ask, and answers.
func elicits(tool, args, action, content, asks, says string) offer {
	o := calls(tool, args, says)
	o.step.Answer, o.asks = &answer{action, json.RawMessage(content)}, asks
	return o
}

func asks(tool, args, asks, says string) offer {
	o := calls(tool, args, says)
	o.asks = asks
	return o
}

// long is a call that is under way when something happens to it: "cancel", "resume" or "dies".
func long(tool, args, says string) offer {
	o := calls(tool, args, says)
	o.step.Progress = true
	return o
}

// keeping is a session-loss without a loss: the server takes the id of a session that it does not know.
func (o offer) keeping() offer { o.keeps = true; return o }

func without(why string) offer { return offer{without: why} }

func (o offer) logging(text string) offer { o.logs = text; return o }

func (o offer) losing() offer { o.lossy = true; return o }

func (o offer) refused(code int) offer { o.code = code; return o }

// TestAbilities does with each server all that it can, in each API: TestAbilities/NAME/go/ABILITY, and so on.
func TestAbilities(t *testing.T) {
	var table strings.Builder
	defer func() { t.Log("\n" + table.String()) }()
	for _, p := range slices.Concat(everythingPeers(), tsPeers(), goPeers(), npmPeers()) {
		p.requireWhole(t)
		p.row(&table)
		t.Run(p.name, func(t *testing.T) { t.Parallel(); p.test(t) })
	}
}

// requireWhole says that nothing is left out in silence.
func (p able) requireWhole(t *testing.T) {
	t.Helper()
	for _, ability := range abilities {
		if o, said := p.offers[ability]; !said && p.rest == "" || said && o.without == "" && o.step.Do == "" {
			t.Errorf("%s: nothing says whether it has %q", p.name, ability)
		}
	}
	for ability := range p.offers {
		if !slices.Contains(abilities, ability) {
			t.Errorf("%s: there is no ability %q", p.name, ability)
		}
	}
}

// row writes down what it has, and why it does not have the rest.
func (p able) row(table *strings.Builder) {
	fmt.Fprintf(table, "%s (%s, %s)\n", p.name, p.kind, p.revision)
	for _, ability := range abilities {
		o, said := p.offers[ability]
		switch {
		case said && o.without != "":
			fmt.Fprintf(table, "  %-14s -  %s\n", ability, o.without)
		case said:
			fmt.Fprintf(table, "  %-14s yes\n", ability)
		}
	}
	if p.rest != "" {
		fmt.Fprintf(table, "  the rest       -  %s\n", p.rest)
	}
}

func (p able) test(t *testing.T) {
	s := p.serve(t)
	t.Run("cli", func(t *testing.T) { p.byCLI(t, s) })
	for _, each := range apis {
		t.Run(each.name, func(t *testing.T) {
			if p.anew {
				s.process.Kill()
				s.process = s.start()
			}
			r := rig{able: p, serving: s, api: each.open(t)}
			r.connect(t)
			for _, ability := range abilities {
				if o := p.offers[ability]; o.step.Do != "" {
					t.Run(ability, func(t *testing.T) { r.try(t, ability, o) })
				}
			}
		})
	}
}

// serving is a server that runs, or how one is run.
type serving struct {
	process *testbed.Process
	wire    *wire
	entry   entry
	start   func() *testbed.Process
	mark    string
}

// served counts the servers, so that each has a mark of its own.
var served atomic.Int32

// serve starts the server behind a wire; one that speaks over its standard streams is started by each client.
func (p able) serve(t *testing.T) *serving {
	t.Helper()
	s := &serving{mark: fmt.Sprintf("PEERS_MARK=%s-%d-%d", p.name, os.Getpid(), served.Add(1))}
	port := p.fixed
	if port != 0 {
		holdPort(t, port)
	} else if p.kind != "stdio" {
		port = freePort(t)
	}
	env := []string{s.mark}
	var words []string
	for _, word := range p.command(t) {
		word = strings.ReplaceAll(word, "<port>", fmt.Sprint(port))
		if name, _, found := strings.Cut(word, "="); found && name == strings.ToUpper(name) {
			env = append(env, word)
		} else {
			words = append(words, word)
		}
	}
	t.Cleanup(func() { requireNone(t, s.mark) })
	if p.kind == "stdio" {
		s.entry = entry{Command: words[0], Args: words[1:], Env: map[string]string{}}
		for _, variable := range env {
			name, value, _ := strings.Cut(variable, "=")
			s.entry.Env[name] = value
		}
		return s
	}
	s.start = func() *testbed.Process { return start(t, port, env, words[0], words[1:]...) }
	s.process = s.start()
	var url string
	s.wire, url = throughWire(t, fmt.Sprintf("http://127.0.0.1:%d%s", port, p.path))
	s.entry = entry{Type: p.kind, URL: url}
	return s
}

func requireNames(t *testing.T, names, want []string) {
	t.Helper()
	for _, name := range want {
		if !slices.Contains(names, name) {
			t.Errorf("there is no %q in %q", name, names)
		}
	}
}
