package msg

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/tinylib/msgp/msgp"
)

const goldenFile = "testdata/golden.json"

var update = flag.Bool("update", false, "write "+goldenFile)

// golden is one value and the bytes that both codecs write for it.
type golden struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value any    `json:"value"`
	Hex   string `json:"hex"`
}

type codec interface {
	msgp.Marshaler
	msgp.Unmarshaler
}

func goldenCases(t testing.TB) []golden {
	t.Helper()
	var cases []golden
	add := func(name string, v any) {
		t.Helper()
		b, err := v.(codec).MarshalMsg(nil)
		if err != nil {
			t.Fatal(err)
		}
		rv := reflect.ValueOf(v).Elem()
		cases = append(cases, golden{name, rv.Type().Name(), asJSON(rv), fold(b)})
	}
	addEveryType(add)
	addNumbers(add)
	addSizes(add)
	return cases
}

// addEveryType covers every type and every field, empty and filled, and every member of a union.
func addEveryType(add func(string, any)) {
	types := schemaTypes()
	for _, name := range sortedNames(types) {
		if t := types[name]; isUnion(t) {
			for i := range t.NumField() {
				v := reflect.New(t)
				new(filler).fill(v.Elem().Field(i))
				add("member "+t.Field(i).Name, v.Interface())
			}
			continue
		}
		add("zero", reflect.New(types[name]).Interface())
		v := reflect.New(types[name])
		new(filler).fill(v.Elem())
		add("filled", v.Interface())
	}
}

// addNumbers has the first and the last number of every width.
func addNumbers(add func(string, any)) {
	for _, n := range []uint32{
		0, 1, 127, 128, math.MaxUint8, math.MaxUint8 + 1,
		math.MaxInt16, math.MaxInt16 + 1, math.MaxUint16, math.MaxUint16 + 1, math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32,
	} {
		add("uint32", &Abort{ID: n})
	}
	for _, n := range []int64{
		1, 127, 128, 255, 256, math.MaxInt16, math.MaxInt16 + 1, math.MaxUint16, math.MaxUint16 + 1,
		math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32, math.MaxUint32 + 1, 1<<53 - 1,
		-1, -32, -33, math.MinInt8, math.MinInt8 - 1, math.MinInt16, math.MinInt16 - 1,
		math.MinInt32, math.MinInt32 - 1, -math.MaxUint32 - 1, -(1<<53 - 1),
	} {
		add("int64", &Batch{Now: n, Wall: -n})
	}
}

// addSizes has the first and the last size of every header, and text that is not ASCII.
func addSizes(add func(string, any)) {
	for _, n := range []int{0, 1, 31, 32, 47, 48, 49, 255, 256, 65535, 65536} {
		add("string size", &Cancel{Reason: strings.Repeat("a", n)})
	}
	for _, n := range []int{0, 1, 31, 255, 256, 300, 65535, 65536} {
		add("binary size", &Body{Data: bytes.Repeat([]byte{0xc1}, n)})
	}
	for _, n := range []int{0, 1, 15, 16, 17, 300} {
		add("array size", &Head{Headers: make([]Header, n)})
	}
	for _, s := range []string{
		"é", "\u0000", "\ufeffBOM", "日本語", "😀", strings.Repeat("é", 15), strings.Repeat("é", 16), strings.Repeat("😀", 7) + "abc",
		strings.Repeat("😀", 8), strings.Repeat("a", 30) + "é", strings.Repeat("日", 85), strings.Repeat("日", 86),
	} {
		add("text", &Cancel{Reason: s})
	}
}

func TestGolden(t *testing.T) {
	want := indented(goldenCases(t))
	if *update {
		if err := os.WriteFile(goldenFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Fatalf("%s is stale: run go test ./jsbridge/msg -run TestGolden -update", goldenFile)
	}
}

func TestGoldenRoundTrip(t *testing.T) {
	for _, c := range readGolden(t) {
		b := c.bytes(t)
		again, err := reencode(c.Type, b)
		if err != nil {
			t.Errorf("%s %s: %v", c.Type, c.Name, err)
		} else if !bytes.Equal(again, b) {
			t.Errorf("%s %s: got %s, want %s", c.Type, c.Name, fold(again), c.Hex)
		}
	}
}

func TestTruncatedAnywhere(t *testing.T) {
	for _, c := range readGolden(t) {
		b := c.bytes(t)
		if len(b) > 4096 {
			continue
		}
		for n := range b {
			if _, err := reencode(c.Type, b[:n:n]); err == nil {
				t.Errorf("%s %s: %d bytes of %d were taken", c.Type, c.Name, n, len(b))
			}
		}
	}
}

func readGolden(t testing.TB) (cases []golden) {
	t.Helper()
	text, err := os.ReadFile(goldenFile)
	if err == nil {
		err = json.Unmarshal(text, &cases)
	}
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func (c golden) bytes(t testing.TB) []byte {
	t.Helper()
	b, err := unfold(c.Hex)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
