package demo

import "sync"

// hub tells open streams that the list of tools changed.
type hub struct {
	mu  sync.Mutex
	all map[chan struct{}]bool
}

// join gives a channel of announcements and what to call at the end.
func (h *hub) join() (<-chan struct{}, func()) {
	ch := make(chan struct{}, 64)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil {
		h.all = map[chan struct{}]bool{}
	}
	h.all[ch] = true
	return ch, func() { h.leave(ch) }
}

func (h *hub) leave(ch chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, ch)
}

// announce never waits: a stream 64 announcements behind misses one.
func (h *hub) announce() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ch := range h.all {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}
