package gojs

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
)

// TestImports: the module imports of Go's runtime and syscall/js only, and only what is defined here. A Go
// that imports more must be looked at before it is used.
func TestImports(t *testing.T) {
	wasm, err := os.ReadFile("../headfast.wasm")
	if err != nil {
		t.Fatal(err)
	}
	found := imports(t, wasm)
	if len(found) < 8 {
		t.Fatalf("the module imports only %v", found)
	}
	for _, name := range found {
		from, name, _ := strings.Cut(name, ".")
		if from != Module {
			t.Errorf("an import from %q: %s", from, name)
		}
		if functions[name] == nil && !slices.Contains(forbidden, name) {
			t.Errorf("the module imports %s, which nobody has looked at", name)
		}
	}
	for name := range functions {
		if slices.Contains(forbidden, name) {
			t.Errorf("%s is both defined and forbidden", name)
		}
		if strings.HasPrefix(name, "syscall/js.") && name != "syscall/js.valueGet" && name != "syscall/js.finalizeRef" {
			t.Errorf("%s is defined: the core has no business with JavaScript", name)
		}
	}
}

// imports reads the import section of a module: (module, name, kind 0, type) each.
func imports(t *testing.T, wasm []byte) (names []string) {
	t.Helper()
	number := func(b []byte) (uint64, []byte) {
		n, size := binary.Uvarint(b)
		return n, b[size:]
	}
	text := func(b []byte) (string, []byte) {
		n, b := number(b)
		return string(b[:n]), b[n:]
	}
	for b := wasm[8:]; len(b) > 0; {
		kind := b[0]
		size, rest := number(b[1:])
		section := rest[:size]
		b = rest[size:]
		if kind != 2 {
			continue
		}
		count, section := number(section)
		for range count {
			var from, name string
			from, section = text(section)
			name, section = text(section)
			if section[0] != 0 {
				t.Fatalf("%s.%s is no function", from, name)
			}
			_, section = number(section[1:])
			names = append(names, from+"."+name)
		}
	}
	return names
}

// page is a module that has nothing but one page of memory, which it exports as "m".
var page = []byte("\x00asm\x01\x00\x00\x00" + "\x05\x03\x01\x00\x01" + "\x07\x05\x01\x01m\x02\x00")

func stack(t *testing.T) frame {
	t.Helper()
	rt := wazero.NewRuntimeWithConfig(t.Context(), wazero.NewRuntimeConfigInterpreter())
	t.Cleanup(func() { _ = rt.Close(context.Background()) })
	mod, err := rt.Instantiate(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	return frame{mod.ExportedMemory("m"), 1024}
}

// say puts a string where an import expects one.
func (f frame) say(at uint32, text string) {
	f.mem.WriteString(4096, text)
	f.setU64(at, 4096)
	f.setU64(at+8, uint64(len(text)))
}

// panics gives what f panics with.
func panics(f func()) (what any) {
	defer func() { what = recover() }()
	f()
	return nil
}

func TestValueGet(t *testing.T) {
	f := stack(t)
	h := new(Host)
	known := map[string]uint64{
		"Object": anyFunction, "Array": anyFunction, "Uint8Array": anyFunction, "process": anyObject, "path": anyObject,
		"fs": anyObject, "constants": anyObject,
	}
	for _, flag := range []string{"O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_EXCL", "O_DIRECTORY"} {
		known[flag] = math.Float64bits(-1)
	}
	for name, want := range known {
		f.say(16, name)
		h.valueGet(f)
		if got := f.u64(32); got != want {
			t.Errorf("%s is %#x, not %#x", name, got, want)
		}
	}
	for _, name := range []string{"", "fetch", "object", "Object ", "globalThis", "eval", "O_SYNC"} {
		f.say(16, name)
		err, _ := panics(func() { h.valueGet(f) }).(error)
		if err == nil || !strings.Contains(err.Error(), "JavaScript property") || !strings.Contains(err.Error(), name) {
			t.Errorf("%q is answered: %v", name, err)
		}
	}
}

func TestForbiddenTraps(t *testing.T) {
	for _, name := range forbidden {
		err, _ := panics(func() { trap(name)(t.Context(), nil, nil) }).(error)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRuntime(t *testing.T) {
	f := stack(t)
	var stderr bytes.Buffer
	h := &Host{Stderr: &stderr}
	f.setU64(8, 2)
	f.say(16, "panic: x")
	f.setU32(24, 8)
	h.write(f)
	if stderr.String() != "panic: x" {
		t.Errorf("stderr has %q", stderr.String())
	}
	f.setU32(8, 2)
	var exit *ExitError
	if err, _ := panics(func() { h.exit(f) }).(error); !errors.As(err, &exit) || exit.Code != 2 {
		t.Errorf("exit: %v", err)
	}
	h.nanotime(f)
	first := f.u64(8)
	h.nanotime(f)
	if now := f.u64(8); now <= first {
		t.Errorf("the clock stands: %d, %d", first, now)
	}
	h.schedule(f)
	one := f.u32(16)
	h.schedule(f)
	if two := f.u32(16); one == two {
		t.Errorf("two timers have the number %d", one)
	}
}

func TestRandom(t *testing.T) {
	f := stack(t)
	f.setU64(8, 4096)
	f.setU64(16, 32)
	new(Host).random(f)
	b, _ := f.mem.Read(4096, 33)
	if bytes.Equal(b[:32], make([]byte, 32)) || b[32] != 0 {
		t.Errorf("random data is %x", b)
	}
	f.setU64(8, 1<<16-8)
	if panics(func() { new(Host).random(f) }) == nil {
		t.Error("random data outside memory")
	}
}

// TestStackOutside: a stack pointer outside memory is a trap, not a wild write.
func TestStackOutside(t *testing.T) {
	f := stack(t)
	for _, sp := range []uint32{1 << 16, math.MaxUint32 - 100} {
		f.sp = sp
		for name, call := range functions {
			switch name {
			case "runtime.resetMemoryDataView", "runtime.clearTimeoutEvent", "syscall/js.finalizeRef":
				continue
			}
			if panics(func() { call(new(Host), f) }) == nil {
				t.Errorf("%s takes the stack pointer %#x", name, sp)
			}
		}
	}
}
