package term

import (
	"bytes"
	"testing"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestColour(t *testing.T) {
	for _, c := range []struct {
		name string
		tty  bool
		env  func(string) string
		want bool
	}{
		{"a terminal", true, env(), true},
		{"a pipe", false, env(), false},
		{"NO_COLOR", true, env("NO_COLOR", "1"), false},
		{"forced", false, env("CLICOLOR_FORCE", "1"), true},
		{"not forced", false, env("CLICOLOR_FORCE", "0"), false},
		{"NO_COLOR wins", true, env("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), false},
		{"a dumb terminal", true, env("TERM", "dumb"), false},
	} {
		if got := colour(c.tty, c.env); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestStyleEscapes(t *testing.T) {
	if got := (Style{on: true}).Red("a\x1b[0m\nb"); got != "\x1b[31ma␛[0m b\x1b[0m" {
		t.Errorf("%q", got)
	}
}

func TestCutAndWrap(t *testing.T) {
	if got := Cut("漢字漢字", 5); got != "漢字…" {
		t.Error(got)
	}
	if got := Cut("short", 5); got != "short" {
		t.Error(got)
	}
	if got := Wrap("one two three", "  ", 9); got != "  one two\n  three" {
		t.Errorf("%q", got)
	}
	if got := Wrap("one  two", "  ", 0); got != "  one two" {
		t.Errorf("%q", got)
	}
}

func TestStatusLine(t *testing.T) {
	var out bytes.Buffer
	s := &Screen{out: &out, tty: true, width: 20}
	s.Status("working")
	s.Print("a line\n")
	s.Status("working")
	s.Status("")
	s.Status("")
	if got, want := out.String(), "\r\x1b[Kworking\r\x1b[Ka line\nworking\r\x1b[K"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	out.Reset()
	(&Screen{out: &out}).Status("nobody looks")
	if out.Len() > 0 {
		t.Errorf("%q", out.String())
	}
}
