package jsontext

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// deepest counts brackets outside strings in a text that encoding/json accepts.
func deepest(data []byte) (most int) {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '[' || c == '{'):
			depth++
			most = max(most, depth)
		case !quoted && (c == ']' || c == '}'):
			depth--
		}
	}
	return most
}

// FuzzValid: Valid and encoding/json.Valid differ on texts that are not UTF-8 or
// nest too deep, and on nothing else. The walkers, Position and Unquote keep their
// promises on every valid text and do not panic on any other.
func FuzzValid(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		err := Valid(data)
		std := json.Valid(data)
		switch {
		case std && utf8.Valid(data) && deepest(data) <= MaxDepth:
			if err != nil {
				t.Fatalf("%q: %v", data, err)
			}
			checkWalk(t, data)
			checkString(t, data)
		case err == nil:
			t.Fatalf("%q accepted", data)
		case std && utf8.Valid(data) && err.Reason != TooDeep:
			t.Fatalf("%q: %v, want too deep", data, err)
		default:
			checkFault(t, data, err)
			Members(data, func(string, int, []byte, int) bool { return true })
			Elements(data, func([]byte, int) bool { return true })
		}
		if raw := AppendString(nil, string(data)); Valid(raw) != nil {
			t.Fatalf("%q: %q", data, raw)
		}
		if !bytes.Equal(before, data) {
			t.Fatal("the input was changed")
		}
	})
}

// checkFault: what stands before the fault is a prefix of some valid text, as far
// as a shorter text may not have a fault before its own end.
func checkFault(t *testing.T, data []byte, err *Error) {
	t.Helper()
	if err.Offset < 0 || err.Offset > len(data) {
		t.Fatalf("%q: %v", data, err)
	}
	if (err.Reason == UnexpectedEnd) != (err.Offset == len(data)) {
		t.Fatalf("%q: %v", data, err)
	}
	if cut := Valid(data[:err.Offset]); cut != nil && cut.Offset < err.Offset {
		t.Fatalf("%q: %v, yet its prefix: %v", data, err, cut)
	}
	if line, column := Position(data, err.Offset); line < 1 || column < 1 {
		t.Fatalf("%q: %d:%d", data, line, column)
	}
}

func checkString(t *testing.T, data []byte) {
	t.Helper()
	var want string
	raw := bytes.Trim(data, " \t\r\n")
	got, ok := Unquote(raw)
	if ok != (raw[0] == '"') {
		t.Fatalf("%q: Unquote says %v", data, ok)
	}
	if !ok {
		return
	}
	if err := json.Unmarshal(raw, &want); err != nil || got != want {
		t.Fatalf("%q: %q, want %q (%v)", data, got, want, err)
	}
}
