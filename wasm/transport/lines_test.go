package transport

import (
	"strings"
	"testing"
)

// collect feeds pieces and joins the lines that come, each in brackets.
func collect(l *Lines, pieces ...string) (string, error) {
	var b strings.Builder
	yield := func(line []byte) { b.WriteString("[" + string(line) + "]") }
	for _, p := range pieces {
		if err := l.Feed([]byte(p), yield); err != nil {
			return b.String(), err
		}
	}
	l.End(yield)
	return b.String(), nil
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text, want string
	}{
		{"", ""},
		{"a\nb\n", "[a][b]"},
		{"a\r\nb", "[a][b]"},
		{"\n\nx\n", "[][][x]"},
		{"one two\n", "[one two]"},
		{"\r\n", "[]"},
	} {
		if got, err := collect(&Lines{}, c.text); got != c.want || err != nil {
			t.Errorf("%q: %s %v, want %s", c.text, got, err, c.want)
		}
		for cut := range c.text {
			if got, err := collect(&Lines{}, c.text[:cut], c.text[cut:]); got != c.want || err != nil {
				t.Errorf("%q cut at %d: %s %v, want %s", c.text, cut, got, err, c.want)
			}
		}
		if got, err := collect(&Lines{}, strings.Split(c.text, "")...); got != c.want || err != nil {
			t.Errorf("%q byte by byte: %s %v, want %s", c.text, got, err, c.want)
		}
	}
}

// TestLinesBound: a line at the bound is whole, one above is cut or refused, wherever the pieces end.
func TestLinesBound(t *testing.T) {
	for _, text := range []string{"abcd\nx\n", "abcde\nx\n", "abcdefgh\nx\n", "abcde"} {
		want := "[abcd]"
		if strings.Contains(text, "x") {
			want += "[x]"
		}
		for cut := range text {
			if got, err := collect(&Lines{Max: 4, Cut: true}, text[:cut], text[cut:]); got != want || err != nil {
				t.Errorf("%q cut at %d: %s %v, want %s", text, cut, got, err, want)
			}
			_, err := collect(&Lines{Max: 4}, text[:cut], text[cut:])
			if _, tooLarge := err.(TooLargeError); tooLarge != (text[4:5] != "\n") {
				t.Errorf("%q cut at %d: %v", text, cut, err)
			}
		}
	}
}
