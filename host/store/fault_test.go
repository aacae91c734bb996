package store

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

var errFull = errors.New("no space left on device")

const canary = "canary-7f3a9c51e8"

// noCanary looks for a value in an error, as it is and in base64.
func noCanary(t *testing.T, err error) {
	t.Helper()
	coded := base64.StdEncoding.EncodeToString([]byte(canary))
	if err != nil && (strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), coded[:12])) {
		t.Errorf("a value in %q", err)
	}
}

// TestDiskFull: at whatever step the disk is full, the old value stays, and nothing half-written is left.
func TestDiskFull(t *testing.T) {
	for _, kind := range []string{"file", "keychain"} {
		for step := 1; ; step++ {
			s := named(kind, filepath.Join(t.TempDir(), "accounts"))
			put(t, s, "k", "old")
			full := &faulty{disk: system{}, on: func(n int) error {
				if n == step {
					return errFull
				}
				return nil
			}}
			s.folder.disk = full
			err := s.Put(t.Context(), "k", canary)
			if full.steps < step {
				if step < 6 || err != nil {
					t.Fatal(step, err)
				}
				break
			}
			noCanary(t, err)
			if !errors.Is(err, errFull) || kindOf(err) != msg.FailStore {
				t.Fatal(step, err)
			}
			want := "old"
			if full.steps > 5 { // the folder's sync, after the rename
				want = canary
			}
			holds(t, s, "k", want)
			if left, _ := filepath.Glob(filepath.Join(s.folder.dir, "*"+tempSuffix)); len(left) != 0 {
				t.Errorf("step %d left %v", step, left)
			}
		}
	}
}

// TestDiskFullAtFirst: where not even the folder or the key's name can be kept, there is an error and nothing else.
func TestDiskFullAtFirst(t *testing.T) {
	s := named("keychain", filepath.Join(t.TempDir(), "accounts"))
	s.folder.disk = &faulty{disk: system{}, on: func(int) error { return errFull }}
	if err := s.Put(t.Context(), "k", canary); kindOf(err) != msg.FailStore || !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	if _, err := s.Lock(t.Context(), "k"); !errors.Is(err, errFull) {
		t.Fatal(err)
	}
	s.folder.disk = system{}
	put(t, s, "k", canary)
	holds(t, s, "k", canary)
}

// TestNoFolder: a file is where the folder should be.
func TestNoFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts")
	overwrite(t, path, []byte("here"))
	s := File(path)
	_, _, got := s.Get(t.Context(), "k")
	_, listed := s.Keys(t.Context())
	_, lock := s.Lock(t.Context(), "k")
	for _, err := range []error{got, listed, lock, s.Put(t.Context(), "k", canary)} {
		noCanary(t, err)
		if kindOf(err) != msg.FailStore {
			t.Error(err)
		}
	}
}

// TestDeletedFolder: a folder that somebody removes is made again.
func TestDeletedFolder(t *testing.T) {
	s := named("file", filepath.Join(t.TempDir(), "accounts"))
	put(t, s, "k", "v")
	if err := os.RemoveAll(s.folder.dir); err != nil {
		t.Fatal(err)
	}
	hasKeys(t, s)
	put(t, s, "k", "again")
	holds(t, s, "k", "again")
}

// TestLeftBehind: what processes that died were writing goes when it is old; what one may be writing now does not.
func TestLeftBehind(t *testing.T) {
	dir := t.TempDir()
	old, young := filepath.Join(dir, "a"+tempSuffix), filepath.Join(dir, "b"+tempSuffix)
	overwrite(t, old, []byte(canary))
	overwrite(t, young, []byte(canary))
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*stale)); err != nil {
		t.Fatal(err)
	}
	put(t, File(dir), "k", "v")
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Error("the old one is still there:", err)
	}
	if _, err := os.Stat(young); err != nil {
		t.Error(err)
	}
}
