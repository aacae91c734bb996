package main

import (
	"encoding/binary"
	"errors"
)

// tape is what a core was given: to open a session, with nothing to do, and for calls, two batches each.
// In a file each of the three lists is a count and then each batch after its length, as 32-bit numbers,
// little-endian.
type tape struct{ setup, empty, calls [][]byte }

func (t *tape) encode() []byte {
	var out []byte
	for _, list := range [][][]byte{t.setup, t.empty, t.calls} {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(list)))
		for _, batch := range list {
			out = append(binary.LittleEndian.AppendUint32(out, uint32(len(batch))), batch...)
		}
	}
	return out
}

var errTape = errors.New("the tape is torn")

func decode(b []byte) (t tape, err error) {
	for _, list := range []*[][]byte{&t.setup, &t.empty, &t.calls} {
		if *list, b, err = decodeList(b); err != nil {
			return t, err
		}
	}
	return t, nil
}

func decodeList(b []byte) (list [][]byte, rest []byte, err error) {
	count, b, err := number(b)
	for ; err == nil && count > 0; count-- {
		var size int
		if size, b, err = number(b); err == nil && size > len(b) {
			err = errTape
		}
		if err == nil {
			list, b = append(list, b[:size]), b[size:]
		}
	}
	return list, b, err
}

func number(b []byte) (int, []byte, error) {
	if len(b) < 4 {
		return 0, nil, errTape
	}
	return int(binary.LittleEndian.Uint32(b)), b[4:], nil
}
