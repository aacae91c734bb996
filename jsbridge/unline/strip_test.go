package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const program = `package main

import (
	"fmt"
	"runtime"
)

type node struct{ left, right *node }

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

func (n *node) count() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.count() + n.right.count()
}

//go:noinline
func innermost(values []int) int { return values[len(values)] }

func recovered() (why any) {
	defer func() { why = recover() }()
	return innermost(nil)
}

func main() {
	tree := grow(12)
	for range 20 {
		grow(10)
		runtime.GC()
	}
	fmt.Println(tree.count(), recovered())
	pc, _, _, ok := runtime.Caller(0)
	fmt.Println(runtime.FuncForPC(pc).Name(), ok)
	innermost(nil)
}
`

// TestStrip: a program works as before: memory is collected, panics are recovered, a trace names its functions.
func TestStrip(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"main.go": program, "go.mod": "module tried\n\ngo 1.26\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", "tried.wasm", ".")
	build.Dir, build.Env = dir, append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := filepath.Join(dir, "tried.wasm")
	before, beforeTrace := run(t, whole)
	if !strings.Contains(beforeTrace, "main.go:25") {
		t.Fatalf("the trace has no line to lose:\n%s", beforeTrace)
	}
	module, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	if err := rewrite(whole); err != nil {
		t.Fatal(err)
	}
	after, trace := run(t, whole)
	if after != before {
		t.Errorf("it prints %q, and printed %q", after, before)
	}
	if !strings.Contains(trace, "main.innermost(") || !strings.Contains(trace, "index out of range [0] with length 0") {
		t.Errorf("the trace does not say what happened where:\n%s", trace)
	}
	slim, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	if name := []byte("runtime/symtab.go"); bytes.Contains(slim, name) || !bytes.Contains(module, name) {
		t.Error("the files' names are not what was taken out")
	}
	if again, err := strip(slim); err != nil || !bytes.Equal(again, slim) {
		t.Errorf("a second time changes it: %v", err)
	}
}

// run runs a module under Node, as Go's own tests do, to its panic.
func run(t *testing.T, module string) (out, trace string) {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec_node.js"), module)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err == nil {
		t.Fatal("the program did not panic")
	}
	return stdout.String(), stderr.String()
}

// TestNoModule: what is no module of Go's is refused, and not written to.
func TestNoModule(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "short": "\x00asm\x01\x00\x00\x00\x0b\x05", "no table": "\x00asm\x01\x00\x00\x00\x0b\x07\x01\x00\x41\x00\x0b\x01x",
		"other data": "\x00asm\x01\x00\x00\x00\x0b\x04\x01\x01\x01x",
	} {
		if _, err := strip([]byte(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
