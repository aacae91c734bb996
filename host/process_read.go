package host

import (
	"bytes"
	"errors"
	"os"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// What is read of a process that is gone: a pipe holds no more than a megabyte on any system, and what is in it is
// there at once. Whoever holds it still is not of the process's group.
const (
	maxRest  = 1 << 20
	restTime = 200 * time.Millisecond
)

// read hands over what a process writes, piece by piece, as exchange.stream does: a piece is read when the one
// before it has been stepped and its messages are delivered.
func (p *process) read(from *os.File, stderr bool) {
	buffer := pieces.Get().(*[]byte)
	defer pieces.Put(buffer)
	taken := make(chan struct{}, 1)
	for rest := maxRest; rest > 0; {
		last := p.gone.Load()
		if last {
			_ = from.SetReadDeadline(time.Now().Add(restTime))
		}
		n, err := from.Read(*buffer)
		if n > 0 {
			if !p.hand((*buffer)[:n], stderr, taken) {
				return
			}
		}
		if last {
			rest -= n
		}
		if err != nil && (last || !errors.Is(err, os.ErrDeadlineExceeded)) {
			return
		}
	}
}

// pieceLines is how many lines a piece may have. Each costs the core about as much as a message, so that a process that
// writes short lines without end would hold up all other sessions with one piece; a long line is as cheap as its bytes.
const pieceLines = 256

// hand hands over what was read, in pieces of few lines, each when the one before it is done with; false says that
// nobody takes more.
func (p *process) hand(data []byte, stderr bool, taken chan struct{}) bool {
	for len(data) > 0 {
		n := fewLines(data)
		if !p.client.queue.push(func() { taken <- struct{}{} }, p.piece(data[:n], stderr)) {
			return false
		}
		<-taken
		p.client.waitForStream(p.ctx, stream{p.spawn.ID, stderr})
		data = data[n:]
	}
	return true
}

// fewLines is how much of data has pieceLines lines, in bytes.
func fewLines(data []byte) int {
	at := 0
	for range pieceLines {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return len(data)
		}
		at += n + 1
	}
	return at
}

func (p *process) piece(data []byte, stderr bool) msg.Input {
	if stderr {
		return msg.Input{Stderr: &msg.Stderr{ID: p.spawn.ID, Data: data}}
	}
	return msg.Input{Body: &msg.Body{ID: p.spawn.ID, Data: data}}
}
