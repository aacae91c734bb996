//go:build unix

package testbed

import (
	"errors"
	"os/exec"
	"testing"
	"time"
)

// TestLines: a line is answered with a line, a last one also where the process ends over it; then it is gone.
func TestLines(t *testing.T) {
	l, err := Talk(exec.Command("sh", "-c", `read -r a; echo "1 $a"; read -r a; echo "2 $a"; exit 3`))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1 one", "2 two"} {
		if got, err := l.Ask([]byte(want[2:]), time.Minute); err != nil || string(got) != want {
			t.Errorf("%q, %v, not %q", got, err, want)
		}
	}
	if got, err := l.Ask([]byte("three"), time.Minute); !errors.Is(err, ErrGone) {
		t.Errorf("%q, %v", got, err)
	}
	if !l.Close(time.Minute) || l.Cmd.ProcessState.ExitCode() != 3 {
		t.Errorf("it ended with %v", l.Cmd.ProcessState)
	}
}

// TestLinesMute: one that neither answers nor ends is told by the clock, and ended.
func TestLinesMute(t *testing.T) {
	l, err := Talk(exec.Command("sleep", "60"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := l.Ask([]byte("anything"), 20*time.Millisecond); err == nil || errors.Is(err, ErrGone) {
		t.Errorf("%q, %v", got, err)
	}
	if l.Close(20 * time.Millisecond) {
		t.Error("it ended by itself")
	}
}
