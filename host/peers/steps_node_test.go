package peers

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// nodeAPI takes steps with the npm package, in a process with npm/steps.mjs.
type nodeAPI struct{ *testbed.Lines }

func openNode(t *testing.T) api {
	cmd := nodeScript(t, "steps.mjs")
	cmd.Stderr = os.Stderr
	lines, err := testbed.Talk(cmd)
	if err != nil {
		t.Fatal(err)
	}
	a := &nodeAPI{lines}
	t.Cleanup(func() { a.end(t) })
	return a
}

func (a *nodeAPI) pid() int { return a.Cmd.Process.Pid }

func (a *nodeAPI) do(t *testing.T, s step) came {
	t.Helper()
	what, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	line, err := a.Ask(what, 3*time.Minute)
	if err != nil {
		t.Fatalf("npm/steps.mjs, in %s %s: %v", s.Do, s.Name, err)
	}
	var c came
	if err := json.Unmarshal(line, &c); err != nil || c.Broken != "" {
		t.Fatalf("%s %s: %v %s", s.Do, s.Name, err, c.Broken)
	}
	return c
}

// end closes the core, which must let the process end by itself.
func (a *nodeAPI) end(t *testing.T) {
	if !a.Close(8*time.Second) || !a.Cmd.ProcessState.Success() {
		t.Errorf("npm/steps.mjs does not end well when its core is closed: %v", a.Cmd.ProcessState)
	}
}
