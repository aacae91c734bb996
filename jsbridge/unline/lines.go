package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Of the runtime's function table (runtime/symtab.go, type pcHeader; runtime/runtime2.go, type _func; Go 1.20 to 1.26).
const (
	wordsAt       = 8  // pcHeader: where its words begin, 8 bytes each
	funcCount     = 0  // pcHeader: the words' numbers
	cuTable       = 4  // which file is whose
	fileTable     = 5  // the files' names
	valueTable    = 6  // the tables of values by program counter
	functionTable = 7  // the functions
	fileAt        = 20 // _func: offsets of its fields
	lineAt        = 24
	pcdataCountAt = 28
	pcdataAt      = 44
	inlineTree    = 2 // internal/abi: PCDATA_InlTreeIndex, which is for traces
	spAt          = 16
)

// magic is how a pcHeader begins: its version (internal/abi, Go120PCLnTabMagic), two zeros, and wasm's instruction and
// pointer sizes.
var magic = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// table is the function table within the memory.
type table struct {
	header, values, functions []byte
	// dropped and kept are the bytes of values that are no longer, or still, referred to.
	dropped, kept []bool
}

// dropLines makes all line tables empty. The runtime takes a table at offset 0 for one that is not there (pcvalue), and
// tells such a place as "?:0" (funcline1).
func dropLines(memory []byte) error {
	t, err := find(memory)
	if err != nil {
		return err
	}
	for i := range int(t.word(funcCount)) {
		at := binary.LittleEndian.Uint32(t.functions[8*i+4:])
		if err := t.dropOf(t.functions[at:]); err != nil {
			return err
		}
	}
	for i, dropped := range t.dropped {
		if dropped && !t.kept[i] {
			t.values[i] = 0
		}
	}
	clear(t.header[t.word(cuTable):t.word(valueTable)])
	return nil
}

func find(memory []byte) (*table, error) {
	at := bytes.Index(memory, magic)
	if at < 0 {
		return nil, errors.New("it has no function table of a version that is known: see whether runtime/symtab.go has changed")
	}
	t := &table{header: memory[at:]}
	values, functions := t.word(valueTable), t.word(functionTable)
	if files := t.word(fileTable); t.word(cuTable) > files || files > values || values > functions || functions > uint64(len(t.header)) {
		return nil, errors.New("its function table is not laid out as expected: see whether runtime/symtab.go has changed")
	}
	t.values, t.functions = t.header[values:functions], t.header[functions:]
	t.dropped, t.kept = make([]bool, len(t.values)), make([]bool, len(t.values))
	return t, nil
}

func (t *table) word(i int) uint64 { return binary.LittleEndian.Uint64(t.header[wordsAt+8*i:]) }

// dropOf empties the tables of one function that are for traces.
func (t *table) dropOf(f []byte) error {
	drop := map[int]bool{fileAt: true, lineAt: true}
	tables := []int{spAt, fileAt, lineAt}
	for i := range int(binary.LittleEndian.Uint32(f[pcdataCountAt:])) {
		tables = append(tables, pcdataAt+4*i)
		drop[pcdataAt+4*i] = i == inlineTree
	}
	for _, at := range tables {
		offset := int(binary.LittleEndian.Uint32(f[at:]))
		if offset == 0 {
			continue
		}
		if offset >= len(t.values) {
			return fmt.Errorf("a function's table is at %d of %d bytes: see whether runtime/runtime2.go has changed", offset, len(t.values))
		}
		marks := t.kept
		if drop[at] {
			marks = t.dropped
			clear(f[at : at+4])
		}
		for i := range length(t.values[offset:]) {
			marks[offset+i] = true
		}
	}
	return nil
}

// length is that of a table of values: pairs of a value's and a program counter's difference, up to a value's of 0 that
// is not the first (runtime/symtab.go, step).
func length(values []byte) int {
	n := 0
	for first := true; n < len(values) && (first || values[n] != 0); first = false {
		n += varint(values[n:])
		n += varint(values[min(n, len(values)):])
	}
	return min(n+1, len(values))
}

func varint(b []byte) int {
	_, n := binary.Uvarint(b)
	return max(n, 1)
}
