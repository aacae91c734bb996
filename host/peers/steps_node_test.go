package peers

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// nodeAPI takes steps with the npm package, in a process with npm/steps.mjs.
type nodeAPI struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func openNode(t *testing.T) api {
	cmd := exec.Command("node", filepath.Join(need(t, npm), "steps.mjs"), need(t, jsPackage))
	cmd.Stderr, cmd.SysProcAttr = os.Stderr, endWithParent()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := launch(cmd); err != nil {
		t.Fatal(err)
	}
	a := &nodeAPI{cmd, in, bufio.NewReader(out)}
	t.Cleanup(func() { a.end(t) })
	return a
}

func (a *nodeAPI) pid() int { return a.cmd.Process.Pid }

func (a *nodeAPI) do(t *testing.T, s step) came {
	t.Helper()
	if err := json.NewEncoder(a.in).Encode(s); err != nil {
		t.Fatal(err)
	}
	line, err := a.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("npm/steps.mjs ended in %s %s: %v", s.Do, s.Name, err)
	}
	var c came
	if err := json.Unmarshal(line, &c); err != nil || c.Broken != "" {
		t.Fatalf("%s %s: %v %s", s.Do, s.Name, err, c.Broken)
	}
	return c
}

// end closes the core, which must let the process end by itself.
func (a *nodeAPI) end(t *testing.T) {
	a.in.Close()
	late := time.AfterFunc(8*time.Second, func() {
		t.Error("npm/steps.mjs does not end when its core is closed")
		killGroup(a.cmd.Process.Pid)
	})
	defer late.Stop()
	if err := a.cmd.Wait(); err != nil {
		t.Errorf("npm/steps.mjs: %v", err)
	}
}
