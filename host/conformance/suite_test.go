package conformance

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// entry is the suite's program, seen from this folder.
const entry = "npm/node_modules/@modelcontextprotocol/conformance/dist/index.js"

const (
	// clientTime is how long the suite lets a client run.
	clientTime = 20 * time.Second
	// suiteTime is how long a run of the suite may take in all.
	suiteTime = clientTime + 15*time.Second
)

// turns bounds how many runs of the suite there are at once: each is a Node and a client.
var turns = make(chan struct{}, 3)

// suite runs the suite's program with these arguments and gives what it printed.
func suite(t *testing.T, args ...string) (string, error) {
	t.Helper()
	node := testbed.Need(t, newNode)
	program, err := filepath.Abs(entry)
	if err != nil {
		t.Fatal(err)
	}
	turns <- struct{}{}
	defer func() { <-turns }()
	ctx, cancel := context.WithTimeout(t.Context(), suiteTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, node, append([]string{program}, args...)...)
	cmd.Dir, cmd.Env = t.TempDir(), testbed.Environment()
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.WaitDelay = 5 * time.Second
	if err := testbed.Run(cmd); err != nil {
		if ctx.Err() != nil {
			err = fmt.Errorf("%w after %v", ctx.Err(), suiteTime)
		}
		return out.String(), err
	}
	return out.String(), nil
}

// perform runs one scenario at one revision against a client, a command of the shell. The error is that the
// suite, or the client, did not end well; it has what the client said.
func perform(t *testing.T, s scenario, revision, command string) ([]check, error) {
	t.Helper()
	dir := t.TempDir()
	args := []string{
		"client", "--command", "exec " + command, "--scenario", s.name, "--spec-version", revision,
		"--timeout", fmt.Sprint(clientTime.Milliseconds()), "-o", dir,
	}
	if s.forced {
		args = append(args, "--force")
	}
	out, failed := suite(t, args...)
	checks, err := readChecks(dir)
	if err != nil {
		t.Fatalf("%v\n%v\n%s", err, failed, out)
	}
	if failed != nil {
		said, _ := result(dir, "stderr.txt")
		failed = fmt.Errorf("the suite: %w; the client said:\n%s", failed, said)
	}
	return checks, failed
}
