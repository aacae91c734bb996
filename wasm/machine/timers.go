package machine

import "container/heap"

// timers is a heap of what is due, the next one first.
type timers struct {
	heap timerHeap
	// order breaks ties, so that equal times fire in the order in which they were set.
	order uint64
}

type timer struct {
	m     *Machine
	at    int64
	order uint64
	index int // in the heap; -1 when it is not in it
	f     func()
}

func (t *timers) add(m *Machine, at int64, f func()) *timer {
	t.order++
	n := &timer{m: m, at: at, order: t.order, f: f}
	heap.Push(&t.heap, n)
	return n
}

// fire calls what is due. What is set meanwhile waits for the next step, even if it is due at once.
func (t *timers) fire(now int64) {
	var due []*timer
	for len(t.heap) > 0 && t.heap[0].at <= now {
		due = append(due, heap.Pop(&t.heap).(*timer))
	}
	for _, d := range due {
		if f := d.f; f != nil {
			d.f = nil
			f()
		}
	}
}

// next is when to fire again; 0 is never.
func (t *timers) next() int64 {
	if len(t.heap) == 0 {
		return 0
	}
	return max(t.heap[0].at, 1)
}

// Stop makes sure that the timer does not fire any more.
func (n *timer) Stop() {
	n.f = nil
	if n.index >= 0 {
		heap.Remove(&n.m.timers.heap, n.index)
	}
}

// Reset moves the timer, unless it is stopped or has fired.
func (n *timer) Reset(d int64) {
	if n.index >= 0 {
		n.at = n.m.now + d
		heap.Fix(&n.m.timers.heap, n.index)
	}
}

type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].order < h[j].order
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	n := x.(*timer)
	n.index = len(*h)
	*h = append(*h, n)
}
func (h *timerHeap) Pop() any {
	old := *h
	n := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	n.index = -1
	return n
}
