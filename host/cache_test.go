package host

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestDamagedCache: compiled code that is damaged in any of these places is made anew, and nobody notices. Each
// case is a process of its own, since an engine is made once in a process.
func TestDamagedCache(t *testing.T) {
	if dir := os.Getenv("HEADFAST_DAMAGED_CACHE"); dir != "" {
		c, err := Open(t.Context(), Options{CacheDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		return
	}
	dir := t.TempDir()
	if err := Warm(dir); err != nil {
		t.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	if err != nil || len(found) != 1 {
		t.Fatal(found, err)
	}
	whole, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func([]byte) []byte{
		"empty":     func([]byte) []byte { return nil },
		"cut":       func(b []byte) []byte { return b[:len(b)/2] },
		"magic":     func(b []byte) []byte { b[0] ^= 0xff; return b },
		"offset-40": func(b []byte) []byte { b[40] ^= 0xff; return b },
		"middle":    func(b []byte) []byte { b[len(b)/2] ^= 0xff; return b },
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile(found[0], damage(append([]byte(nil), whole...)), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(os.Args[0], "-test.run=^TestDamagedCache$")
			cmd.Env = append(os.Environ(), "HEADFAST_DAMAGED_CACHE="+dir)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
