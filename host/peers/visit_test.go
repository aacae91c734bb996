package peers

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// errand is what the npm package is asked to do with one server; npm/visit.mjs does it.
type errand struct {
	Config string          `json:"config"`
	Tool   string          `json:"tool,omitempty"`
	Args   json.RawMessage `json:"args,omitempty"`
}

// visited is what came of it.
type visited struct {
	Tools               []string
	Result              json.RawMessage
	Progress            []float64
	Revision, Transport string
	Error               *struct {
		Code, Title, Message, Hint, Outcome, Where string
		Status                                     int
	}
	// Broken is an exception that is no HeadfastError.
	Broken  string
	Foreign []string
}

// inNode does it with jsbridge/ts/dist/node.js, in a process of its own, and gives its whole output too.
func inNode(t *testing.T, e errand) (visited, string) {
	t.Helper()
	what, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	out, err := nodeScript(t, "node-client.mjs", string(what)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return parseVisit(t, out), string(out)
}

// inPage does it with jsbridge/ts/dist/web.js, in a page in Chromium.
func inPage(t *testing.T, e errand) visited {
	t.Helper()
	out, err := page.Visit(t, e)
	if err != nil {
		t.Fatal(err)
	}
	return parseVisit(t, out)
}

func parseVisit(t *testing.T, out []byte) visited {
	t.Helper()
	var v visited
	if err := json.Unmarshal(out, &v); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if v.Broken != "" || len(v.Foreign) > 0 {
		t.Fatalf("the page broke or asked another host %v: %s", v.Foreign, v.Broken)
	}
	return v
}

// page is one Chromium for all tests.
var page = testbed.Browser{Script: func(t *testing.T) *exec.Cmd { return nodeScript(t, "page-client.mjs") }}

// nodeScript runs a script of the folder npm, whose first argument is the npm package.
func nodeScript(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	words := []string{filepath.Join(testbed.Need(t, npm), name), testbed.Need(t, testbed.JSPackage)}
	return exec.Command("node", append(words, args...)...)
}
