package host

import (
	"os"
	"path/filepath"
	"testing"
)

// seeded is a cache directory that has the compiled module but no marker: for the code under test a first
// run, without a second's (under -race twenty seconds') work.
func seeded(t *testing.T) string {
	t.Helper()
	instance(t, Compiler)
	dir := t.TempDir()
	compiled, err := filepath.Glob(filepath.Join(testCache(t), "wazero-*"))
	if err != nil || len(compiled) == 0 {
		t.Fatalf("the tests' cache has nothing of wazero's: %v", err)
	}
	for _, from := range compiled {
		if err := os.Symlink(from, filepath.Join(dir, filepath.Base(from))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fresh is the engines of a new process, but for the interpreter, which is there.
func fresh(t *testing.T) *engines {
	t.Helper()
	e, err := shared.get(Interpreter, "")
	if err != nil {
		t.Fatal(err)
	}
	return &engines{made: map[Engine]*engine{Interpreter: e}}
}

// TestAuto: the first run on a machine interprets and compiles in the background; the next one compiles.
func TestAuto(t *testing.T) {
	dir := seeded(t)
	first := fresh(t)
	e, err := first.choose(dir, true)
	if err != nil || e != first.made[Interpreter] || first.made[Compiler] != nil {
		t.Errorf("the first run: %v, %v", e, err)
	}
	eventually(t, "it is compiled in the background", func() bool { return cached(dir) })
	second := fresh(t)
	e, err = second.choose(dir, true)
	if err != nil || e != second.made[Compiler] || e == nil {
		t.Errorf("the second run: %v, %v", e, err)
	}
}

func TestNoBackground(t *testing.T) {
	dir := seeded(t)
	e := fresh(t)
	for range 2 {
		if m, err := e.choose(dir, false); err != nil || m != e.made[Interpreter] {
			t.Errorf("got %v, %v", m, err)
		}
	}
	idle := false
	if e.inflight.Do(func() { idle = true }); !idle {
		t.Error("it is compiled in the background")
	}
}

func TestWarm(t *testing.T) {
	dir := seeded(t)
	if cached(dir) {
		t.Fatal("the marker is there before it")
	}
	if err := Warm(dir); err != nil || !cached(dir) {
		t.Errorf("Warm: %v, cached %v", err, cached(dir))
	}
}
