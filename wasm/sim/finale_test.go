package sim

import (
	"sort"

	"github.com/headfast/headfast/jsbridge/msg"
)

// advance moves the clock on in honest steps: the core is stepped whenever it wants to be.
func (r *rig) advance(to int64) {
	for r.deadline != 0 && r.deadline <= to && r.idle < 200 {
		r.move(max(r.now, r.deadline))
		r.step()
		r.obey()
	}
	r.move(max(to, r.now))
}

func (r *rig) move(to int64) {
	r.wall += to - r.now
	if to > r.now {
		r.idle = 0
	}
	r.now = to
}

// jump moves the clock without a step in between, as a machine that sleeps or a driver that is late.
func (r *rig) jump(to int64) {
	if d := to - r.now; d > 5e9 {
		r.check.slept(d)
	}
	r.move(max(to, r.now))
}

// obey ends what the core has given up, as a driver does.
func (r *rig) obey() {
	for _, id := range r.liveIDs() {
		x := r.check.exchanges[id]
		if x != nil && x.aborted {
			r.step(msg.Input{End: &msg.End{ID: id, Failure: &msg.Failure{Kind: msg.FailAborted, Sent: true}}})
		}
	}
	r.obeySigning()
}

func (r *rig) liveIDs() []uint32 {
	ids := make([]uint32, 0, len(r.check.exchanges))
	for id := range r.check.exchanges {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	return ids
}

// sessionIDs are the sessions that are not over, in order.
func (r *rig) sessionIDs() []uint32 {
	var ids []uint32
	for id, s := range r.check.sessions {
		if !s.over {
			ids = append(ids, id)
		}
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	return ids
}

// finale closes all sessions, ends what is aborted, lets two hours pass, and demands that nothing is left. What is
// then neither aborted nor stopped was forgotten by the core: the checker says so, and it is ended too.
func (r *rig) finale() {
	r.answerGets()
	r.closeAll()
	r.answerGets()
	r.obey()
	for range 12 {
		r.advance(r.now + 600e9)
		r.obey()
		for _, id := range r.liveIDs() {
			if x := r.check.exchanges[id]; x.spawn && x.stopped {
				r.step(msg.Input{End: &msg.End{ID: id, Failure: &msg.Failure{Kind: msg.FailExit, Detail: "signal: killed", Sent: true}}})
			}
		}
		r.answerGets()
		r.answerSigning()
		r.answerGets()
		r.closeAll() // one that was opened by a late value
	}
	r.check.atEnd()
	for _, id := range r.liveIDs() {
		r.step(msg.Input{End: &msg.End{ID: id, Failure: &msg.Failure{Kind: msg.FailReset, Sent: true}}})
	}
	r.advance(r.now + 600e9)
	for name, n := range r.sizes() {
		if n != 0 {
			r.check.bad("I5.left."+name, "%d %s are left", n, name)
		}
	}
}

// closeAll closes the sessions that are not being closed.
func (r *rig) closeAll() {
	for _, id := range r.sessionIDs() {
		if !r.check.closing(id) {
			r.step(msg.Input{Close: &msg.Close{ID: r.verb(), Session: id}})
		}
	}
}

// answerGets answers what the core asks of the environment and was not answered.
func (r *rig) answerGets() {
	for len(r.check.gets) > 0 || r.answerPrompt() {
		ids := make([]uint32, 0, len(r.check.gets))
		for id := range r.check.gets {
			ids = append(ids, id)
		}
		sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
		for _, id := range ids {
			delete(r.check.gets, id)
			r.step(msg.Input{Stored: &msg.Stored{ID: id, Found: true, Value: canary}})
		}
	}
}

const canary = "canary-key-0123456789abcdef"
