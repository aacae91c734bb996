package msg

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"
)

// Msgp's parser reads this directory, tests too, and takes exported types for the schema's: keep the
// types of tests unexported and the package msg.

// schemaTypes are all types reachable from the two roots, by name.
func schemaTypes() map[string]reflect.Type {
	found := make(map[string]reflect.Type)
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(t.Elem())
		case reflect.Struct:
			if found[t.Name()] == nil {
				found[t.Name()] = t
				for i := range t.NumField() {
					visit(t.Field(i).Type)
				}
			}
		}
	}
	visit(reflect.TypeFor[Batch]())
	visit(reflect.TypeFor[Output]())
	return found
}

func sortedNames(types map[string]reflect.Type) []string {
	var names []string
	for name := range types {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func isUnion(t reflect.Type) bool {
	for i := range t.NumField() {
		if t.Field(i).Type.Kind() != reflect.Pointer {
			return false
		}
	}
	return true
}

// filler gives every field a value of its own, so that two fields that change places show.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint32:
		v.SetUint(uint64(f.n))
	case reflect.Int64:
		v.SetInt(int64(-f.n))
	case reflect.String:
		v.SetString(fmt.Sprintf("s%d", f.n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	case reflect.Slice:
		f.fillSlice(v)
	case reflect.Struct:
		f.fillStruct(v)
	}
}

func (f *filler) fillSlice(v reflect.Value) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		v.SetBytes([]byte{byte(f.n), 0, 0xff})
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 2, 2))
	for i := range v.Len() {
		f.fill(v.Index(i))
	}
}

func (f *filler) fillStruct(v reflect.Value) {
	if isUnion(v.Type()) {
		f.fill(v.Field(f.n % v.NumField()))
		return
	}
	for i := range v.NumField() {
		f.fill(v.Field(i))
	}
}

// asJSON is a value as the golden file has it: Go's field names; bytes as {"hex"}; what repeats one
// character or byte as {"repeat","times"} or {"hex","times"}; a nil pointer left out.
func asJSON(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return asJSON(v.Elem())
	case reflect.Struct:
		return structAsJSON(v)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return bytesAsJSON(v.Bytes())
		}
		list := []any{}
		for i := range v.Len() {
			list = append(list, asJSON(v.Index(i)))
		}
		return list
	case reflect.String:
		if s := v.String(); len(s) > 64 && s == strings.Repeat(s[:1], len(s)) {
			return map[string]any{"repeat": s[:1], "times": len(s)}
		}
	}
	return v.Interface()
}

func structAsJSON(v reflect.Value) any {
	fields := make(map[string]any)
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() != reflect.Pointer || !f.IsNil() {
			fields[v.Type().Field(i).Name] = asJSON(f)
		}
	}
	return fields
}

func bytesAsJSON(b []byte) any {
	if len(b) > 64 && string(b) == strings.Repeat(string(b[:1]), len(b)) {
		return map[string]any{"hex": hex.EncodeToString(b[:1]), "times": len(b)}
	}
	return map[string]any{"hex": hex.EncodeToString(b)}
}

// fold writes hexadecimal with long runs of one byte as (xx*n).
func fold(b []byte) string {
	var out strings.Builder
	for i := 0; i < len(b); {
		n := 1
		for i+n < len(b) && b[i+n] == b[i] {
			n++
		}
		if n > 16 {
			fmt.Fprintf(&out, "(%02x*%d)", b[i], n)
		} else {
			out.WriteString(strings.Repeat(fmt.Sprintf("%02x", b[i]), n))
		}
		i += n
	}
	return out.String()
}

// unfold is the inverse of fold.
func unfold(s string) ([]byte, error) {
	var out []byte
	for s != "" {
		if s[0] != '(' {
			plain, rest := s, ""
			if i := strings.IndexByte(s, '('); i >= 0 {
				plain, rest = s[:i], s[i:]
			}
			b, err := hex.DecodeString(plain)
			if err != nil {
				return nil, err
			}
			out, s = append(out, b...), rest
			continue
		}
		var b byte
		var n int
		if _, err := fmt.Sscanf(s, "(%02x*%d)", &b, &n); err != nil {
			return nil, err
		}
		out = append(out, strings.Repeat(string([]byte{b}), n)...)
		s = s[strings.IndexByte(s, ')')+1:]
	}
	return out, nil
}

func indented(v any) []byte {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err)
	}
	return append(text, '\n')
}
