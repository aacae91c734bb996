//go:build !windows

package textfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestReplace: the mode and a link stay, a file that is another one by now is left alone, and nothing else is left behind.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "f"), filepath.Join(dir, "link")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("f", link); err != nil {
		t.Fatal(err)
	}
	if err := Replace(link, []byte("ol"), []byte("new")); !errors.Is(err, ErrChanged) {
		t.Errorf("%v", err)
	}
	if err := Replace(link, []byte("old"), []byte("newer")); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(path)
	info, err := os.Stat(path)
	if err != nil || string(text) != "newer" || info.Mode().Perm() != 0o640 {
		t.Errorf("%q, %v, %v", text, info.Mode(), err)
	}
	if to, err := os.Readlink(link); err != nil || to != "f" {
		t.Errorf("%q, %v", to, err)
	}
	if all, _ := os.ReadDir(dir); len(all) != 2 {
		t.Errorf("%v", all)
	}
}

// TestExposed: by the file's mode, and by those of its folders.
func TestExposed(t *testing.T) {
	dir := t.TempDir()
	for at := dir; at != filepath.Dir(at); at = filepath.Dir(at) {
		if !allows(at, 0o001) {
			if err := os.Chmod(at, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
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
		if got := Exposed(path); got != c.want {
			t.Errorf("%o in %o: %v", c.file, c.folder, got)
		}
	}
}
