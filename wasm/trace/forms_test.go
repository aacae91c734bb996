package trace

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestOverlap: secrets that overlap in a text are taken out together, wherever each begins.
func TestOverlap(t *testing.T) {
	var r Redactor
	for _, secret := range []string{"abcdefgh", "defghijklmno", "abcdefghij", "XYZXYZ"} {
		r.Add(secret)
	}
	for text, want := range map[string]string{
		"abcdefgh":             Redacted,
		"-ABCDEFGHIJ-":         "-" + Redacted + "-",
		"-abcdefghijklmno-":    "-" + Redacted + "-",
		"xyzxyzxyz xyzxyzxyzx": Redacted + " " + Redacted + "x",
		"abcdefgabcdefg":       "abcdefgabcdefg",
		"xyzxyzabcdefgh":       Redacted + Redacted,
		"xyzxy":                "xyzxy",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// TestLongText: what is read of a text does not grow with it, and the cut hides what it goes through.
func TestLongText(t *testing.T) {
	const secret = "fake-secret-0123"
	var r Redactor
	r.Add(secret)
	for shift := range len(secret) {
		text := strings.Repeat(" ", longestText-shift) + secret + strings.Repeat("a", longestText)
		got := strings.TrimSpace(r.Text(text))
		if shift < telling && got == secret[:shift] || got == Redacted {
			continue
		}
		t.Errorf("%d bytes before the bound: %q", shift, got)
	}
}

// TestManyForms: the time does not multiply by the number of forms. A pass for each form takes a hundred times the
// bound.
func TestManyForms(t *testing.T) {
	var r Redactor
	for i := range 2000 {
		r.Add(fmt.Sprintf("%d value <>/ of mine", i))
	}
	text := strings.Repeat("Value of Mine ", longestText/14)
	began := time.Now()
	for range 20 {
		r.Text(text)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("20 texts of 64 KiB take %v", took)
	}
}

// TestSession: the server's session and the one before are secrets, older ones are forgotten, what is configured
// stays. Overlaps are found across them.
func TestSession(t *testing.T) {
	var r Redactor
	r.Add("fake-key-1")
	for i := range 100 {
		r.Session(fmt.Sprintf("session-%02d-fake", i))
		r.Session(fmt.Sprintf("session-%02d-fake", i))
	}
	got := r.Text("fake-key-1 session-97-fake session-98-fake session-99-fake-key-1")
	if want := Redacted + " session-97-fake " + Redacted + " " + Redacted; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
