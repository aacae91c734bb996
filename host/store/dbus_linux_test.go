package store

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestBus goes all the way through go-keyring to a bus and a Secret Service, in each state that one can be in. Its process
// is its own, since other tests mock go-keyring and that cannot be undone.
func TestBus(t *testing.T) {
	if !alone(t) {
		return
	}
	address, stop := bus(t)
	dir := filepath.Join(t.TempDir(), "accounts")
	start := func() *files {
		s, err := Default(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		return s.(*files)
	}
	if s := start(); s.Describe() != "the folder "+dir {
		t.Error("a bus without a service:", s.Describe())
	}
	service := serve(t, address, "empty")
	if s := start(); s.Describe() != "the folder "+dir {
		t.Error("a service without a collection:", s.Describe())
	}
	service.mood.Store("dismissed")
	if err := start().Put(t.Context(), "k", canary); kindOf(err) != msg.FailLocked {
		t.Error(err)
	}
	service.mood.Store("open")
	s := start()
	put(t, s, "k", canary)
	if s.Describe() != "the OS keychain" || plaintext(t, dir, canary) {
		t.Error(s.Describe())
	}
	holds(t, start(), "k", canary)
	service.mood.Store("dismissed")
	lockedCalls(t, start())
	service.mood.Store("silent")
	s = start()
	s.sealer.(*vault).wait = 100 * time.Millisecond
	if _, _, err := s.Get(t.Context(), "k"); kindOf(err) != msg.FailLocked || !errors.Is(err, errUnanswered) {
		t.Error(err)
	}
	service.mood.Store("empty")
	lockedCalls(t, start())

	service.mood.Store("silent")
	s = start()
	time.AfterFunc(100*time.Millisecond, stop)
	if _, _, err := s.Get(t.Context(), "k"); kindOf(err) != msg.FailLocked || !errors.Is(err, errBroken) {
		t.Error("the bus went while a dialog was up:", err)
	}
	lockedCalls(t, start())
}
