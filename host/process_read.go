package host

import (
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
			if !p.client.queue.push(func() { taken <- struct{}{} }, p.piece((*buffer)[:n], stderr)) {
				return
			}
			<-taken
			p.client.waitForStream(p.ctx, stream{p.spawn.ID, stderr})
		}
		if last {
			rest -= n
		}
		if err != nil && (last || !errors.Is(err, os.ErrDeadlineExceeded)) {
			return
		}
	}
}

func (p *process) piece(data []byte, stderr bool) msg.Input {
	if stderr {
		return msg.Input{Stderr: &msg.Stderr{ID: p.spawn.ID, Data: data}}
	}
	return msg.Input{Body: &msg.Body{ID: p.spawn.ID, Data: data}}
}
