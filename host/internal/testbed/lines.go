package testbed

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"sync"
	"time"
)

// ErrGone says that a process ended over a question.
var ErrGone = errors.New("the process ended")

// Lines is a process that answers a line of its input with a line, and ends with its input.
type Lines struct {
	*Child
	in    io.WriteCloser
	lines chan []byte
	mu    sync.Mutex // one question at a time
}

// Talk starts one.
func Talk(cmd *exec.Cmd) (*Lines, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	l := &Lines{in: in, lines: make(chan []byte, 8)}
	if l.Child, err = Launch(cmd, func() { l.read(out) }); err != nil {
		return nil, err
	}
	return l, nil
}

// read takes the output to its end, so that the process never waits for a reader.
func (l *Lines) read(out io.Reader) {
	for buffer := bufio.NewReader(out); ; {
		line, err := buffer.ReadBytes('\n')
		if err != nil {
			return
		}
		select {
		case l.lines <- line:
		default: // nobody asked
		}
	}
}

// Ask sends a line and gives the answer, without the ends of lines. The error is ErrGone where there will be none.
func (l *Lines) Ask(line []byte, patience time.Duration) ([]byte, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.in.Write(append(line, '\n')); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", l.name(), ErrGone, err)
	}
	return l.next(patience)
}

// next is the next line.
func (l *Lines) next(patience time.Duration) ([]byte, error) {
	select {
	case line := <-l.lines:
		return line[:len(line)-1], nil
	case <-l.gone:
	case <-time.After(patience):
		return nil, fmt.Errorf("%s does not answer within %v", l.name(), patience)
	}
	select {
	case line := <-l.lines: // its last
		return line[:len(line)-1], nil
	default:
		return nil, fmt.Errorf("%s: %w: %v", l.name(), ErrGone, l.Cmd.ProcessState)
	}
}

func (l *Lines) name() string { return filepath.Base(l.Cmd.Path) }

// Close ends its input, and kills it and its group where it does not end with that in time; willing says that it did.
func (l *Lines) Close(patience time.Duration) (willing bool) {
	_ = l.in.Close()
	return l.end(patience)
}
