package host

import (
	"sync"

	"github.com/headfast/headfast/jsbridge/msg"
)

// queue holds what has happened until the next step. Any goroutine pushes; the client's own takes all at
// once, so that what came together is one step.
type queue struct {
	mu     sync.Mutex
	items  []msg.Input
	taken  []func()
	wake   chan struct{}
	closed bool
}

func newQueue() *queue { return &queue{wake: make(chan struct{}, 1)} }

// push adds inputs. taken, if set, is called from the client's goroutine once they are stepped: then
// their memory is the caller's again. It is false, and taken is not called, after close.
func (q *queue) push(taken func(), in ...msg.Input) bool {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return false
	}
	q.items = append(q.items, in...)
	if taken != nil {
		q.taken = append(q.taken, taken)
	}
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
	return true
}

// take swaps the queue's contents against empty slices of the caller's.
func (q *queue) take(items []msg.Input, taken []func()) ([]msg.Input, []func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	items, q.items = q.items, items[:0]
	taken, q.taken = q.taken, taken[:0]
	return items, taken
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
}
