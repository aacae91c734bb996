package jsontext

import (
	"encoding/json"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppendString(t *testing.T) {
	for in, want := range map[string]string{
		"":                         `""`,
		"plain":                    `"plain"`,
		"a\"b\\c/d":                `"a\"b\\c/d"`,
		"\b\f\n\r\t":               `"\b\f\n\r\t"`,
		"\x00\x01\x1f\x7f":         `"\u0000\u0001\u001f` + "\x7f\"",
		"é€😀\ufeff":                "\"é€😀\ufeff\"",
		"\u2027\u2028\u2029\u2030": "\"\u2027\\u2028\\u2029\u2030\"",
		"a\xffb\xe2\x82c":          "\"a\ufffdb\ufffd\ufffdc\"",
		"\ufffd":                   "\"\ufffd\"",
		"\xed\xa0\x80":             "\"\ufffd\ufffd\ufffd\"",
		"<&>":                      `"<&>"`,
	} {
		if got := string(AppendString([]byte("x"), in)); got != "x"+want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func TestUnquote(t *testing.T) {
	for in, want := range map[string]string{
		`""`: "", `"a"`: "a", `"\"\\\/\b\f\n\r\t"`: "\"\\/\b\f\n\r\t", `"\u0041\u00E9\u20ac"`: "Aé€", `"\u0000"`: "\x00",
		`"\ud83d,ude00"`: "\ufffd,ude00", `"\ud83d"`: "\ufffd",
		`"\ud83d\ude00"`: "😀", `"x\uD83D\uDE00y"`: "x😀y", `"\udbff\udfff"`: "\U0010FFFF",
		`"\ude00"`: "\ufffd", `"\ude00\ud83d"`: "\ufffd\ufffd", `"\ud83dx"`: "\ufffdx", `"\ud83d\n"`: "\ufffd\n",
		`"\ud83d\ud83d\ude00"`: "\ufffd😀", `"\ud83d\u0041"`: "\ufffdA", `"é\u00e9😀"`: "éé😀", `"\ud83d😀"`: "\ufffd😀",
		`"\\ud83d"`: `\ud83d`, `"\\\\"`: `\\`,
	} {
		got, ok := Unquote([]byte(in))
		if !ok || got != want {
			t.Errorf("%s: %q %v, want %q", in, got, ok, want)
		}
		var std string
		if err := json.Unmarshal([]byte(in), &std); err != nil || std != got {
			t.Errorf("%s: %q, encoding/json %q %v", in, got, std, err)
		}
	}
	for _, in := range []string{
		``, `"`, `a`, `a"`, `"a`, `"a"b"`, `"a" `, ` "a"`, `"\"`, `"\x"`, `"\u12"`, "\"\n\"", "\"\xff\"", `1`, `null`, `'a'`, `"a"x`,
	} {
		if got, ok := Unquote([]byte(in)); ok || got != "" {
			t.Errorf("%q: %q accepted", in, got)
		}
	}
}

// Whatever AppendString writes is valid and reads back as encoding/json reads it.
func TestStringRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	pieces := []string{"a", "\"", "\\", "\n", "\x00", "é", "\u2028", "😀", "\xff", "\xe2\x82", "\ud7ff", "12345678", "/", "\x7f"}
	for range 20_000 {
		var s strings.Builder
		for range r.Intn(12) {
			s.WriteString(pieces[r.Intn(len(pieces))])
		}
		raw := AppendString(nil, s.String())
		if err := Valid(raw); err != nil {
			t.Fatalf("%q: %s: %v", s.String(), raw, err)
		}
		var std string
		if err := json.Unmarshal(raw, &std); err != nil {
			t.Fatal(err)
		}
		got, ok := Unquote(raw)
		if !ok || got != std || got != string([]rune(s.String())) {
			t.Fatalf("%q: %s: %q, encoding/json %q", s.String(), raw, got, std)
		}
		if strings.ContainsAny(string(raw), "\u2028\u2029\n") || !utf8.Valid(raw) {
			t.Fatalf("%q: %q", s.String(), raw)
		}
	}
}

func TestUnquotePlainAllocatesOnce(t *testing.T) {
	raw := []byte(`"a string that is longer than thirty-two bytes"`)
	if n := testing.AllocsPerRun(100, func() { Unquote(raw) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}
