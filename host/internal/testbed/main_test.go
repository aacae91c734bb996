//go:build unix

package testbed

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) { os.Exit(Main(m, "testbed")) }

// leaver has TestLeavesNothing be a run of its own, which ends as this says.
const leaver = "HEADFAST_TEST_LEAVER"

// TestLeavesNothing: whatever a run ends of, its folder is gone soon after, but for the logs of one that failed.
func TestLeavesNothing(t *testing.T) {
	if how := os.Getenv(leaver); how != "" {
		leave(t, how)
		return
	}
	for how, want := range map[string][]string{
		"passes": nil, "is interrupted": nil,
		"fails": {"server.log"}, "is killed": {"server.log"}, "runs out of time": {"server.log"},
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			temporary := t.TempDir()
			runLeaver(t, how, temporary)
			var left []string
			for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
				if left = filesIn(t, temporary); slices.Equal(left, want) {
					return
				}
			}
			t.Errorf("these are left: %q, not %q", left, want)
		})
	}
}

// leave makes what tests and their processes make, and does not clear it away.
func leave(t *testing.T, how string) {
	for _, path := range []string{filepath.Join(Folder(), "server.log"), filepath.Join(os.TempDir(), "org.browser.profile")} {
		if err := os.WriteFile(path, []byte("here"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.MkdirTemp("", "anybody-"); err != nil {
		t.Fatal(err)
	}
	fmt.Println("ready")
	switch how {
	case "passes":
	case "fails":
		t.Fail()
	default:
		time.Sleep(time.Minute)
	}
}

// runLeaver is a run with this temporary folder.
func runLeaver(t *testing.T, how, temporary string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLeavesNothing$", "-test.timeout=30s")
	if how == "runs out of time" {
		cmd.Args[2] = "-test.timeout=1s"
	}
	cmd.Env = append(os.Environ(), leaver+"="+how, "TMPDIR="+temporary)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell does, so that Ctrl-C is for all of it
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if lines.Scan(); lines.Text() != "ready" {
		t.Errorf("the run says %q", lines.Text())
	}
	switch how {
	case "is killed":
		err = cmd.Process.Kill()
	case "is interrupted":
		err = syscall.Kill(-cmd.Process.Pid, syscall.SIGINT)
	}
	if err != nil {
		t.Error(err)
	}
	for lines.Scan() {
	}
	if err := cmd.Wait(); (err == nil) != (how == "passes") {
		t.Errorf("it ended with %v", err)
	}
}

// filesIn are the names of the files below a folder and, with a slash, of the empty folders.
func filesIn(t *testing.T, folder string) (names []string) {
	t.Helper()
	_ = filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return nil // it has just gone
		}
		if below, _ := os.ReadDir(path); e.IsDir() && path != folder && len(below) == 0 {
			names = append(names, e.Name()+"/")
		} else if !e.IsDir() {
			names = append(names, e.Name())
		}
		return nil
	})
	return names
}
