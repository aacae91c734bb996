package textfile

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "f")
	if err := os.WriteFile(path, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path string
		most int64
		want string
		fine bool
	}{{path, 100, "0123456789", true}, {path, 4, "0123", true}, {dir, 100, "", false}, {path + "x", 100, "", false}, {os.DevNull, 100, "", false}} {
		got, err := Read(c.path, c.most)
		if string(got) != c.want || (err == nil) != c.fine {
			t.Errorf("%s: %q, %v", c.path, got, err)
		}
	}
}
