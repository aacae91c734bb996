package conformance

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// clients are all forms of Headfast that the suite judges: each is a command of the shell, whose last argument
// will be the server's URL.
var clients = []struct {
	name    string
	command func() (string, error)
}{
	{"wasm", goClient("wasm")},
	{"native", goClient("native")},
	{"cli", cliClient},
	{"node", nodeClient},
}

// TestClients runs every scenario at every revision against every client. There is no list of known failures,
// and nothing is tried twice.
func TestClients(t *testing.T) {
	for _, c := range clients {
		t.Run(c.name, func(t *testing.T) {
			command := testbed.Need(t, c.command)
			eachRun(t, func(t *testing.T, s scenario, revision string) {
				checks, err := perform(t, s, revision, command)
				if err != nil {
					t.Error(err)
				}
				for _, wrong := range gate(s.needs, checks) {
					t.Error(wrong)
				}
			})
		})
	}
}

// TestIdleClientFails has a client that does nothing and says that all is well: the gate takes none of it.
func TestIdleClientFails(t *testing.T) {
	eachRun(t, func(t *testing.T, s scenario, revision string) {
		checks, _ := perform(t, s, revision, "true")
		if len(gate(s.needs, checks)) == 0 {
			t.Error("a client that does nothing is taken for a good one")
		}
	})
}

func eachRun(t *testing.T, run func(t *testing.T, s scenario, revision string)) {
	t.Helper()
	for _, s := range statement(t).scenarios {
		for _, revision := range s.revisions {
			t.Run(s.name+"@"+revision, func(t *testing.T) {
				t.Parallel()
				run(t, s, revision)
			})
		}
	}
}

var listed = regexp.MustCompile(`(?m)^ *- (\S+) \[([^\]]*)\]`)

// TestStatementIsWhatTheSuiteHas holds scenarios.txt to the suite's own list: no scenario is left out at a
// revision that has it, and none is run at one that has not.
func TestStatementIsWhatTheSuiteHas(t *testing.T) {
	out, err := suite(t, "list", "--client")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	ours, theirs := statement(t), map[string]bool{}
	for _, m := range listed.FindAllStringSubmatch(out, -1) {
		for revision := range strings.SplitSeq(m[2], ",") {
			theirs[m[1]+"@"+revision] = true
		}
	}
	said := map[string]bool{}
	for _, s := range ours.scenarios {
		for _, revision := range s.revisions {
			run := s.name + "@" + revision
			if theirs[run] == s.forced {
				t.Errorf("%s: the suite has it %v, forced is %v", run, theirs[run], s.forced)
			}
			said[run], said[s.name+"@extension"] = true, s.forced
		}
	}
	for run := range theirs {
		if !said[run] && !slices.ContainsFunc(ours.without, func(p string) bool { return strings.HasPrefix(run, p) }) {
			t.Errorf("scenarios.txt does not say what has to hold for %s", run)
		}
	}
}
