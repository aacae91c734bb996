package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMend: what is damaged is told by its file, also where its key is lost, and is forgotten; nothing else is.
func TestMend(t *testing.T) {
	for name, damage := range damages {
		for _, kind := range []string{"file", "keychain"} {
			t.Run(kind+" "+name, func(t *testing.T) {
				s := named(kind, filepath.Join(t.TempDir(), "accounts"))
				put(t, s, "k", "secret-token")
				put(t, s, "whole", "other")
				none(t, s)
				file := entryOf(s, "k")
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				overwrite(t, file, damage(data))

				bad, err := s.Damaged(t.Context())
				if err != nil || len(bad) != 1 || !errors.Is(bad[0], ErrDamaged) || !strings.Contains(bad[0].Error(), file) || strings.Contains(bad[0].Error(), "secret") {
					t.Fatalf("%v, %v", bad, err)
				}
				if gone, err := s.Mend(t.Context()); err != nil || !slices.Equal(gone, []string{file}) {
					t.Fatalf("%v, %v", gone, err)
				}
				if _, found, err := s.Get(t.Context(), "k"); found || err != nil {
					t.Errorf("it is there: %v, %v", found, err)
				}
				holds(t, s, "whole", "other")
				none(t, s)
			})
		}
	}
}

// none demands that there is nothing to mend.
func none(t *testing.T, s *files) {
	t.Helper()
	bad, err := s.Damaged(t.Context())
	gone, mended := s.Mend(t.Context())
	if len(bad) > 0 || err != nil || len(gone) > 0 || mended != nil {
		t.Errorf("%v, %v, %v, %v", bad, err, gone, mended)
	}
}

// TestMendLeaves: a newer version's entry is not touched, and neither is what cannot be opened.
func TestMendLeaves(t *testing.T) {
	s := named("file", filepath.Join(t.TempDir(), "accounts"))
	none(t, s) // there is no folder
	put(t, s, "newer", "v")
	file := entryOf(s, "newer")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, file, []byte(strings.Replace(string(data), `"format":1`, `"format":2`, 1)))
	none(t, s)
	if err := os.Mkdir(s.folder.path(stem("odd")+entrySuffix), 0o700); err != nil {
		t.Fatal(err)
	}
	bad, err := s.Damaged(t.Context())
	if err != nil || len(bad) != 1 || errors.Is(bad[0], ErrDamaged) {
		t.Errorf("%v, %v", bad, err)
	}
	if gone, err := s.Mend(t.Context()); len(gone) > 0 || err != nil {
		t.Errorf("%v, %v", gone, err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}
