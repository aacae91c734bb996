package gojs

import (
	"fmt"
	"math"

	"github.com/tetratelabs/wazero/api"
)

// frame is the arguments of one import: they stand in memory above Go's stack pointer, in 8-byte slots.
type frame struct {
	mem api.Memory
	sp  uint32
}

func (f frame) u32(at uint32) uint32 {
	v, ok := f.mem.ReadUint32Le(f.sp + at)
	f.check(ok)
	return v
}

func (f frame) u64(at uint32) uint64 {
	v, ok := f.mem.ReadUint64Le(f.sp + at)
	f.check(ok)
	return v
}

func (f frame) setU32(at, v uint32)        { f.check(f.mem.WriteUint32Le(f.sp+at, v)) }
func (f frame) setU64(at uint32, v uint64) { f.check(f.mem.WriteUint64Le(f.sp+at, v)) }

func (f frame) check(ok bool) {
	if !ok {
		panic(fmt.Errorf("gojs: a stack pointer outside memory: %#x", f.sp))
	}
}

func (f frame) string(at uint32) string {
	b, ok := f.mem.Read(uint32(f.u64(at)), uint32(f.u64(at+8)))
	f.check(ok)
	return string(b)
}

// References to JavaScript values are NaN-boxed (src/syscall/js/js.go): a number is itself, anything else
// has nanHead in its upper half with the type's flag, and an id below.
const (
	nanHead      = 0x7FF80000 << 32
	flagObject   = 1 << 32
	flagFunction = 4 << 32
	// anyID is an id beyond the predefined ones; the objects are never looked at again.
	anyID = 16
)

const (
	anyObject   = nanHead | flagObject | anyID
	anyFunction = nanHead | flagFunction | anyID
)

// valueGet answers what os, syscall and syscall/js read at init: which objects there are, and the flags
// of fs.constants, all -1 as wasm_exec.js has them where there is no file system.
func (h *Host) valueGet(f frame) {
	switch name := f.string(16); name {
	case "Object", "Array", "Uint8Array":
		f.setU64(32, anyFunction)
	case "process", "path", "fs", "constants":
		f.setU64(32, anyObject)
	case "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_EXCL", "O_DIRECTORY":
		f.setU64(32, math.Float64bits(-1))
	default:
		panic(fmt.Errorf("gojs: the module asked for the JavaScript property %q, which it must not", name))
	}
}
