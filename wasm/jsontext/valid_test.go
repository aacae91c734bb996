package jsontext

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Every proper prefix of a text that must be closed ends unexpectedly, at its end.
func TestValidPrefixes(t *testing.T) {
	text := ` {"a\u00e9é😀":[1,-0.5e+10,true,false,null,{},[]],"b":"\ud83d\ude00\"\\"}`
	for n := range len(text) {
		err := Valid([]byte(text[:n]))
		switch {
		case err == nil:
			t.Errorf("%q accepted", text[:n])
		case !utf8.ValidString(text[:n]):
			if err.Reason != InvalidUTF8 {
				t.Errorf("%q: %v", text[:n], err)
			}
		case err.Reason != UnexpectedEnd || err.Offset != n:
			t.Errorf("%q: %v", text[:n], err)
		}
	}
}

// Each byte that stops the eight-byte scan must stop it at every alignment.
func TestValidAlignment(t *testing.T) {
	for stop := range 256 {
		for before := range 20 {
			for after := range 10 {
				s := `"` + strings.Repeat("a", before) + string([]byte{byte(stop)}) + strings.Repeat("b", after) + `"`
				want := json.Valid([]byte(s)) && utf8.ValidString(s)
				if err := Valid([]byte(s)); (err == nil) != want {
					t.Fatalf("%q: %v, want valid %v", s, err, want)
				}
			}
		}
	}
}

func TestDepth(t *testing.T) {
	nest := func(open, inside, shut string, n int) []byte {
		return []byte(strings.Repeat(open, n) + inside + strings.Repeat(shut, n))
	}
	for _, c := range []struct{ open, inside, shut string }{
		{"[", "", "]"}, {`{"a":`, "1", "}"}, {" [ ", "null", " ] "}, {`[[],{"a":"]"},`, "2", "]"},
	} {
		if err := Valid(nest(c.open, c.inside, c.shut, MaxDepth-1)); err != nil {
			t.Errorf("%s: depth 511: %v", c.open, err)
		}
		if err := Valid(nest(c.open, c.inside, c.shut, MaxDepth+1)); err == nil || err.Reason != TooDeep {
			t.Errorf("%s: depth 513: %v", c.open, err)
		}
	}
	if err := Valid(nest("[", "", "]", MaxDepth)); err != nil {
		t.Errorf("depth 512: %v", err)
	}
	if err := Valid(nest(`{"a":[`, "1", "]}", MaxDepth/2)); err != nil {
		t.Errorf("depth 512, mixed: %v", err)
	}
	if err := Valid([]byte(strings.Repeat("[", 100_000))); err == nil || *err != (Error{512, TooDeep}) {
		t.Errorf("100,000 brackets: %v", err)
	}
	if err := Valid([]byte(strings.Repeat("[],", 100_000) + "1")); err == nil || err.Reason != TrailingData {
		t.Errorf("siblings: %v", err)
	}
	wide := []byte("[" + strings.Repeat("[{}],", 100_000) + "1]")
	if err := Valid(wide); err != nil {
		t.Errorf("wide: %v", err)
	}
}

func TestValidAllocatesNothing(t *testing.T) {
	data := []byte(`{"a":[1,2,{"b":"é\u00e9"}],"c":null}`)
	if n := testing.AllocsPerRun(100, func() {
		if Valid(data) != nil {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestErrorText(t *testing.T) {
	err := Valid([]byte(`{"secret" 1}`))
	if got, want := err.Error(), "JSON: unexpected character at byte 10"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
