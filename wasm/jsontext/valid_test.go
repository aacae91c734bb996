package jsontext

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

var accepted = []string{
	`null`, `true`, `false`, `0`, `-0`, `1`, `-1`, `10`, `0.5`, `-0.0`, `1e5`, `1E+5`, `1e-05`, `0e0`, `123.456e789`,
	`9999999999999999999999999999999999999999`,
	`""`, `"a"`, `"\"\\\/\b\f\n\r\t"`, `"\u0041\uFFFF\u00e9\u0000"`, "\"\x7f\"", `"é€😀"`, "\"\u2028\u2029\"",
	"\"\ufeff\"", "\"\U0010FFFF\"", "\"\ufffd\"",
	`"\ud800"`, `"\udc00"`, `"\ud83d\ude00"`, `"\ude00\ud83d"`, `"\ud800\ud800"`, `"\ud800x"`,
	`"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
	`[]`, `{}`, `[[]]`, `[{}]`, `{"a":{}}`, `{"":0}`, `{"a":1,"a":2}`, `[1,2,3]`, `{"a":[],"b":{},"c":"d"}`,
	" \t\r\n[ \t\r\n] \t\r\n", ` { "a" : 1 , "b" : [ 1 , 2 ] } `, ` 1 `, `[null,true,false,0,"",[],{}]`,
	"[0\n]", `{"a":0}`,
}

var refused = []struct {
	text   string
	at     int
	reason Reason
}{
	{``, 0, UnexpectedEnd}, {` `, 1, UnexpectedEnd}, {"\n\t", 2, UnexpectedEnd},
	{`[`, 1, UnexpectedEnd}, {`{`, 1, UnexpectedEnd}, {`[1`, 2, UnexpectedEnd}, {`[1,`, 3, UnexpectedEnd},
	{`{"a"`, 4, UnexpectedEnd}, {`{"a" `, 5, UnexpectedEnd}, {`{"a":`, 5, UnexpectedEnd}, {`{"a":1`, 6, UnexpectedEnd},
	{`{"a":1,`, 7, UnexpectedEnd},
	{`"`, 1, UnexpectedEnd}, {`"a`, 2, UnexpectedEnd}, {`"\`, 2, UnexpectedEnd}, {`"\u12`, 5, UnexpectedEnd}, {`"\"`, 3, UnexpectedEnd},
	{`-`, 1, UnexpectedEnd}, {`1.`, 2, UnexpectedEnd}, {`1e`, 2, UnexpectedEnd}, {`1e+`, 3, UnexpectedEnd},
	{`t`, 1, UnexpectedEnd}, {`fals`, 4, UnexpectedEnd}, {`nul`, 3, UnexpectedEnd},

	{`]`, 0, UnexpectedCharacter}, {`}`, 0, UnexpectedCharacter}, {`,`, 0, UnexpectedCharacter}, {`:`, 0, UnexpectedCharacter},
	{`[}`, 1, UnexpectedCharacter}, {`{]`, 1, UnexpectedCharacter}, {`[1}`, 2, UnexpectedCharacter}, {`{"a":1]`, 6, UnexpectedCharacter},
	{`[1 2]`, 3, UnexpectedCharacter}, {`[1:2]`, 2, UnexpectedCharacter}, {`[,1]`, 1, UnexpectedCharacter}, {`[1,,2]`, 3, UnexpectedCharacter},
	{`{1:2}`, 1, UnexpectedCharacter}, {`{a:1}`, 1, UnexpectedCharacter}, {`{'a':1}`, 1, UnexpectedCharacter}, {`{"a",1}`, 4, UnexpectedCharacter},
	{`{"a" 1}`, 5, UnexpectedCharacter}, {`{"a":}`, 5, UnexpectedCharacter}, {`{"a":1 "b":2}`, 7, UnexpectedCharacter}, {`{"a":1,1}`, 7, UnexpectedCharacter},
	{`{,}`, 1, UnexpectedCharacter}, {`{null:1}`, 1, UnexpectedCharacter}, {`{"a":1:2}`, 6, UnexpectedCharacter},
	{`True`, 0, UnexpectedCharacter}, {`tRue`, 1, UnexpectedCharacter}, {`nan`, 1, UnexpectedCharacter}, {`NaN`, 0, UnexpectedCharacter},
	{`Infinity`, 0, UnexpectedCharacter}, {`-Infinity`, 1, UnexpectedCharacter}, {`undefined`, 0, UnexpectedCharacter},
	{`+1`, 0, UnexpectedCharacter}, {`.5`, 0, UnexpectedCharacter}, {`-.5`, 1, UnexpectedCharacter}, {`--1`, 1, UnexpectedCharacter},
	{`1.e5`, 2, UnexpectedCharacter}, {`1.x`, 2, UnexpectedCharacter}, {`1ex`, 2, UnexpectedCharacter}, {`1e+x`, 3, UnexpectedCharacter},
	{`[1.2.3]`, 4, UnexpectedCharacter}, {`[0x1]`, 2, UnexpectedCharacter}, {`[1_000]`, 2, UnexpectedCharacter}, {`[1a]`, 2, UnexpectedCharacter},
	{`'a'`, 0, UnexpectedCharacter}, {"`a`", 0, UnexpectedCharacter}, {`// c`, 0, UnexpectedCharacter}, {`[/**/1]`, 1, UnexpectedCharacter},
	{"\x00", 0, UnexpectedCharacter}, {"[1\x00]", 2, UnexpectedCharacter}, {"\f1", 0, UnexpectedCharacter}, {"\v1", 0, UnexpectedCharacter},
	{"\u00a01", 0, UnexpectedCharacter}, {"[\u20281]", 1, UnexpectedCharacter}, {"[\xff]", 1, UnexpectedCharacter}, {"[1\ufeff]", 2, UnexpectedCharacter},
	{"\xff\xfe[\x00]\x00", 0, UnexpectedCharacter}, {"\xef\xbb", 0, UnexpectedCharacter}, {"[truefalse]", 5, UnexpectedCharacter},

	{`01`, 0, LeadingZero}, {`-01`, 1, LeadingZero}, {`00`, 0, LeadingZero}, {`[1,007]`, 3, LeadingZero}, {`-00.5`, 1, LeadingZero},
	{`[1,]`, 3, TrailingComma}, {`[1, ]`, 4, TrailingComma}, {`{"a":1,}`, 7, TrailingComma}, {`[[],]`, 4, TrailingComma},

	{"\"\n\"", 1, ControlCharacter}, {"\"a\tb\"", 2, ControlCharacter}, {"\"\x00\"", 1, ControlCharacter}, {"\"\x1f\"", 1, ControlCharacter},
	{"\"12345678\x0112345678\"", 9, ControlCharacter}, {"\"\r", 1, ControlCharacter}, {"{\"\x00\":1}", 2, ControlCharacter},
	{`"\x"`, 1, InvalidEscape}, {`"\u12G4"`, 1, InvalidEscape}, {`"\U0041"`, 1, InvalidEscape}, {`"ab\'"`, 3, InvalidEscape}, {`"\u12"`, 1, InvalidEscape},
	{"\"\\\n\"", 1, InvalidEscape}, {"\"\\\x00\"", 1, InvalidEscape}, {"\"\\é\"", 1, InvalidEscape}, {`"\u+123"`, 1, InvalidEscape}, {`"\0"`, 1, InvalidEscape},

	{"\"\xff\"", 1, InvalidUTF8}, {"\"\x80\"", 1, InvalidUTF8}, {"\"\xc0\xaf\"", 1, InvalidUTF8}, {"\"\xc1\xbf\"", 1, InvalidUTF8},
	{"\"\xe2\x82\"", 1, InvalidUTF8}, {"\"é\xe9\"", 3, InvalidUTF8}, {"\"\xed\xa0\x80\"", 1, InvalidUTF8}, {"\"\xf4\x90\x80\x80\"", 1, InvalidUTF8},
	{"\"\xe0\x80\xaf\"", 1, InvalidUTF8}, {"\"\xf8\x88\x80\x80\x80\"", 1, InvalidUTF8}, {"\"abcdefgh\xf0\x9f\x98", 9, InvalidUTF8}, {"{\"\xff\":1}", 2, InvalidUTF8},

	{`1 2`, 2, TrailingData}, {`{}{}`, 2, TrailingData}, {`[]]`, 2, TrailingData}, {`"a""b"`, 3, TrailingData}, {`null,`, 4, TrailingData},
	{"1\x00", 1, TrailingData}, {"{}\ufeff", 2, TrailingData}, {`truex`, 4, TrailingData}, {`{}//`, 2, TrailingData}, {`1+`, 1, TrailingData}, {`0x1`, 1, TrailingData},
	{"\ufeff{}", 0, ByteOrderMark}, {"\ufeff", 0, ByteOrderMark}, {"\ufeff\ufeff1", 0, ByteOrderMark},
}

func TestValidAccepts(t *testing.T) {
	for _, text := range accepted {
		if err := Valid([]byte(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if !json.Valid([]byte(text)) {
			t.Errorf("%q: encoding/json disagrees", text)
		}
	}
}

func TestValidRefuses(t *testing.T) {
	for _, c := range refused {
		err := Valid([]byte(c.text))
		if err == nil {
			t.Errorf("%q accepted", c.text)
			continue
		}
		if err.Offset != c.at || err.Reason != c.reason {
			t.Errorf("%q: %v, want %q at %d", c.text, err, c.reason, c.at)
		}
		if json.Valid([]byte(c.text)) && utf8.ValidString(c.text) {
			t.Errorf("%q: encoding/json disagrees", c.text)
		}
	}
}

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
