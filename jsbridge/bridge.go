// Package jsbridge is the boundary between the core and a driver written in another language: two
// exported functions over linear memory, made with go:wasmexport under GOOS=js.
//
// The protocol: call alloc(n) for the address of an intake of n bytes, write one encoded msg.Batch
// there, call step(n), and read the encoded msg.Output at the address and length it packs into one
// 64-bit number. The output lives until the next call. Memory may grow in either call, so its buffer is
// read anew after each. A panic is fatal to the instance, and so is a step that blocks: it returns at once,
// with a result that means nothing. The byte 8 before the address from alloc tells: 1 after a step that came
// to its end, else 0.
package jsbridge

// Stepper is the core: one encoded msg.Batch in, one encoded msg.Output back, in room's memory or its own. The
// answer lives until the next step.
type Stepper interface {
	Step(batch, room []byte) []byte
}
