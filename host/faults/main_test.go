// Package faults has servers misbehave at an exact byte, and demands of the Go host and of the npm package in Node
// that every request ends once and honestly (shared/docs/security.md, section 4).
//
// The servers are written on TCP, without net/http, and count how often each tool call was executed, by a nonce in
// its arguments. A second server in the same client is asked all the while and must not be held up; each server has
// a key of its own and must see no other; a listener that nobody configured must see nothing.
//
//	go test ./host/faults                          all of it, with 20 s of soak
//	go test ./host/faults -run TestNeverTwice -v   a thousand random cuts
//	go test ./host/faults -run TestSoak -soak 10m  a thousand sessions
package faults

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var (
	soakTime = flag.Duration("soak", 20*time.Second, "how long TestSoak takes")
	seed     = flag.Uint64("seed", 1, "the seed of TestNeverTwice")
)

// folder is this run's own.
var folder string

func TestMain(m *testing.M) {
	if how := os.Getenv(behaviour); how != "" {
		behave(how)
		os.Exit(0)
	}
	flag.Parse()
	_ = flag.Set("test.parallel", "8") // they mostly wait
	var err error
	if folder, err = os.MkdirTemp("", "headfast-faults-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	log.SetOutput(io.Discard) // see TestQuiet
	code := m.Run()
	if err := closeLent(); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL:", err)
		code = 1
	}
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// cache is where the compiled core is kept for this run.
func cache() string { return filepath.Join(folder, "cache") }

// eventually waits for something to become true.
func eventually(t testing.TB, within time.Duration, what string, done func() bool) bool {
	t.Helper()
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if done() {
			return true
		}
	}
	t.Errorf("not within %v: %s", within, what)
	return false
}
