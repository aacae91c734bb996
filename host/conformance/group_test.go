//go:build unix

package conformance

import (
	"bytes"
	"context"
	"os/exec"
	"testing"
	"time"

	"github.com/headfast/headfast/host/internal/testbed"
)

// TestGroupEnds has a process whose child keeps its pipe open, as the suite's clients would: both end in time.
func TestGroupEnds(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", "sleep 60 & sleep 60")
	cmd.Stdout = &bytes.Buffer{}
	begin := time.Now()
	if err := testbed.Run(cmd); err == nil {
		t.Error("it was not ended")
	}
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}
