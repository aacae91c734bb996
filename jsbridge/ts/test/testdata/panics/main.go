//go:build js && wasm

// Command panics has the core's exports; it panics in its third step, and a step of a single 9 blocks. The
// tests of the latch build it.
package main

import "unsafe"

var (
	buf   [64]byte // 8 bytes for the mark, then the intake
	steps int
)

func main() { select {} }

//go:wasmexport alloc
func alloc(uint32) uint32 {
	buf[0] = 0
	return uint32(uintptr(unsafe.Pointer(&buf[8])))
}

//go:wasmexport step
func step(n uint32) uint64 {
	if n == 1 && buf[8] == 9 {
		<-make(chan int)
	}
	steps++
	if steps == 3 {
		panic("three is too many")
	}
	buf[0] = 1
	return uint64(uintptr(unsafe.Pointer(&buf[8])))<<32 | uint64(n)
}
