package main

import (
	"encoding/binary"
	"fmt"
)

// The parts of an active data segment of memory 0 (section 5.5.14): its kind, and the instructions of its offset.
const (
	activeSegment = 0x00
	i32Const      = 0x41
	end           = 0x0b
)

// readData is the memory as the segments fill it.
func readData(body []byte) ([]byte, error) {
	r := &reader{rest: body}
	var memory []byte
	for n := r.unsigned(); n > 0 && r.err == nil; n-- {
		if kind, op := r.byte(), r.byte(); kind != activeSegment || op != i32Const {
			return nil, fmt.Errorf("its data is not as Go's linker writes it (%#x %#x)", kind, op)
		}
		at := r.unsigned()
		r.byte()
		piece := r.bytes(r.unsigned())
		if need := at + len(piece) - len(memory); need > 0 {
			memory = append(memory, make([]byte, need)...)
		}
		copy(memory[at:], piece)
	}
	return memory, r.err
}

// shortestGap is how many zeros in a row are left out of the data rather than written. A segment's head costs more than
// fewer do once they are compressed: Go's linker writes 90,000 segments, which are 90 kB of brotli.
const shortestGap = 64

// appendData writes the segments that fill memory so.
func appendData(body, memory []byte) []byte {
	var segments []byte
	count := 0
	for at := 0; at < len(memory); {
		start := at + zeros(memory[at:])
		if start == len(memory) {
			break
		}
		at = start
		for at < len(memory) && zeros(memory[at:]) < shortestGap {
			at += max(1, zeros(memory[at:]))
		}
		count++
		segments = appendSegment(segments, start, memory[start:at])
	}
	return append(binary.AppendUvarint(body, uint64(count)), segments...)
}

func appendSegment(b []byte, at int, piece []byte) []byte {
	b = appendSigned(append(b, activeSegment, i32Const), at)
	b = binary.AppendUvarint(append(b, end), uint64(len(piece)))
	return append(b, piece...)
}

// appendSigned writes what is not negative as a signed integer in LEB128 (section 5.2.2).
func appendSigned(b []byte, v int) []byte {
	for v > 0x3f {
		b = append(b, byte(v&0x7f|0x80))
		v >>= 7
	}
	return append(b, byte(v))
}

// zeros is how many zeros memory begins with.
func zeros(memory []byte) int {
	n := 0
	for n < len(memory) && memory[n] == 0 {
		n++
	}
	return n
}
