package msg

import (
	"bytes"
	"testing"
)

func FuzzBatch(f *testing.F)  { fuzzType(f, "Batch", func() codec { return new(Batch) }) }
func FuzzOutput(f *testing.F) { fuzzType(f, "Output", func() codec { return new(Output) }) }

// fuzzType: decoding never panics, and what decodes is encoded to bytes that decode to the same.
func fuzzType(f *testing.F, name string, fresh func() codec) {
	for _, c := range readGolden(f) {
		switch b := c.bytes(f); {
		case c.Type == name:
			f.Add(b)
		case c.Type == "Input": // alone in a Batch
			f.Add(append([]byte("\x81\xa2in\x91"), b...))
		case c.Type == "Effect": // alone in an Output
			f.Add(append([]byte("\x81\xa2fx\x91"), b...))
		}
	}
	for _, c := range readStrange(f) {
		if b, err := unfold(c.Hex); err == nil && c.Type == name {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first := fresh()
		if _, err := first.UnmarshalMsg(data); err != nil {
			return
		}
		once, err := first.MarshalMsg(nil)
		if err != nil {
			t.Fatalf("what was decoded cannot be encoded: %v", err)
		}
		second := fresh()
		rest, err := second.UnmarshalMsg(once)
		if err != nil || len(rest) > 0 {
			t.Fatalf("what was encoded cannot be decoded: %v, %d bytes left", err, len(rest))
		}
		twice, err := second.MarshalMsg(nil)
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v\n%x\n%x", err, once, twice)
		}
	})
}
