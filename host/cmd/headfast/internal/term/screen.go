package term

import (
	"io"
	"os"
	"sync"

	xterm "golang.org/x/term"
)

// Screen is one output stream: it knows whether a person looks at it, and keeps whole lines apart from a
// status line. Safe for concurrent use.
type Screen struct {
	Style
	mu    sync.Mutex
	out   io.Writer
	tty   bool
	width int
	// status is the line at the bottom that is updated in place; empty for none.
	status string
	held   held
}

// defaultWidth is for a stream that has none.
const defaultWidth = 100

// NewScreen looks at the stream and at the environment once.
func NewScreen(out io.Writer, getenv func(string) string) *Screen {
	s := &Screen{out: out, width: defaultWidth}
	if f, ok := out.(*os.File); ok && xterm.IsTerminal(int(f.Fd())) {
		s.tty = enable(f)
		if w, _, err := xterm.GetSize(int(f.Fd())); err == nil && w > 0 {
			s.width = w
		}
	}
	s.Style = Style{on: colour(s.tty, getenv)}
	return s
}

// TTY says whether a person looks at it.
func (s *Screen) TTY() bool { return s.tty }

// Width is how many columns there are.
func (s *Screen) Width() int { return s.width }

// Print writes whole lines above the status line. The text must have gone through Text, Line or a Style.
func (s *Screen) Print(text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held.open {
		s.held.keep(text)
		return nil
	}
	clear, again := "", ""
	if s.status != "" {
		clear, again = eraseLine, s.status
	}
	_, err := io.WriteString(s.out, clear+text+again)
	return err
}

const eraseLine = "\r\x1b[K"

// Status shows a line at the bottom, or takes it away; only where a person looks.
func (s *Screen) Status(line string) {
	if !s.tty {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if line = s.Dim(Cut(Line(line), s.width-1)); line == s.status {
		return
	}
	s.status = line
	if !s.held.open {
		_, _ = io.WriteString(s.out, eraseLine+line)
	}
}
