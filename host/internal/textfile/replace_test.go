package textfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func put(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

func has(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	put(t, path, "old", 0o640)
	if err := Replace(path, []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	has(t, path, "new")
	if info, _ := os.Stat(path); runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
	for _, was := range []string{"old", "new and more", "ne"} {
		if err := Replace(path, []byte(was), []byte("lost")); !errors.Is(err, ErrChanged) {
			t.Errorf("%q: %v", was, err)
		}
	}
	if err := Replace(path, nil, []byte("lost")); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	has(t, path, "new")
	deep := filepath.Join(dir, "a", "b", "c")
	if err := Replace(deep, nil, []byte("made")); err != nil {
		t.Fatal(err)
	}
	has(t, deep, "made")
	if left, _ := filepath.Glob(filepath.Join(dir, ".headfast-*")); len(left) > 0 {
		t.Error(left)
	}
}

func TestReplaceLink(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "f"), filepath.Join(dir, "link")
	put(t, path, "old", 0o600)
	if err := os.Symlink("f", link); err != nil {
		if runtime.GOOS == "windows" {
			return // where links are the administrator's
		}
		t.Fatal(err)
	}
	if err := Replace(link, []byte("old"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	has(t, path, "new")
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is no link any more")
	}
}
