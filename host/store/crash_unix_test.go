//go:build unix

package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

func init() { roles["die"] = die }

// die puts a new value and is killed at a step: KIND DIR STEP. It prints the steps where it comes to the end.
func die(args []string) error {
	at, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	s := named(args[0], args[1])
	deadly := &faulty{disk: system{}, on: func(step int) error {
		if step != at {
			return nil
		}
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		time.Sleep(time.Minute)
		return nil
	}}
	s.folder.disk = deadly
	if err := s.Put(context.Background(), "k", "new"); err != nil {
		return err
	}
	fmt.Print(deadly.steps)
	return nil
}

// TestKilledWriter: a process that is killed at any step of writing leaves the old value or the new one whole. A
// fresh folder is made in the steps too, and with it the key in the keychain.
func TestKilledWriter(t *testing.T) {
	for _, kind := range []string{"file", "keychain"} {
		for _, before := range []string{"", "old", "damaged"} {
			t.Run(kind+" "+before, func(t *testing.T) {
				done := false
				for step := 1; !done; step++ {
					done = killedAt(t, kind, before, step)
				}
			})
		}
	}
}

func killedAt(t *testing.T, kind, before string, step int) (done bool) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "a", "accounts")
	s := named(kind, dir)
	if before != "" {
		put(t, s, "k", "old")
	}
	if before == "damaged" {
		overwrite(t, entryOf(s, "k"), []byte("{"))
	}
	out, err := process("die", kind, dir, strconv.Itoa(step)).Output()
	if done = err == nil; done && string(out) != strconv.Itoa(step-1) {
		t.Fatalf("killed at %d steps of %s", step-1, out)
	}
	s = named(kind, dir)
	value, found, err := s.Get(t.Context(), "k")
	switch {
	case value == "new" && found:
	case done, before == "old" && value != "old", before != "damaged" && err != nil:
		t.Fatalf("step %d: %q, %v, %v", step, value, found, err)
	}
	if before == "damaged" && err != nil && len(asides(t, s)) != 0 {
		t.Error("the damaged file is there twice")
	}
	put(t, s, "k", "later")
	holds(t, s, "k", "later")
	return done
}
