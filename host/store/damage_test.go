package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
)

// entryOf is the file of a key.
func entryOf(s *files, key string) string { return s.folder.path(stem(key) + entrySuffix) }

// asides are the files that were set aside.
func asides(t *testing.T, s *files) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.folder.dir, "*"+asideSuffix))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func overwrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// damages are what a disk, a person or an older program can make of a file.
var damages = map[string]func([]byte) []byte{
	"empty":      func([]byte) []byte { return nil },
	"half":       func(b []byte) []byte { return b[:len(b)/2] },
	"cut":        func(b []byte) []byte { return b[:len(b)-2] },
	"first line": func(b []byte) []byte { return b[:bytes.IndexByte(b, '\n')+1] },
	"zeros":      func(b []byte) []byte { return make([]byte, len(b)) },
	"bit": func(b []byte) []byte {
		b[bytes.Index(b, []byte(`"value":"`))+10] ^= 1
		return b
	},
	"another key's": func(b []byte) []byte {
		other, _ := record{key: "other", value: []byte("v")}.encode()
		return other
	},
	"text":      func([]byte) []byte { return []byte("sign-in: secret-token\n") },
	"null":      func([]byte) []byte { return []byte("null\nnull\n") },
	"no format": func(b []byte) []byte { return bytes.Replace(b, []byte(`"format":1`), []byte(`"format":0`), 1) },
	"appended":  func(b []byte) []byte { return append(b, "more"...) },
	"huge":      func(b []byte) []byte { return append(b, make([]byte, maxFile)...) },
}

// TestDamaged: a damaged entry is told, is kept aside when another is put in its place, and hurts no other.
func TestDamaged(t *testing.T) {
	for name, damage := range damages {
		for _, kind := range []string{"file", "keychain"} {
			t.Run(kind+" "+name, func(t *testing.T) {
				s := named(kind, filepath.Join(t.TempDir(), "accounts"))
				put(t, s, "k", "secret-token")
				put(t, s, "whole", "other")
				data, err := os.ReadFile(entryOf(s, "k"))
				if err != nil {
					t.Fatal(err)
				}
				data = damage(data)
				overwrite(t, entryOf(s, "k"), data)
				_, _, err = s.Get(t.Context(), "k")
				if !errors.Is(err, ErrDamaged) || kindOf(err) != msg.FailStore || strings.Contains(err.Error(), "secret") {
					t.Fatal(err)
				}
				if now, _ := os.ReadFile(entryOf(s, "k")); !bytes.Equal(now, data) {
					t.Fatal("reading has changed it")
				}
				holds(t, s, "whole", "other")
				if _, err := s.Keys(t.Context()); err != nil {
					t.Fatal(err)
				}
				put(t, s, "k", "new")
				holds(t, s, "k", "new")
				hasKeys(t, s, "k", "whole")
				left := asides(t, s)
				if len(left) != 1 {
					t.Fatal(left)
				}
				if kept, _ := os.ReadFile(left[0]); !bytes.Equal(kept, data) {
					t.Fatal("the damaged file was not kept")
				}
				if err := s.Delete(t.Context(), "k"); err != nil || len(asides(t, s)) != 0 {
					t.Fatal(err, asides(t, s))
				}
			})
		}
	}
}

// TestCutOffKey: of a file whose value is lost, the key is known.
func TestCutOffKey(t *testing.T) {
	s := named("file", t.TempDir())
	put(t, s, "k", strings.Repeat("v", 1000))
	if err := os.Truncate(entryOf(s, "k"), 500); err != nil {
		t.Fatal(err)
	}
	hasKeys(t, s, "k")
}

// TestNewer: what a newer version wrote is not touched, whatever is asked.
func TestNewer(t *testing.T) {
	s := named("file", t.TempDir())
	put(t, s, "k", "v")
	put(t, s, "whole", "other")
	newer := []byte(`{"format":2,"key":"aw=="}` + "\nsomething else altogether\n")
	overwrite(t, entryOf(s, "k"), newer)
	_, _, got := s.Get(t.Context(), "k")
	for _, err := range []error{got, s.Put(t.Context(), "k", "new"), s.Delete(t.Context(), "k")} {
		if !errors.Is(err, ErrNewer) || kindOf(err) != msg.FailStore {
			t.Error(err)
		}
	}
	if now, _ := os.ReadFile(entryOf(s, "k")); !bytes.Equal(now, newer) {
		t.Error("it was changed")
	}
	hasKeys(t, s, "k", "whole")
	holds(t, s, "whole", "other")
}

// TestUnreadable: what cannot be read is not written over either. A folder stands for a file without rights, since
// root may read those.
func TestUnreadable(t *testing.T) {
	s := named("file", t.TempDir())
	put(t, s, "whole", "other")
	if err := os.Mkdir(entryOf(s, "k"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, _, got := s.Get(t.Context(), "k")
	for _, err := range []error{got, s.Put(t.Context(), "k", "new")} {
		if kindOf(err) != msg.FailStore {
			t.Error(err)
		}
	}
	hasKeys(t, s, "whole")
}
