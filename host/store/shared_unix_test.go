//go:build !windows

package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestSharedFolder: a folder that others use too is left as it is, and an error says what to do.
func TestSharedFolder(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(foreign, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := File(dir)
	if err := s.Put(context.Background(), "a", "fake-token"); err == nil {
		t.Error("it was written to")
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the folder is %v now, %v", info.Mode(), err)
	}
	if err := os.Remove(foreign); err != nil {
		t.Fatal(err)
	}
	if err := s.Put(context.Background(), "a", "fake-token"); err != nil {
		t.Error(err)
	}
}
