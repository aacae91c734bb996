package peers

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
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
	cmd := exec.Command("node", filepath.Join(need(t, npm), "node-client.mjs"), need(t, jsPackage), string(what))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return parseVisit(t, out), string(out)
}

// inPage does it with jsbridge/ts/dist/web.js, in a page in Chromium.
func inPage(t *testing.T, e errand) visited {
	t.Helper()
	out, err := pages.visit(t, e)
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

// browser is one Chromium for all tests, behind npm/page-client.mjs.
type browser struct {
	mu  sync.Mutex
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

var pages browser

func (b *browser) visit(t *testing.T, e errand) ([]byte, error) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.open(t); err != nil {
		return nil, err
	}
	if err := json.NewEncoder(b.in).Encode(e); err != nil {
		return nil, err
	}
	line, err := b.out.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("Chromium did not answer: %w", err)
	}
	return line, nil
}

func (b *browser) open(t *testing.T) error {
	t.Helper()
	if b.cmd != nil {
		return nil
	}
	cmd := exec.Command("node", filepath.Join(need(t, npm), "page-client.mjs"), need(t, jsPackage))
	cmd.Env = append(os.Environ(), "CHROMIUM="+need(t, chromium), "TMPDIR="+folder)
	cmd.Stderr, cmd.SysProcAttr = os.Stderr, endWithParent()
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	b.cmd, b.in, b.out = cmd, in, bufio.NewReader(out)
	return launch(cmd)
}

// close lets the browser end: its input is over.
func (b *browser) close() {
	if b.cmd != nil {
		b.in.Close()
		_ = b.cmd.Wait()
	}
}
