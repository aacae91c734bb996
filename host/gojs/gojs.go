// Package gojs is as much of GOOS=js as Headfast's module needs to run under wazero: the imports of a Go
// program built for js/wasm, without any JavaScript.
//
// wazero had a GOOS=js host until 2024; this is not it. It supplies the eight runtime functions and fixed
// answers to what the packages os and syscall ask at init (lib/wasm/wasm_exec.js and
// src/syscall/fs_js.go of the Go that built the module); every other import of syscall/js ends the
// instance, by name, because a core that reaches for JavaScript is broken.
//
// The clock is virtual: it only moves when it is read. Nothing in the core may depend on it; Go's
// runtime paces its garbage collection by it.
package gojs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Module is the name under which Go's linker imports the host's functions.
const Module = "gojs"

// ExitError says that the Go program ended: with a panic the code is 2.
type ExitError struct{ Code int32 }

func (e *ExitError) Error() string { return fmt.Sprintf("the module exited with code %d", e.Code) }

// Host is the state of one running Go program. Make one for each instance.
type Host struct {
	// Stderr receives what the program writes: Go's own report of a panic.
	Stderr io.Writer
	clock  int64
	timers uint32
}

// Define makes the module "gojs" in the runtime. It serves any number of instances: each call finds its
// Host in its context (see With).
func Define(ctx context.Context, rt wazero.Runtime) error {
	b := rt.NewHostModuleBuilder(Module)
	for name, f := range functions {
		b.NewFunctionBuilder().WithGoModuleFunction(wrap(f), []api.ValueType{api.ValueTypeI32}, nil).Export(name)
	}
	for _, name := range forbidden {
		b.NewFunctionBuilder().WithGoModuleFunction(trap(name), []api.ValueType{api.ValueTypeI32}, nil).Export(name)
	}
	_, err := b.Instantiate(ctx)
	return err
}

type key struct{}

// With gives the calls made under ctx their Host.
func With(ctx context.Context, h *Host) context.Context { return context.WithValue(ctx, key{}, h) }

// function is one import: sp is Go's stack pointer, which the arguments stand above.
type function func(h *Host, mem frame)

var functions = map[string]function{
	"runtime.wasmExit":             (*Host).exit,
	"runtime.wasmWrite":            (*Host).write,
	"runtime.resetMemoryDataView":  func(*Host, frame) {},
	"runtime.nanotime1":            (*Host).nanotime,
	"runtime.walltime":             (*Host).walltime,
	"runtime.scheduleTimeoutEvent": (*Host).schedule,
	"runtime.clearTimeoutEvent":    func(*Host, frame) {},
	"runtime.getRandomData":        (*Host).random,
	"syscall/js.finalizeRef":       func(*Host, frame) {},
	"syscall/js.valueGet":          (*Host).valueGet,
}

// forbidden are the other imports that a Go program may have. They are there so that the module links.
var forbidden = []string{
	"syscall/js.stringVal", "syscall/js.valueSet", "syscall/js.valueDelete", "syscall/js.valueIndex",
	"syscall/js.valueSetIndex", "syscall/js.valueCall", "syscall/js.valueInvoke", "syscall/js.valueNew",
	"syscall/js.valueLength", "syscall/js.valuePrepareString", "syscall/js.valueLoadString",
	"syscall/js.valueInstanceOf", "syscall/js.copyBytesToGo", "syscall/js.copyBytesToJS",
}

func wrap(f function) api.GoModuleFunc {
	return func(ctx context.Context, mod api.Module, stack []uint64) {
		h, ok := ctx.Value(key{}).(*Host)
		if !ok {
			panic(errors.New("gojs: a call without its Host"))
		}
		f(h, frame{mod.Memory(), uint32(stack[0])})
	}
}

// trap ends the instance: the panic becomes the error of the call into the module.
func trap(name string) api.GoModuleFunc {
	return func(context.Context, api.Module, []uint64) {
		panic(fmt.Errorf("gojs: the module called %s, which it must not", name))
	}
}

func (h *Host) exit(f frame) { panic(&ExitError{Code: int32(f.u32(8))}) }

func (h *Host) write(f frame) {
	p, n := f.u64(16), f.u32(24)
	if b, ok := f.mem.Read(uint32(p), n); ok && h.Stderr != nil {
		_, _ = h.Stderr.Write(b)
	}
}

// tick is how far the virtual clock moves when it is read, in nanoseconds.
const tick = 1000

func (h *Host) nanotime(f frame) {
	h.clock += tick
	f.setU64(8, uint64(h.clock))
}

func (h *Host) walltime(f frame) {
	h.clock += tick
	f.setU64(8, uint64(h.clock/1e9))
	f.setU32(16, uint32(h.clock%1e9))
}

// schedule takes a request to be woken, and never wakes: only Go's scavenger asks.
func (h *Host) schedule(f frame) {
	h.timers++
	f.setU32(16, h.timers)
}

func (h *Host) random(f frame) {
	b := make([]byte, f.u64(16))
	if _, err := rand.Read(b); err != nil || !f.mem.Write(uint32(f.u64(8)), b) {
		panic(errors.New("gojs: no random data"))
	}
}
