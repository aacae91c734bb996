package term

import (
	"context"
	"io"
	"os"
	"strings"
	"sync"
	"unicode/utf8"

	xterm "golang.org/x/term"
)

// Keyboard reads lines that a person types. It is used by one goroutine at a time.
type Keyboard struct {
	file *os.File
	// waiting is a line that is being read. It outlives a question that was taken back: reading a terminal cannot be
	// given up.
	waiting chan line

	mu      sync.Mutex
	restore func()
}

type line struct {
	text string
	err  error
}

// NewKeyboard is the keyboard behind a stream; nil where no person types there.
func NewKeyboard(in io.Reader) *Keyboard {
	if f, ok := in.(*os.File); ok && xterm.IsTerminal(int(f.Fd())) {
		return &Keyboard{file: f}
	}
	return nil
}

// Line is the next line, without its end. hidden types it without an echo. The error is io.EOF (Ctrl-D) or the
// context's.
func (k *Keyboard) Line(ctx context.Context, hidden bool) (string, error) {
	if hidden {
		k.hide()
		defer k.Restore()
	}
	if k.waiting == nil {
		k.waiting = make(chan line, 1)
		go func(to chan<- line) {
			text, err := readLine(k.file)
			to <- line{text, err}
		}(k.waiting)
	}
	select {
	case l := <-k.waiting:
		k.waiting = nil
		return l.text, l.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// Discard drops what was typed before it was asked for, so that nobody agrees to what is not shown yet.
func (k *Keyboard) Discard() { discard(k.file) }

// hide turns the echo off.
func (k *Keyboard) hide() {
	state, err := xterm.GetState(int(k.file.Fd()))
	if err != nil || silence(k.file) != nil {
		return
	}
	k.mu.Lock()
	k.restore = func() { _ = xterm.Restore(int(k.file.Fd()), state) }
	k.mu.Unlock()
}

// Restore brings the echo back. A nil Keyboard has nothing to do.
func (k *Keyboard) Restore() {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.restore != nil {
		k.restore()
		k.restore = nil
	}
}

// maxLine bounds a typed line, in bytes.
const maxLine = 64 << 10

// readLine reads byte by byte, so that nothing is taken that is not this line's.
func readLine(in io.Reader) (string, error) {
	var text []byte
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return clean(text), nil
		case n == 1 && len(text) < maxLine:
			text = append(text, one[0])
		case err != nil && len(text) > 0:
			return clean(text), nil
		case err != nil:
			return "", io.EOF
		}
	}
}

func clean(text []byte) string {
	s := strings.TrimSuffix(string(text), "\r")
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	return s
}
