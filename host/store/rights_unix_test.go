//go:build unix

package store

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func init() { roles["umask"] = umask }

// umask does all that there is to do in DIR under UMASK, and looks at every step at every file's rights.
func umask(args []string) error {
	mask, err := strconv.ParseInt(args[2], 8, 0)
	if err != nil {
		return err
	}
	s := named(args[0], args[1])
	syscall.Umask(int(mask))
	watching := &faulty{disk: system{}, on: func(int) error { return private(args[1]) }}
	s.folder.disk = watching
	ctx := context.Background()
	for _, value := range []string{"one", "two"} {
		unlock, err := s.Lock(ctx, "k")
		if err != nil {
			return err
		}
		if err := s.Put(ctx, "k", value); err != nil {
			return err
		}
		unlock()
	}
	if err := os.WriteFile(entryOf(s, "k"), nil, 0o600); err != nil {
		return err
	}
	if err := s.Put(ctx, "k", "three"); err != nil {
		return err
	}
	fmt.Print(watching.steps)
	return private(args[1])
}

// private fails where anything at path has other rights than its owner's.
func private(path string) error {
	return filepath.WalkDir(path, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if info.IsDir() {
			want = 0o700
		}
		if info.Mode().Perm() != want {
			return fmt.Errorf("%s is %v", path, info.Mode())
		}
		return nil
	})
}

// TestRights: 0700 and 0600 at every step, also where the umask takes nothing away, or all; and where the folder was
// open to others before.
func TestRights(t *testing.T) {
	for _, kind := range []string{"file", "keychain"} {
		for _, mask := range []string{"0", "22", "777"} {
			for _, made := range []bool{false, true} {
				dir := filepath.Join(t.TempDir(), "accounts")
				if made {
					if err := os.Mkdir(dir, 0o777); err != nil {
						t.Fatal(err)
					}
				}
				out, err := process("umask", kind, dir, mask).CombinedOutput()
				if steps, not := strconv.Atoi(strings.TrimSpace(string(out))); err != nil || not != nil || steps < 18 {
					t.Errorf("%s, umask %s, %v: %v\n%s", kind, mask, made, err, out)
				}
			}
		}
	}
}
