//go:build unix

package store

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

func init() {
	roles["count"], roles["hold"] = count, hold
}

// count adds one to the value of KEY: KIND DIR KEY.
func count(args []string) error {
	ctx := context.Background()
	s := named(args[0], args[1])
	unlock, err := s.Lock(ctx, args[2])
	if err != nil {
		return err
	}
	defer unlock()
	value, _, err := s.Get(ctx, args[2])
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(value)
	return s.Put(ctx, args[2], strconv.Itoa(n+1))
}

// TestFiftyProcesses count to fifty, from a folder that is not there yet. With a keychain, they agree on one key.
func TestFiftyProcesses(t *testing.T) {
	for _, kind := range []string{"file", "keychain"} {
		t.Run(kind, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "accounts")
			var all []*exec.Cmd
			for range 50 {
				cmd := process("count", kind, dir, "k")
				cmd.Stderr = os.Stderr
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				all = append(all, cmd)
			}
			for _, cmd := range all {
				if err := cmd.Wait(); err != nil {
					t.Error(err)
				}
			}
			holds(t, named(kind, dir), "k", "50")
			if keys, _ := os.ReadDir(dir + "-ring"); kind == "keychain" && len(keys) != 1 {
				t.Errorf("%d keys in the keychain", len(keys))
			}
		})
	}
}

// hold locks "k" in DIR and keeps it, with a child of its own that outlives it.
func hold(args []string) error {
	if _, err := File(args[0]).Lock(context.Background(), "k"); err != nil {
		return err
	}
	if err := exec.Command("sleep", "3").Start(); err != nil {
		return err
	}
	runtime.GC()
	runtime.GC()
	fmt.Println("held")
	time.Sleep(time.Minute)
	return nil
}

// TestKilledHolder: a lock is free as soon as the process that has it is killed.
func TestKilledHolder(t *testing.T) {
	dir := t.TempDir()
	holder := process("hold", dir)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatal(line, err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := File(dir).Lock(soon, "k"); kindOf(err) != msg.FailTimeout {
		t.Fatal("two have the lock:", err)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	soon, cancel = context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	unlock, err := File(dir).Lock(soon, "k")
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}
