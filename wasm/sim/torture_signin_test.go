package sim

import (
	"regexp"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// signingFaults are what goes wrong with a store, a lock, a listener, a page and a key.
func signingFaults() (all []fault) {
	for _, kind := range []string{msg.FailStore, msg.FailLocked, msg.FailUnsupported, msg.FailAborted, "grease"} {
		all = append(all, fault{name: kind, on: "get put lock", at: "now", fail: &msg.Failure{Kind: kind, Detail: kind}})
	}
	for _, kind := range []string{msg.FailListen, msg.FailUnsupported} {
		all = append(all, fault{name: kind, on: "await", at: "now", fail: &msg.Failure{Kind: kind, Detail: kind}})
	}
	for _, kind := range []string{msg.FailOpen, msg.FailUnsupported} {
		all = append(all, fault{name: kind, on: "open", at: "now", fail: &msg.Failure{Kind: kind, Detail: kind}})
	}
	return append(all,
		fault{name: msg.FailKey, on: "sign", at: "now", fail: &msg.Failure{Kind: msg.FailKey, Detail: "gone"}},
		fault{name: "not given", on: "agree", at: "now"},
		fault{name: "silence", on: "put lock await open sign agree", at: "now", silent: true})
}

func fallibleOfSigning(e *msg.Effect) (id uint32, kind, sig string) {
	switch {
	case e.Put != nil:
		return e.Put.ID, "put", "put " + e.Put.Key
	case e.Agree != nil:
		return e.Agree.ID, "agree", "agree " + e.Agree.Server
	case e.Lock != nil:
		return e.Lock.ID, "lock", "lock " + e.Lock.Key
	case e.Await != nil:
		return e.Await.ID, "await", "await "
	case e.Open != nil:
		return e.Open.ID, "open", "open "
	case e.Sign != nil:
		return e.Sign.ID, "sign", "sign " + e.Sign.Key
	}
	return 0, "", ""
}

// strikeSigning lets the fault befall a sign-in's effect, or a Get that fails; false for any other.
func (p *play) strikeSigning(kind string) bool {
	id, f := p.victim, p.fault.fail
	switch kind {
	case "put", "lock":
		p.step(msg.Input{Stored: &msg.Stored{ID: id, Failure: f}})
	case "get":
		if f == nil {
			return false
		}
		delete(p.check.gets, id)
		p.step(msg.Input{Stored: &msg.Stored{ID: id, Failure: f}})
	case "agree":
		p.step(msg.Input{Agreed: &msg.Agreed{ID: id}})
	case "await":
		p.step(msg.Input{End: &msg.End{ID: id, Failure: f}})
	case "open":
		p.step(msg.Input{Visited: &msg.Visited{ID: id, Failure: f}})
	case "sign":
		p.step(msg.Input{Signed: &msg.Signed{ID: id, Failure: f}})
	default:
		return false
	}
	return true
}

// waits is the run's pending effect, or Get, for one of the script's.
func (p *play) waits(id uint32) (uint32, bool) {
	if to, ok := p.mapped[id]; ok {
		one := p.check.pending[to]
		return to, one != nil && !one.aborted && p.takes(to)
	}
	sig := p.base.sig[id]
	for _, to := range p.pendingIDs() {
		if one := p.check.pending[to]; !p.used[to] && !one.aborted && !one.held && one.sig() == sig && p.takes(to) {
			p.mapped[id], p.used[to] = to, true
			return to, true
		}
	}
	return 0, false
}

// giveStored answers a Get, a Put or a Lock.
func (p *play) giveStored(v *msg.Stored) {
	s := *v
	if strings.HasPrefix(p.base.sig[v.ID], "get ") {
		for id := uint32(1); id <= p.check.lastID; id++ {
			if p.check.gets[id] && "get "+p.check.getKeys[id] == p.base.sig[v.ID] && p.takes(id) {
				delete(p.check.gets, id)
				s.ID = id
				p.step(msg.Input{Stored: &s})
				return
			}
		}
		return
	}
	if id, ok := p.waits(v.ID); ok {
		s.ID = id
		p.step(msg.Input{Stored: &s})
	}
}

var stateOf = regexp.MustCompile(`([?&]state=)([A-Za-z0-9_-]{43})`)

// giveSigning hands on what comes of a listener, a page or a key; false for any other input.
func (p *play) giveSigning(in *msg.Input) bool {
	switch {
	case in.Awaiting != nil:
		if id, ok := p.waits(in.Awaiting.ID); ok {
			p.step(msg.Input{Awaiting: &msg.Awaiting{ID: id, URI: in.Awaiting.URI}})
		}
	case in.Agreed != nil:
		if id, ok := p.waits(in.Agreed.ID); ok {
			p.step(msg.Input{Agreed: &msg.Agreed{ID: id, Given: in.Agreed.Given}})
		}
	case in.Arrived != nil:
		if id, ok := p.waits(in.Arrived.ID); ok {
			url := stateOf.ReplaceAllString(in.Arrived.URL, "${1}"+p.check.sentState)
			p.step(msg.Input{Arrived: &msg.Arrived{ID: id, Visit: in.Arrived.Visit, URL: url}})
		}
	case in.Visited != nil:
		if id, ok := p.waits(in.Visited.ID); ok {
			p.step(msg.Input{Visited: &msg.Visited{ID: id, Failure: in.Visited.Failure}})
		}
	case in.Signed != nil:
		if id, ok := p.waits(in.Signed.ID); ok {
			s := *in.Signed
			s.ID = id
			p.step(msg.Input{Signed: &s})
		}
	case in.End != nil && p.base.sig[in.End.ID] == "await ":
		if id, ok := p.waits(in.End.ID); ok && (in.End.Failure == nil || in.End.Failure.Kind != msg.FailAborted) {
			p.step(msg.Input{End: &msg.End{ID: id, Failure: in.End.Failure}})
		}
	default:
		return false
	}
	return true
}
