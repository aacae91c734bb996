package host

import (
	"io"
	"sync"
)

// maxInput bounds what may wait for a process to read it, in bytes.
const maxInput = 64 << 20

// input is what goes to a process's standard input: a queue, so that a process that does not read holds nobody up.
type input struct {
	mu   sync.Mutex
	wake *sync.Cond
	// pending are the Writes in order, waiting is how many bytes they have with the one under way.
	pending [][]byte
	waiting int
	// ended takes no more, and what is pending is still written; closed writes nothing more.
	ended, closed bool
	full          bool
	wrote         bool
}

func newInput() *input {
	i := &input{}
	i.wake = sync.NewCond(&i.mu)
	return i
}

// add takes one Write; false says that too much waits: then the input is closed.
func (i *input) add(data []byte) bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	defer i.wake.Broadcast()
	switch {
	case i.ended || i.closed:
	case i.waiting+len(data) > maxInput:
		i.full, i.closed, i.pending = true, true, nil
		return false
	default:
		i.pending = append(i.pending, data)
		i.waiting += len(data)
	}
	return true
}

// finish ends the input when all has been written.
func (i *input) finish() { i.locked(func() { i.ended = true }) }

// close ends it at once.
func (i *input) close() { i.locked(func() { i.closed, i.pending = true, nil }) }

func (i *input) locked(f func()) {
	i.mu.Lock()
	defer i.mu.Unlock()
	f()
	i.wake.Broadcast()
}

// sent says that a byte may have been read.
func (i *input) sent() (wrote bool) {
	i.locked(func() { wrote = i.wrote })
	return wrote
}

// tooMuch says that the bound was passed.
func (i *input) tooMuch() (full bool) {
	i.locked(func() { full = i.full })
	return full
}

// run writes until the input ends or nobody reads it any more, and closes the pipe. A process that has closed its
// input, or has ended, says so by its End: a failed write needs no other answer.
func (i *input) run(to io.WriteCloser) {
	defer to.Close()
	for {
		data, more := i.next()
		if !more {
			return
		}
		n, err := to.Write(data)
		i.locked(func() { i.waiting -= len(data); i.wrote = i.wrote || n > 0 })
		if err != nil {
			i.close()
		}
	}
}

// next waits for the next Write; false at the end.
func (i *input) next() ([]byte, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for len(i.pending) == 0 && !i.ended && !i.closed {
		i.wake.Wait()
	}
	if i.closed || len(i.pending) == 0 {
		return nil, false
	}
	data := i.pending[0]
	i.pending[0] = nil
	i.pending = i.pending[1:]
	return data, true
}
