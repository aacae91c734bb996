package jsontext

import (
	"encoding/json"
	"fmt"
	"regexp"
	"testing"
	"unicode/utf16"
)

// words calls yield for every sequence of 0 to most of the parts.
func words(parts []string, most int, yield func(word string)) {
	var grow func(word string, left int)
	grow = func(word string, left int) {
		yield(word)
		if left > 0 {
			for _, part := range parts {
				grow(word+part, left-1)
			}
		}
	}
	grow("", most)
}

// TestEveryNumber: all texts of up to six of the bytes that a number is made of, against the grammar of RFC 8259,
// section 6, as one regular expression.
func TestEveryNumber(t *testing.T) {
	number := regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	words([]string{"-", "+", ".", "e", "E", "0", "7"}, 6, func(word string) {
		if err := Valid([]byte(word)); (err == nil) != number.MatchString(word) {
			t.Fatalf("%q: %v", word, err)
		}
	})
}

// TestEveryStructure: all texts of up to six tokens, against encoding/json.
func TestEveryStructure(t *testing.T) {
	words([]string{"[", "]", "{", "}", ",", ":", `"k"`, "1"}, 6, func(word string) {
		if err := Valid([]byte(word)); (err == nil) != json.Valid([]byte(word)) {
			t.Fatalf("%q: %v", word, err)
		}
	})
}

// TestEveryByteBetweenTokens: of all bytes only the four of RFC 8259, section 2, are white space.
func TestEveryByteBetweenTokens(t *testing.T) {
	for _, parts := range [][]string{{"", "1"}, {"1", ""}, {"[", "]"}, {"[1", ",2]"}, {"[1,", "2]"}, {`{"k"`, ":1}"}, {`{"k":`, "1}"}, {"{", "}"}, {`{"k":1`, "}"}} {
		for c := range 256 {
			text := parts[0] + string([]byte{byte(c)}) + parts[1]
			space := c == ' ' || c == '\t' || c == '\n' || c == '\r'
			if !space && json.Valid([]byte(text)) {
				continue // a digit beside a digit
			}
			if err := Valid([]byte(text)); (err == nil) != space {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}

// TestEveryEscape: of all bytes after a backslash eight make an escape by themselves, and u with four hexadecimal
// digits; each decodes as RFC 8259, section 7, says.
func TestEveryEscape(t *testing.T) {
	short := map[byte]string{'"': "\"", '\\': "\\", '/': "/", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t"}
	for c := range 256 {
		text := []byte{'"', '\\', byte(c), '"'}
		got, ok := Unquote(text)
		if want, is := short[byte(c)]; ok != is || got != want || (Valid(text) == nil) != is {
			t.Errorf("%q: %q %v", text, got, ok)
		}
	}
	for unit := range rune(0x10000) {
		want := string(unit) // U+FFFD for half a pair
		for _, form := range []string{`"\u%04x"`, `"\u%04X"`} {
			text := fmt.Appendf(nil, form, unit)
			if got, ok := Unquote(text); !ok || got != want || Valid(text) != nil {
				t.Fatalf("%s: %q %v", text, got, ok)
			}
		}
	}
	for place := range 4 {
		for c := range 256 {
			text := []byte(`"\u0041"`)
			text[3+place] = byte(c)
			hex := c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
			if (Valid(text) == nil) != hex {
				t.Errorf("%q: %v", text, !hex)
			}
		}
	}
}

// TestEveryPair: two escapes are one character where they are a high and a low half, in this order.
func TestEveryPair(t *testing.T) {
	edges := []rune{0, 0x41, 0xD7FF, 0xD800, 0xD801, 0xDBFE, 0xDBFF, 0xDC00, 0xDC01, 0xDFFE, 0xDFFF, 0xE000, 0xFFFF}
	for _, a := range edges {
		for _, b := range edges {
			text := fmt.Appendf(nil, `"\u%04x\u%04X"`, a, b)
			want := string(utf16.Decode([]uint16{uint16(a), uint16(b)}))
			if got, ok := Unquote(text); !ok || got != want {
				t.Errorf("%s: %q, want %q", text, got, want)
			}
		}
	}
}

// wellFormed is table 3-7 of the Unicode standard (RFC 3629, section 4) for one character outside ASCII.
var wellFormed = regexp.MustCompile(`^(c[2-9a-f]|d.)(8|9|a|b).$|^e0[ab].[89ab].$|^(e[1-9a-cef])[89ab].[89ab].$|^ed[89].[89ab].$|` +
	`^f0[9ab].[89ab].[89ab].$|^f[123][89ab].[89ab].[89ab].$|^f48.[89ab].[89ab].$`)

// TestEveryCharacter: all texts of one or two bytes from 0x80, and those of three and four bytes at the edges of
// every range.
func TestEveryCharacter(t *testing.T) {
	check := func(char ...byte) {
		text := append(append([]byte{'"'}, char...), '"')
		want := wellFormed.MatchString(fmt.Sprintf("%x", char))
		err := Valid(text)
		if (err == nil) != want || err != nil && *err != (Error{1, InvalidUTF8}) {
			t.Fatalf("%x: %v", char, err)
		}
	}
	follow := []byte{0x80, 0x81, 0x8F, 0x90, 0x91, 0x9F, 0xA0, 0xA1, 0xBE, 0xBF}
	other := []byte{0x41, 0x7F, 0xC0, 0xC2, 0xE1, 0xFF}
	for a := 0x80; a < 0x100; a++ {
		check(byte(a))
		for b := 0x80; b < 0xC0; b++ {
			check(byte(a), byte(b))
		}
		if a < 0xE0 {
			continue // what stands behind two bytes is another character
		}
		for _, b := range append(follow, other...) {
			for _, c := range append(follow, other...) {
				check(byte(a), b, c)
				for _, d := range append(follow, other...) {
					if a >= 0xF0 {
						check(byte(a), b, c, d)
					}
				}
			}
		}
	}
}
