package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

func TestKept(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		hasKeys(t, s)
		if _, found, err := s.Get(t.Context(), "a"); found || err != nil {
			t.Fatal(found, err)
		}
		if err := s.Delete(t.Context(), "a"); err != nil {
			t.Fatal("nothing to delete:", err)
		}
		put(t, s, "a", "one")
		put(t, s, "a", "two")
		put(t, s, "b", "")
		holds(t, s, "a", "two")
		holds(t, s, "b", "")
		hasKeys(t, s, "a", "b")
		if err := s.Delete(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		hasKeys(t, s, "b")
		if s.Describe() == "" {
			t.Error("no name")
		}
	})
}

var hostile = []string{
	"", ".", "..", "../../x", "/etc/passwd", `..\..\x`, "CON", "con", "nul.txt", "a\x00b", "a", "A", "a.", "a ", "a\nb",
	"é", "e\u0301", "\xff\xfe", "$(id)", "-rf", "%2e%2e", "keychain.json", strings.Repeat("k", 10_000),
	strings.Repeat("k", 10_001), strings.Repeat("k", MaxKey),
}

// TestHostileKeys: every key is another, and none gets out of the folder.
func TestHostileKeys(t *testing.T) {
	name := regexp.MustCompile(`^([0-9a-f]{64}\.(account|lock)|keychain\.json(\.lock)?)$`)
	each(t, func(t *testing.T, s Store) {
		for _, key := range hostile {
			unlock, err := s.Lock(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			put(t, s, key, "value of "+key)
			unlock()
		}
		hasKeys(t, s, hostile...)
		for _, key := range hostile {
			holds(t, s, key, "value of "+key)
		}
		on, is := s.(*files)
		if !is {
			return
		}
		entries, err := os.ReadDir(on.folder.dir)
		if err != nil || len(entries) < 2*len(hostile) {
			t.Fatal(len(entries), err)
		}
		for _, e := range entries {
			if !name.MatchString(e.Name()) {
				t.Errorf("a file %q", e.Name())
			}
		}
		beside, _ := os.ReadDir(filepath.Dir(on.folder.dir))
		for _, e := range beside {
			if e.Name() != "accounts" && e.Name() != "accounts-ring" {
				t.Errorf("outside of the folder: %q", e.Name())
			}
		}
	})
}

func TestAnyBytes(t *testing.T) {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	each(t, func(t *testing.T, s Store) {
		for _, value := range []string{string(all), "\n", "\xff", `{"a":1}`, strings.Repeat("\x00", MaxValue)} {
			put(t, s, "k", value)
			holds(t, s, "k", value)
		}
		for _, err := range []error{
			s.Put(t.Context(), "k", strings.Repeat("v", MaxValue+1)),
			s.Put(t.Context(), strings.Repeat("k", MaxKey+1), "v"),
		} {
			if !errors.Is(err, ErrTooLarge) || kindOf(err) != msg.FailStore {
				t.Error(err)
			}
		}
		holds(t, s, "k", strings.Repeat("\x00", MaxValue))
	})
}

// TestLock: one at a time, others' keys are free, and who waits can give up.
func TestLock(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		unlock, err := s.Lock(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.Lock(t.Context(), "other")
		if err != nil {
			t.Fatal(err)
		}
		other()
		soon, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		if _, err := s.Lock(soon, "k"); kindOf(err) != msg.FailTimeout || !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		gone, cancel := context.WithCancel(t.Context())
		time.AfterFunc(30*time.Millisecond, cancel)
		if _, err := s.Lock(gone, "k"); kindOf(err) != msg.FailAborted {
			t.Fatal(err)
		}
		unlock()
		unlock()
		again, err := s.Lock(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		again()
	})
}

// TestGoroutines count in one process, and read all the while: what is read is always whole.
func TestGoroutines(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		put(t, s, "k", "")
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				unlock, err := s.Lock(t.Context(), "k")
				if err != nil {
					t.Error(err)
					return
				}
				defer unlock()
				value, _, err := s.Get(t.Context(), "k")
				if err == nil {
					err = s.Put(t.Context(), "k", value+"x")
				}
				if err != nil {
					t.Error(err)
				}
			})
			all.Go(func() {
				if value, found, err := s.Get(t.Context(), "k"); !found || err != nil || strings.Trim(value, "x") != "" {
					t.Error(value, found, err)
				}
			})
		}
		all.Wait()
		holds(t, s, "k", strings.Repeat("x", 20))
	})
}
