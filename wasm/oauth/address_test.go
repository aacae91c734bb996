package oauth

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// corpus are the lines of a file that are not empty and no comment.
func corpus(t testing.TB, name string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

// literal reads a text that may be written as Go does.
func literal(t testing.TB, text string) string {
	t.Helper()
	if text == "" || text[0] != '"' {
		return text
	}
	s, err := strconv.Unquote(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return s
}

func TestSafeURL(t *testing.T) {
	lines := corpus(t, "testdata/urls.txt")
	for _, line := range lines {
		parts := strings.Split(line, " | ")
		if len(parts) != 3 {
			t.Fatalf("%q has %d parts", line, len(parts))
		}
		text := literal(t, parts[0])
		if parts[2] == "=" {
			parts[2] = parts[1]
		}
		for i, allowed := range []bool{false, true} {
			want := parts[i+1]
			if want == "same" {
				want = text
			}
			if got := safely(t, text, allowed); got != want {
				t.Errorf("%q, %v: %s, want %s", text, allowed, got, want)
			}
		}
	}
	if len(lines) < 60 {
		t.Errorf("only %d lines", len(lines))
	}
	if got := safely(t, "https://as.example/"+strings.Repeat("a", longest), false); got != "no it is longer than 4096 bytes" {
		t.Error(got)
	}
}

// safely is what becomes of a text; what is taken must be fit for a command's argument, a page and a header.
func safely(t testing.TB, text string, allowed bool) string {
	t.Helper()
	u, err := SafeURL(text, allowed)
	if err != nil {
		return "no " + err.Error()
	}
	again, err := SafeURL(u.String(), allowed)
	if err != nil || again != u || !strings.HasPrefix(u.String(), u.Scheme+"://") {
		t.Errorf("%q is written as %s and then read as %s, %v", text, u, again, err)
	}
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c > '~' || strings.IndexByte("\"'<>`\\", c) >= 0 {
			t.Errorf("%q is written as %q", text, u)
		}
	}
	return u.String()
}

func FuzzSafeURL(f *testing.F) {
	for _, line := range corpus(f, "testdata/urls.txt") {
		text, _, _ := strings.Cut(line, " | ")
		f.Add(literal(f, text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, allowed := range []bool{false, true} {
			if got, long := safely(t, text, allowed), 200; strings.HasPrefix(got, "no ") && len(got) > long {
				t.Errorf("%q is refused with %q", text, got)
			}
		}
	})
}
