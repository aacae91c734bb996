package term

import (
	"fmt"
	"io"
	"strings"
)

// maxHeld bounds what waits for the end of a dialogue, in bytes.
const maxHeld = 256 << 10

// held is what others print while a dialogue is open.
type held struct {
	open    bool
	text    strings.Builder
	dropped int
}

// Begin opens a dialogue with the person: until End, the status line is away and what others print waits, so that
// nothing comes between a question and its answer. Only one may be open at a time.
func (s *Screen) Begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.status != "" {
		_, _ = io.WriteString(s.out, eraseLine)
	}
	s.held = held{open: true}
}

// Say prints within a dialogue: whole lines, or a question whose answer is typed behind it.
func (s *Screen) Say(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = io.WriteString(s.out, text)
}

// End closes the dialogue and prints what has waited.
func (s *Screen) End() {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.held.text.String()
	if n := s.held.dropped; n > 0 {
		text += fmt.Sprintf("(%d more lines came meanwhile)\n", n)
	}
	s.held = held{}
	_, _ = io.WriteString(s.out, text+s.status)
}

// keep is what becomes of a text while a dialogue is open.
func (h *held) keep(text string) {
	if h.text.Len()+len(text) > maxHeld {
		h.dropped += strings.Count(text, "\n")
		return
	}
	h.text.WriteString(text)
}
