//go:build !windows

package textfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestExposed: by the file's mode, and by those of its folders.
func TestExposed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		file, folder os.FileMode
		want         bool
	}{{0o600, 0o755, false}, {0o644, 0o755, true}, {0o644, 0o700, false}, {0o640, 0o755, false}} {
		if err := errors.Join(os.Chmod(path, c.file), os.Chmod(dir, c.folder)); err != nil {
			t.Fatal(err)
		}
		if got := exposedBelow(path, dir); got != c.want {
			t.Errorf("%o in %o: %v", c.file, c.folder, got)
		}
		if Exposed(path) && !c.want {
			t.Errorf("%o in %o is exposed", c.file, c.folder)
		}
	}
}
