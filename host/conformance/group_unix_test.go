//go:build unix

package conformance

import (
	"bytes"
	"context"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// ownGroup makes a command the head of a process group, all of which ends when its context does.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// TestGroupEnds has a process whose child keeps its pipe open: both end in time.
func TestGroupEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", "sleep 60 & sleep 60")
	cmd.Stdout = &bytes.Buffer{}
	ownGroup(cmd)
	begin := time.Now()
	if err := cmd.Run(); err == nil {
		t.Error("it was not ended")
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
