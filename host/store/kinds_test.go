package store

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

// kinds gives a new store of each.
func kinds(t *testing.T) map[string]Store {
	return map[string]Store{
		"memory":   Memory(),
		"file":     File(filepath.Join(t.TempDir(), "a", "accounts")),
		"keychain": named("keychain", filepath.Join(t.TempDir(), "accounts")),
	}
}

func each(t *testing.T, test func(t *testing.T, s Store)) {
	for name, s := range kinds(t) {
		t.Run(name, func(t *testing.T) { test(t, s) })
	}
}

func put(t *testing.T, s Store, key, value string) {
	t.Helper()
	if err := s.Put(t.Context(), key, value); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, s Store, key, want string) {
	t.Helper()
	if got, found, err := s.Get(t.Context(), key); got != want || !found || err != nil {
		t.Fatalf("%.20q: %.40q, %v, %v, want %.40q", key, got, found, err, want)
	}
}

func hasKeys(t *testing.T, s Store, want ...string) {
	t.Helper()
	slices.Sort(want)
	if got, err := s.Keys(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Fatalf("%.200q, %v, want %.200q", got, err, want)
	}
}

func kindOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind()
	}
	return ""
}
