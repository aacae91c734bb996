//go:build js && wasm

package jsbridge

import (
	"unsafe"

	"github.com/headfast/headfast/jsbridge/msg"
)

// keep bounds what stays allocated between two steps: a buffer that grew past it is given back.
const keep = 1 << 20

// mark is how many bytes stand before the intake: the first of them is 0 from alloc until step is done, then
// 1. Go's runtime hands control back to the driver when a step blocks, with a result that means nothing; so
// the driver looks here whether the step came to its end.
const mark = 8

var (
	core   Stepper
	room   = make([]byte, mark)
	intake []byte
	// output is memory for answers; answer is the last one, which lives until the next.
	output []byte
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
	if need := mark + int(n); need > cap(room) || cap(room) > keep && need <= keep {
		room = make([]byte, max(need, 64))
	}
	room = room[:mark+int(n)]
	room[0] = 0
	intake = room[mark:]
	return address(room) + mark
}

// step takes the first n bytes of the intake; an n beyond it is malformed input, not a trap.
//
//go:wasmexport step
func step(n uint32) uint64 {
	answer = nil // a large one is garbage before the next is made
	answer = core.Step(intake[:min(int(n), len(intake))], output)
	if c := cap(answer); c > cap(output) && c <= keep {
		output = answer[:0]
	}
	room[0] = 1
	return uint64(address(answer))<<32 | uint64(len(answer))
}

// address is where b's bytes lie in linear memory. The garbage collector does not move them, and room
// and answer keep them alive.
func address(b []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}
