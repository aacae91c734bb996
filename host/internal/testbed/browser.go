package testbed

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// Chromium is the path of a Chromium, installed where that is possible.
var Chromium = sync.OnceValues(func() (string, error) {
	out, err := output(exec.Command("../../web/e2e/ensure-chromium.sh"))
	return strings.TrimSpace(out), err
})

// Browser is one Chromium for all tests of a run, behind a script that answers a line of JSON with one. It is opened
// when it is first asked, and closed when the tests are over.
type Browser struct {
	// Script is the command that runs the script; CHROMIUM is added to its environment.
	Script func(t *testing.T) *exec.Cmd

	mu    sync.Mutex
	lines *Lines
}

// A page has its own time limits, in the script; these are for a browser that hangs.
const (
	pagePatience  = 3 * time.Minute
	closePatience = 15 * time.Second
)

// Visit has the script do an errand, and gives its answer.
func (b *Browser) Visit(t *testing.T, errand any) ([]byte, error) {
	t.Helper()
	line, err := json.Marshal(errand)
	if err != nil {
		return nil, err
	}
	lines, err := b.open(t)
	if err != nil {
		return nil, err
	}
	return lines.Ask(line, pagePatience)
}

func (b *Browser) open(t *testing.T) (*Lines, error) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.lines != nil {
		return b.lines, nil
	}
	cmd := b.Script(t)
	cmd.Env, cmd.Stderr = append(os.Environ(), "CHROMIUM="+Need(t, Chromium)), os.Stderr
	var err error
	b.lines, err = Talk(cmd)
	return b.lines, err
}

// Close lets the browser end.
func (b *Browser) Close() {
	if b.lines != nil {
		b.lines.Close(closePatience)
	}
}
