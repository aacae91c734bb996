package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// entry is one server of a configuration.
type entry struct {
	Type    string            `json:"type,omitempty"`
	URL     string            `json:"url,omitempty"`
	Headers map[string]string `json:"headers,omitempty"`
	// Command, Args and Env are those of a server over its standard streams.
	Command string            `json:"command,omitempty"`
	Args    []string          `json:"args,omitempty"`
	Env     map[string]string `json:"env,omitempty"`
}

// configText is a .mcp.json with this one server.
func configText(t *testing.T, name string, e entry) string {
	t.Helper()
	text, err := json.MarshalIndent(map[string]any{"mcpServers": map[string]entry{name: e}}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}

// lineOf is the number of the first line that has this, from 1.
func lineOf(t *testing.T, text, part string) int {
	t.Helper()
	before, _, found := strings.Cut(text, part)
	if !found {
		t.Fatalf("%q is not in %s", part, text)
	}
	return 1 + strings.Count(before, "\n")
}

// outcome is what a run of the CLI did.
type outcome struct {
	stdout, stderr string
	code           int
	took           time.Duration
	memory         int // most that it had resident, in bytes; 0 where that is not known
}

func (o outcome) all() string { return o.stdout + o.stderr }

// document is what --json prints.
type document struct {
	Revision          string
	Tools, Prompts    []struct{ Name string }
	Resources         []struct{ URI string }
	ResourceTemplates []struct{ URITemplate string }
	Result            json.RawMessage
	Error             *struct {
		Code, Title, Message, Hint, Where, Outcome string
		Exit, Status                               int
	}
}

func (o outcome) document(t *testing.T) document {
	t.Helper()
	var d document
	if err := json.Unmarshal([]byte(o.stdout), &d); err != nil {
		t.Fatalf("--json printed no JSON: %v\n%s\n%s", err, o.stdout, o.stderr)
	}
	return d
}

// headfast runs the CLI in a folder of its own with this .mcp.json; it is the home folder, whose file acts without asking.
func headfast(t *testing.T, config string, args ...string) outcome {
	t.Helper()
	return headfastWith(t, nil, config, args...)
}

// headfastWith is headfast with more in its environment, as NAME=value.
func headfastWith(t *testing.T, more []string, config string, args ...string) outcome {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ".mcp.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, testbed.Need(t, cli), args...)
	cmd.Dir, cmd.Env = dir, append(append(testbed.Environment(), "HOME="+dir, "USERPROFILE="+dir), more...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	memory := watchMemory(cmd.Process.Pid)
	err := cmd.Wait()
	o := outcome{stdout: stdout.String(), stderr: stderr.String(), took: time.Since(begin), code: cmd.ProcessState.ExitCode(), memory: memory()}
	var exit *exec.ExitError
	if ctx.Err() != nil || err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v after %v\n%s", cmd, err, o.took, o.all())
	}
	for _, trace := range []string{"panic:", "goroutine ", "HF900", "wasm error"} {
		if strings.Contains(o.all(), trace) {
			t.Errorf("%q in the output of %s:\n%s", trace, strings.Join(args, " "), o.all())
		}
	}
	return o
}

// watchMemory reads a process's peak (VmHWM) until it is asked for it.
func watchMemory(pid int) (peak func() int) {
	stop, result := make(chan struct{}), make(chan int)
	go func() {
		most := 0
		for {
			most = max(most, residentPeak(pid))
			select {
			case <-stop:
				result <- most
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	return func() int { close(stop); return <-result }
}

func residentPeak(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		if kilobytes := 0; strings.HasPrefix(line, "VmHWM:") {
			fmt.Sscanf(line, "VmHWM: %d kB", &kilobytes)
			return kilobytes << 10
		}
	}
	return 0
}
