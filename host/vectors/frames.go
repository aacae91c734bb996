package vectors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The framing between this process and a runner in JavaScript: a count, then each batch as length and
// bytes, all little-endian uint32; back come a status, and outputs in the same form or the text of an
// error. jsbridge/ts/src/frames.ts is the other side.

// maxFrame bounds what a runner may claim to send, in bytes.
const maxFrame = 256 << 20

func writeFrames(w io.Writer, frames [][]byte) error {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(frames)))
	for _, f := range frames {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(f)))
		b = append(b, f...)
	}
	_, err := w.Write(b)
	return err
}

func readAnswer(r io.Reader) ([][]byte, error) {
	status, err := readUint32(r)
	if err != nil {
		return nil, err
	}
	if status != 0 {
		text, err := readFrame(r)
		if err != nil {
			return nil, err
		}
		return nil, errors.New(string(text))
	}
	n, err := readUint32(r)
	if err != nil || n > 1<<20 {
		return nil, fmt.Errorf("the runner answers %d outputs: %w", n, err)
	}
	out := make([][]byte, n)
	for i := range out {
		if out[i], err = readFrame(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readFrame(r io.Reader) ([]byte, error) {
	n, err := readUint32(r)
	if err != nil || n > maxFrame {
		return nil, fmt.Errorf("a frame of %d bytes: %w", n, err)
	}
	b := make([]byte, n)
	_, err = io.ReadFull(r, b)
	return b, err
}

func readUint32(r io.Reader) (uint32, error) {
	var b [4]byte
	_, err := io.ReadFull(r, b[:])
	return binary.LittleEndian.Uint32(b[:]), err
}
