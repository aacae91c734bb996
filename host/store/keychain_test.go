package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/headfast/headfast/jsbridge/msg"
)

// mocked is go-keyring with its provider mocked, on a machine that has a keychain or has none.
type mocked struct {
	osRing
	absent bool
}

func (m mocked) present(context.Context) bool { return !m.absent }

var errLocked = errors.New("user interaction is not allowed")

// lockedCalls are those that need the key of an entry "k" that is there.
func lockedCalls(t *testing.T, s Store) {
	t.Helper()
	_, _, got := s.Get(t.Context(), "k")
	_, lock := s.Lock(t.Context(), "k")
	for _, err := range []error{got, lock, s.Put(t.Context(), "k", canary)} {
		noCanary(t, err)
		if kindOf(err) != msg.FailLocked {
			t.Error(err)
		}
	}
}

// plaintext says whether a value lies in a folder as it is.
func plaintext(t *testing.T, dir, value string) bool {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		stemmed, _, _ := strings.Cut(f.Name(), ".")
		if r, err := decode(stemmed, data); bytes.Contains(data, []byte(value)) || err == nil && bytes.Contains(r.value, []byte(value)) {
			return true
		}
	}
	return false
}

// TestEncrypted: the value is not in the folder, and another process, with nothing but the keychain, reads it.
func TestEncrypted(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	s := choose(t.Context(), dir, mocked{})
	if s.Describe() != "the OS keychain" {
		t.Fatal(s.Describe())
	}
	put(t, s, "k", canary)
	put(t, s, "other", "v")
	if plaintext(t, dir, canary) {
		t.Fatal("the value is in plain text")
	}
	s = choose(t.Context(), dir, mocked{})
	holds(t, s, "k", canary)

	one, two := entryOf(s.(*files), "k"), entryOf(s.(*files), "other")
	data, _ := os.ReadFile(one)
	r, _ := decode(stem("k"), data)
	r.key = "other"
	moved, _ := r.encode()
	overwrite(t, two, moved)
	if _, _, err := s.Get(t.Context(), "other"); !errors.Is(err, ErrDamaged) {
		t.Error("one entry passed for another:", err)
	}
}

// TestLocked: a keychain that does not open is an error and nothing else, and works again when it opens.
func TestLocked(t *testing.T) {
	keyring.MockInitWithError(errLocked)
	dir := filepath.Join(t.TempDir(), "accounts")
	s := choose(t.Context(), dir, mocked{})
	for _, err := range []error{s.Put(t.Context(), "k", canary), func() error { _, err := s.Lock(t.Context(), "k"); return err }()} {
		if kindOf(err) != msg.FailLocked || !errors.Is(err, errLocked) {
			t.Error(err)
		}
	}
	if _, found, err := s.Get(t.Context(), "k"); found || err != nil {
		t.Error("nothing is there, and no keychain need be asked:", err)
	}
	keyring.MockInit()
	put(t, s, "k", canary)
	holds(t, s, "k", canary)

	s = choose(t.Context(), dir, mocked{})
	overnight := func() { keyring.MockInitWithError(errLocked) }
	holds(t, s, "k", canary)
	overnight()
	holds(t, s, "k", canary) // the key is known; nobody is asked again
	lockedCalls(t, choose(t.Context(), dir, mocked{}))
	if err := choose(t.Context(), dir, mocked{}).Delete(t.Context(), "k"); err != nil {
		t.Error("forgetting needs no key:", err)
	}
}

// TestAbsent: without a keychain there are plain files, but not where there was one.
func TestAbsent(t *testing.T) {
	keyring.MockInit()
	dir := filepath.Join(t.TempDir(), "accounts")
	without := choose(t.Context(), dir, mocked{absent: true})
	if without.Describe() != "the folder "+dir {
		t.Fatal(without.Describe())
	}
	put(t, without, "k", canary)
	if !plaintext(t, dir, canary) {
		t.Fatal("not plain")
	}
	with := choose(t.Context(), dir, mocked{})
	holds(t, with, "k", canary)
	put(t, with, "k", canary)
	if plaintext(t, dir, canary) {
		t.Fatal("it was not encrypted when it was kept again")
	}
	lockedCalls(t, choose(t.Context(), dir, mocked{absent: true}))
	if _, _, err := File(dir).Get(t.Context(), "k"); kindOf(err) != msg.FailLocked || !errors.Is(err, ErrSealed) {
		t.Error(err)
	}
	if plaintext(t, dir, canary) {
		t.Fatal("plain text again")
	}
}
