package msg

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"testing"
)

// strange is bytes that no codec here writes. Both codecs refuse them, with the TypeScript codec's code
// in Code, or take them and give Again back. Only is "ts" where Go is more lenient, and why is in Name.
type strange struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Hex   string `json:"hex"`
	Code  string `json:"code"`
	Again string `json:"again"`
	Only  string `json:"only"`
}

func readStrange(t testing.TB) (cases []strange) {
	t.Helper()
	text, err := os.ReadFile("testdata/malformed.json")
	if err == nil {
		err = json.Unmarshal(text, &cases)
	}
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestMalformed(t *testing.T) {
	for _, c := range readStrange(t) {
		if c.Only == "ts" {
			continue
		}
		b, err := unfold(c.Hex)
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		again, err := reencode(c.Type, b)
		if c.Code != "" {
			if err == nil {
				t.Errorf("%s was taken", c.Name)
			}
			continue
		}
		want, _ := unfold(c.Again)
		if err != nil || !bytes.Equal(again, want) {
			t.Errorf("%s: got %s, %v; want %s", c.Name, fold(again), err, c.Again)
		}
	}
}

var errTrailing = errors.New("bytes after the value")

// reencode decodes a value of the named type, checks unions, demands that nothing follows, and encodes.
func reencode(name string, b []byte) ([]byte, error) {
	v := reflect.New(schemaTypes()[name])
	rest, err := v.Interface().(codec).UnmarshalMsg(b)
	if err != nil {
		return nil, err
	}
	if len(rest) > 0 {
		return nil, errTrailing
	}
	if err := checkUnions(v.Elem()); err != nil {
		return nil, err
	}
	return v.Interface().(codec).MarshalMsg(nil)
}

func checkUnions(v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return checkUnions(v.Elem())
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			if err := checkUnions(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		if u, ok := v.Addr().Interface().(interface{ Check() error }); ok {
			if err := u.Check(); err != nil {
				return err
			}
		}
		for i := range v.NumField() {
			if err := checkUnions(v.Field(i)); err != nil {
				return err
			}
		}
	}
	return nil
}
