package term

import (
	"bytes"
	"context"
	"io"
	"os"
	"strings"
	"testing"
)

// TestDialogue: what others print waits until the dialogue is over.
func TestDialogue(t *testing.T) {
	var out bytes.Buffer
	s := NewScreen(&out, func(string) string { return "" })
	s.Begin()
	s.Say("name: ")
	_ = s.Print("a trace\n")
	if out.String() != "name: " {
		t.Errorf("%q", out.String())
	}
	for range 100 {
		_ = s.Print(strings.Repeat("x", 10<<10) + "\n")
	}
	s.End()
	if got := out.String(); !strings.HasPrefix(got, "name: a trace\nxxx") || !strings.HasSuffix(got, " more lines came meanwhile)\n") || len(got) > maxHeld+1000 {
		t.Errorf("%d bytes: %q", len(got), got[len(got)-60:])
	}
	_ = s.Print("after\n")
	if !strings.HasSuffix(out.String(), ")\nafter\n") {
		t.Error("nothing is printed after the dialogue")
	}
}

// TestKeyboard: lines come one by one, and one that was asked for in vain goes to the next who asks.
func TestKeyboard(t *testing.T) {
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	k := &Keyboard{file: in}
	gone, stop := context.WithCancel(t.Context())
	stop()
	if _, err := k.Line(gone, false); err != context.Canceled {
		t.Error(err)
	}
	_, _ = out.WriteString("one\r\ntwo\n\xff\nlast")
	_ = out.Close()
	for _, want := range []string{"one", "two", "\ufffd", "last"} {
		if got, err := k.Line(t.Context(), true); got != want || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if _, err := k.Line(t.Context(), false); err != io.EOF {
		t.Error(err)
	}
	k.Restore()
	(*Keyboard)(nil).Restore()
	if NewKeyboard(in) != nil || NewKeyboard(strings.NewReader("")) != nil {
		t.Error("a pipe is a keyboard")
	}
}
