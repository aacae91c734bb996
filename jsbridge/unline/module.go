package main

import (
	"encoding/binary"
	"errors"
)

// headLength is that of a module's magic number and version (WebAssembly Core Specification 2.0, section 5.5.16).
const headLength = 8

// dataSection is the ID of the section with the memory's first content (section 5.5.2).
const dataSection = 11

// section is one of a module's.
type section struct {
	id   byte
	body []byte
}

var errCut = errors.New("it is no wasm module, or is cut off")

// reader reads what a module is made of; its first failure stays.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) byte() byte {
	if b := r.bytes(1); r.err == nil {
		return b[0]
	}
	return 0
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.rest, r.err = nil, errCut
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// unsigned is an integer in LEB128 (section 5.2.2). A signed one that is not negative reads the same.
func (r *reader) unsigned() int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > 1<<31 {
		r.rest, r.err = nil, errCut
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

func split(module []byte) ([]section, error) {
	r := &reader{rest: module}
	r.bytes(headLength)
	var all []section
	for len(r.rest) > 0 {
		all = append(all, section{r.byte(), r.bytes(r.unsigned())})
	}
	return all, r.err
}

func join(head []byte, sections []section) []byte {
	module := append([]byte(nil), head...)
	for _, s := range sections {
		module = binary.AppendUvarint(append(module, s.id), uint64(len(s.body)))
		module = append(module, s.body...)
	}
	return module
}
