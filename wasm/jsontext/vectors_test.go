package jsontext

import (
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// lines are those of a file in testdata/vectors that are neither empty nor a comment.
func lines(t *testing.T, file string) (all []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/vectors/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(text), "\n") {
		if line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// literal joins Go string literals; 3*"ab" is "ababab".
func literal(t *testing.T, line string) []byte {
	t.Helper()
	var text strings.Builder
	for rest := line; rest != ""; {
		times := 1
		if count, behind, found := strings.Cut(rest, "*"); found {
			if n, err := strconv.Atoi(count); err == nil {
				times, rest = n, behind
			}
		}
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			t.Fatalf("%.80s: %v", line, err)
		}
		one, _ := strconv.Unquote(quoted)
		text.WriteString(strings.Repeat(one, times))
		rest = strings.TrimLeft(rest[len(quoted):], " ")
	}
	return []byte(text.String())
}

// accepted are the texts of accept.txt.
func accepted(t *testing.T) (all []string) {
	for _, line := range lines(t, "accept.txt") {
		all = append(all, string(literal(t, line)))
	}
	return all
}

type refusal struct {
	text string
	want Error
}

// refused are the texts of reject.txt.
func refused(t *testing.T) (all []refusal) {
	for _, line := range lines(t, "reject.txt") {
		want, text, found := strings.Cut(line, ": ")
		offset, reason, also := strings.Cut(want, " ")
		at, err := strconv.Atoi(offset)
		if !found || !also || err != nil {
			t.Fatalf("%.80s", line)
		}
		all = append(all, refusal{string(literal(t, text)), Error{at, Reason(reason)}})
	}
	return all
}

func TestValidAccepts(t *testing.T) {
	all := accepted(t)
	for _, text := range all {
		if err := Valid([]byte(text)); err != nil {
			t.Errorf("%.80q: %v", text, err)
		}
		if !json.Valid([]byte(text)) {
			t.Errorf("%.80q: encoding/json disagrees", text)
		}
		for _, more := range []string{"]", "}", ",", ":", "x", "\x00", `""`, "[", "1x", "//"} {
			if err := Valid([]byte(text + more)); err == nil {
				t.Errorf("%.80q and then %s: accepted", text, more)
			}
		}
	}
	if len(all) < 100 {
		t.Errorf("%d texts", len(all))
	}
}

func TestValidRefuses(t *testing.T) {
	all := refused(t)
	reasons := map[Reason]int{}
	for _, c := range all {
		err := Valid([]byte(c.text))
		if err == nil || *err != c.want {
			t.Errorf("%.80q: %v, want %q at %d", c.text, err, c.want.Reason, c.want.Offset)
		}
		std := json.Valid([]byte(c.text)) && utf8.ValidString(c.text)
		if std && c.want.Reason != TooDeep {
			t.Errorf("%.80q: encoding/json disagrees", c.text)
		}
		reasons[c.want.Reason]++
	}
	if len(all) < 200 || len(reasons) != 10 {
		t.Errorf("%d texts; reasons %v", len(all), reasons)
	}
}

// TestPrefixesOfAccepted: each proper prefix of a text that a bracket or quote closes ends too early, and where
// the cut does not go through a character the fault is at its end.
func TestPrefixesOfAccepted(t *testing.T) {
	for _, text := range accepted(t) {
		text = strings.TrimRight(text, " \t\r\n")
		if len(text) > 2000 || !strings.ContainsAny(text[len(text)-1:], `]}"`) {
			continue
		}
		for n := range len(text) {
			cut := []byte(text[:n])
			err := Valid(cut)
			if err == nil {
				t.Fatalf("%q accepted", cut)
			}
			if utf8.Valid(cut) && (err.Reason != UnexpectedEnd || err.Offset != n) {
				t.Fatalf("%q: %v", cut, err)
			}
		}
	}
}

// TestFaultyReadersAreFound: each of these readers is too lax or too strict, and a vector shows it.
func TestFaultyReadersAreFound(t *testing.T) {
	instead := func(old, new string) func([]byte) bool {
		return func(text []byte) bool { return Valid(bytes.ReplaceAll(text, []byte(old), []byte(new))) == nil }
	}
	for name, read := range map[string]func([]byte) bool{
		"as encoding/json":           json.Valid,
		"takes a comma at the end":   instead(",]", "]"),
		"takes comments":             instead("/**/", ""),
		"takes NaN":                  instead("NaN", "0"),
		"takes a leading plus":       instead("+1", "1"),
		"takes leading zeros":        instead("00", "0"),
		"takes bare names":           instead("{k", `{"k"`),
		"takes single quotes":        instead("'", `"`),
		"takes a byte order mark":    func(b []byte) bool { return Valid(bytes.TrimPrefix(b, []byte("\ufeff"))) == nil },
		"takes invalid UTF-8":        func(b []byte) bool { return Valid(bytes.ToValidUTF8(b, []byte("?"))) == nil },
		"takes control characters":   instead("\x1f", " "),
		"takes a tab in a string":    instead("\t", " "),
		"takes \\'":                  instead(`\'`, `'`),
		"takes \\x":                  instead(`\x41`, `A`),
		"takes U+00A0 for space":     instead("\u00a0", " "),
		"takes a form feed":          instead("\f", " "),
		"takes an empty text":        func(b []byte) bool { return len(b) == 0 || Valid(b) == nil },
		"takes one value of many":    func(b []byte) bool { var v any; return json.NewDecoder(bytes.NewReader(b)).Decode(&v) == nil },
		"refuses lone surrogates":    func(b []byte) bool { return Valid(b) == nil && !bytes.Contains(b, []byte(`\ud800"`)) },
		"refuses equal names":        func(b []byte) bool { return Valid(b) == nil && string(b) != `{"k":1,"k":1}` },
		"refuses large numbers":      func(b []byte) bool { return Valid(b) == nil && json.Unmarshal(b, new(any)) == nil },
		"refuses an outer scalar":    func(b []byte) bool { return Valid(b) == nil && bytes.ContainsAny(b, "[{") },
		"is too deep one level less": func(b []byte) bool { return Valid(append(append([]byte("["), b...), ']')) == nil },
		"is too deep one level more": func(b []byte) bool {
			return Valid(b) == nil || string(b) == strings.Repeat("[", 513)+strings.Repeat("]", 513)
		},
	} {
		found := false
		for _, text := range accepted(t) {
			found = found || !read([]byte(text))
		}
		for _, c := range refused(t) {
			found = found || read([]byte(c.text))
		}
		if !found {
			t.Errorf("no vector finds a reader that %s", name)
		}
	}
}
