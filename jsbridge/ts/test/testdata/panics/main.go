//go:build js && wasm

// Command panics has the core's exports and panics in its third step. The test of the latch builds it.
package main

import "unsafe"

var (
	buf   [64]byte
	steps int
)

func main() { select {} }

//go:wasmexport alloc
func alloc(uint32) uint32 { return uint32(uintptr(unsafe.Pointer(&buf))) }

//go:wasmexport step
func step(n uint32) uint64 {
	steps++
	if steps == 3 {
		panic("three is too many")
	}
	return uint64(uintptr(unsafe.Pointer(&buf)))<<32 | uint64(n)
}
