package store

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestLostKey: what is under a key that is gone is told of, is kept aside, and does not stand in the way.
func TestLostKey(t *testing.T) {
	keyring.MockInit()
	s := choose(t.Context(), t.TempDir(), mocked{}).(*files)
	put(t, s, "k", canary)
	put(t, s, "other", canary)
	keyring.MockInit()
	s = choose(t.Context(), s.folder.dir, mocked{}).(*files)
	if _, _, err := s.Get(t.Context(), "k"); !errors.Is(err, ErrOtherKey) || kindOf(err) != msg.FailStore {
		t.Fatal(err)
	}
	put(t, s, "k", "new")
	holds(t, s, "k", "new")
	hasKeys(t, s, "k", "other")
	if len(asides(t, s)) != 1 {
		t.Error(asides(t, s))
	}
	if _, _, err := s.Get(t.Context(), "other"); !errors.Is(err, ErrOtherKey) {
		t.Error(err)
	}
}

// TestNewKeyElsewhere: a process that knows a key follows when another one had to make a new one.
func TestNewKeyElsewhere(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	first := choose(t.Context(), dir, mocked{})
	put(t, first, "k", "one")
	keyring.MockInit()
	second := choose(t.Context(), dir, mocked{})
	put(t, second, "k", "two")
	holds(t, first, "k", "two")
	put(t, first, "k", "three")
	holds(t, second, "k", "three")
}

// TestDamagedMarker: without the key's name, entries wait until somebody signs in anew; a newer one is left alone.
func TestDamagedMarker(t *testing.T) {
	keyring.MockInit()
	s := choose(t.Context(), t.TempDir(), mocked{}).(*files)
	put(t, s, "k", "old")
	overwrite(t, s.folder.path(marker), []byte(`{"format":`))
	fresh := choose(t.Context(), s.folder.dir, mocked{absent: true})
	if _, _, err := fresh.Get(t.Context(), "k"); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	put(t, s, "k", "new")
	holds(t, choose(t.Context(), s.folder.dir, mocked{}), "k", "new")

	overwrite(t, s.folder.path(marker), []byte(`{"format":2,"place":"elsewhere"}`))
	if err := s.Put(t.Context(), "k", "newest"); !errors.Is(err, ErrNewer) {
		t.Error(err)
	}
}

// strange is a keychain that does not do what it says.
type strange struct {
	mocked
	set func(text string) error
	get func() (string, error)
}

func (s strange) Set(_, _, text string) error     { return s.set(text) }
func (s strange) Get(_, _ string) (string, error) { return s.get() }

func TestStrangeKeychains(t *testing.T) {
	for name, r := range map[string]strange{
		"keeps nothing": {
			set: func(string) error { return nil }, get: func() (string, error) { return "", keyring.ErrNotFound }},
		"keeps an empty item": {
			set: func(string) error { return nil }, get: func() (string, error) { return "", nil }},
		"repeats the key": {
			set: func(text string) error { return errors.New("usage: " + text) }, get: func() (string, error) { return "", keyring.ErrNotFound }},
	} {
		t.Run(name, func(t *testing.T) {
			var keys []string
			set := r.set
			r.set = func(text string) error { keys = append(keys, text); return set(text) }
			s := choose(t.Context(), filepath.Join(t.TempDir(), "accounts"), r)
			err := s.Put(t.Context(), "k", canary)
			if kindOf(err) != msg.FailLocked || len(keys) != 1 || strings.Contains(err.Error(), keys[0]) {
				t.Fatal(err, len(keys))
			}
			noCanary(t, err)
			if marked(s.(*files).folder) {
				t.Error("the folder names a key that is nowhere")
			}
		})
	}
}

// TestDialog: a keychain waits for a person. A caller can give up, a second does not ask again, and what the person
// answers in the end is there for the next.
func TestDialog(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	put(t, choose(t.Context(), dir, mocked{}), "k", canary)
	person, asked := make(chan struct{}), make(chan struct{}, 9)
	var s *files
	s = choose(t.Context(), dir, strange{get: func() (string, error) {
		asked <- struct{}{}
		<-person
		item, _ := s.sealer.(*vault).item()
		return keyring.Get(Service, item)
	}}).(*files)
	s.sealer.(*vault).wait = 50 * time.Millisecond

	gone, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, _, err := s.Get(gone, "k"); kindOf(err) != msg.FailAborted {
		t.Fatal(err)
	}
	if _, _, err := s.Get(t.Context(), "k"); kindOf(err) != msg.FailLocked || !errors.Is(err, errUnanswered) {
		t.Fatal(err)
	}
	if len(asked) != 0 {
		t.Fatal("a second dialog")
	}
	close(person)
	s.sealer.(*vault).wait = time.Second
	holds(t, s, "k", canary)
}
