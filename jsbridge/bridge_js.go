//go:build js && wasm

package jsbridge

import (
	"unsafe"

	"github.com/headfast/headfast/jsbridge/msg"
)

// keep bounds what stays allocated between two steps: a buffer that grew past it is given back.
const keep = 1 << 20

var (
	core   Stepper
	intake []byte
	answer []byte
)

// Serve hands the instance over to its driver and never returns; the exports work from here on.
func Serve(s Stepper) {
	core = s
	select {}
}

// alloc answers 0 for more than msg.MaxBatch: nothing is reserved and the next step finds no input.
//
//go:wasmexport alloc
func alloc(n uint32) uint32 {
	if n > msg.MaxBatch {
		intake = nil
		return 0
	}
	if int(n) > cap(intake) || cap(intake) > keep && int(n) <= keep {
		intake = make([]byte, n, max(int(n), 64))
	}
	intake = intake[:n]
	return address(intake)
}

// step takes the first n bytes of the intake; an n beyond it is malformed input, not a trap.
//
//go:wasmexport step
func step(n uint32) uint64 {
	if cap(answer) > keep {
		answer = nil
	}
	answer = core.Step(intake[:min(int(n), len(intake))], answer[:0])
	return uint64(address(answer))<<32 | uint64(len(answer))
}

// address is where b's bytes lie in linear memory. The garbage collector does not move them, and intake
// and answer keep them alive.
func address(b []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}
