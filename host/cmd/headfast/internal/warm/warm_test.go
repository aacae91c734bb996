package warm

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAHeldLockIsRespected(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "warm.lock")
	if held(lock) {
		t.Error("no lock is held")
	}
	if err := os.WriteFile(lock, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !held(lock) {
		t.Error("a fresh lock is not held")
	}
	old := time.Now().Add(-2 * stale)
	if err := os.Chtimes(lock, old, old); err != nil {
		t.Fatal(err)
	}
	if held(lock) {
		t.Error("a stale lock is held")
	}
}
