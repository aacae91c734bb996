package jsontext

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

// list writes what Members or Elements yield as one line: offset, key, offset, value.
func list(text string) string {
	var out []string
	Members([]byte(text), func(key string, keyAt int, value []byte, at int) bool {
		out = append(out, strconv.Itoa(keyAt)+key+"="+strconv.Itoa(at)+string(value))
		return true
	})
	Elements([]byte(text), func(value []byte, at int) bool {
		out = append(out, strconv.Itoa(at)+string(value))
		return true
	})
	return strings.Join(out, "|")
}

func TestMembersAndElements(t *testing.T) {
	for text, want := range map[string]string{
		`{}`: "", `[]`: "", ` { } `: "", ` [ ] `: "", `1`: "", `"{}"`: "", `null`: "",
		`{"a":1}`:                         "1a=51",
		"\n{ \"a\" :\t1 , \"b\":[] }\r\n": "3a=91|13b=17[]",
		`{"a":1,"a":2}`:                   "1a=51|7a=112",
		`{"\u0069d":"x"}`:                 `1id=11"x"`,
		`{"":{"":[{}]}}`:                  `1=4{"":[{}]}`,
		`{"a\"}":"]}\\","b":"\\\""}`:      `1a"}=8"]}\\"|15b=19"\\\""`,
		`{"a":[1,{"b":"}"}],"c":-1.5e+3}`: `1a=5[1,{"b":"}"}]|19c=23-1.5e+3`,
		`[1,"a",null,[2,[3]],{"k":[]}]`:   `11|3"a"|7null|12[2,[3]]|20{"k":[]}`,
		"\t[ true , false ]":              "3true|10false",
		`[[],[]]`:                         "1[]|4[]",
		`["😀","é"]`:                       `1"😀"|8"é"`,
	} {
		if err := Valid([]byte(text)); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got := list(text); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestWalkStops(t *testing.T) {
	n := 0
	Members([]byte(`{"a":1,"b":2,"c":3}`), func(string, int, []byte, int) bool { n++; return n < 2 })
	Elements([]byte(`[1,2,3]`), func([]byte, int) bool { n++; return n < 4 })
	if n != 4 {
		t.Errorf("%d calls, want 4", n)
	}
}

// A value must not let its user write over what follows it.
func TestWalkCapsValues(t *testing.T) {
	data := []byte(`{"a":[1],"b":2}`)
	Members(data, func(_ string, _ int, value []byte, _ int) bool {
		_ = append(value, 'X')
		Elements(value, func(v []byte, _ int) bool { _ = append(v, 'Y'); return true })
		return true
	})
	if string(data) != `{"a":[1],"b":2}` {
		t.Errorf("%s", data)
	}
}

// checkWalk compares what is yielded for a valid text with encoding/json, all the
// way down, and checks the offsets.
func checkWalk(t *testing.T, data []byte) {
	t.Helper()
	var members map[string]json.RawMessage
	if json.Unmarshal(data, &members) == nil {
		seen := map[string][]byte{}
		Members(data, func(key string, keyAt int, value []byte, at int) bool {
			checkValue(t, data, value, at)
			end := skipString(data, keyAt)
			if got, ok := Unquote(data[keyAt:end]); !ok || got != key {
				t.Fatalf("%q: key %q at %d", data, key, keyAt)
			}
			seen[key] = value // the last one counts, as in encoding/json
			return true
		})
		if len(seen) != len(members) {
			t.Fatalf("%q: %d keys, want %d", data, len(seen), len(members))
		}
		for key, value := range members {
			if !bytes.Equal(seen[key], value) {
				t.Fatalf("%q: %q is %q, want %q", data, key, seen[key], value)
			}
		}
	}
	var elements []json.RawMessage
	if json.Unmarshal(data, &elements) == nil {
		n := 0
		Elements(data, func(value []byte, at int) bool {
			checkValue(t, data, value, at)
			if n == len(elements) || !bytes.Equal(value, elements[n]) {
				t.Fatalf("%q: element %d is %q", data, n, value)
			}
			n++
			return true
		})
		if n != len(elements) {
			t.Fatalf("%q: %d elements, want %d", data, n, len(elements))
		}
	}
}

func checkValue(t *testing.T, data, value []byte, at int) {
	t.Helper()
	if !bytes.Equal(data[at:at+len(value)], value) || Valid(value) != nil {
		t.Fatalf("%q: value %q at %d", data, value, at)
	}
	checkWalk(t, value)
}

func TestWalkAgainstEncodingJSON(t *testing.T) {
	for _, text := range accepted(t) {
		checkWalk(t, []byte(text))
	}
}
