package sim

import (
	"sort"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// pending is an effect of a sign-in's that waits for its answer: a Put, a Lock, an Await, an Open or a Sign; or
// an Agree, which a person answers too.
type pending struct {
	id        uint32
	kind, key string
	aborted   bool
	// held says that a Lock was got and not given back, listens that an Await has said where.
	held, listens bool
}

func (p *pending) sig() string { return p.kind + " " + p.key }

// signingInput keeps the books for what came of a sign-in's effects.
func (c *checker) signingInput(in *msg.Input) {
	switch {
	case in.Login != nil:
		c.begin(&verb{id: in.Login.ID, kind: "login"})
	case in.Logout != nil:
		c.begin(&verb{id: in.Logout.ID, kind: "logout"})
	case in.Tokens != nil:
		c.begin(&verb{id: in.Tokens.ID, kind: "tokens"})
	case in.Stored != nil:
		p := c.pending[in.Stored.ID]
		if p == nil {
			return
		}
		c.standStill()
		c.lockless = c.lockless || p.kind == "lock" && in.Stored.Failure != nil && in.Stored.Failure.Kind == msg.FailUnsupported
		if p.held = p.kind == "lock" && in.Stored.Failure == nil; !p.held {
			delete(c.pending, p.id)
		}
	case in.Visited != nil:
		c.standStill()
		delete(c.pending, in.Visited.ID)
	case in.Signed != nil:
		c.standStill()
		delete(c.pending, in.Signed.ID)
	case in.Agreed != nil:
		c.standStill()
		delete(c.pending, in.Agreed.ID)
	case in.Awaiting != nil:
		if p := c.pending[in.Awaiting.ID]; p != nil {
			p.listens = true
		}
	case in.Arrived != nil:
		c.visits[in.Arrived.Visit]++
	}
}

// signing keeps the books for a sign-in's effects; false for any other.
func (c *checker) signing(e *msg.Effect) bool {
	switch {
	case e.Put != nil:
		if !e.Put.Delete && e.Put.Store == msg.StoreAccounts && !c.holds(e.Put.Key) {
			c.bad("I4.lock", "account %s is written without its lock", e.Put.Key)
		}
		c.wait(e.Put.ID, "put", e.Put.Key)
	case e.Agree != nil:
		c.wait(e.Agree.ID, "agree", e.Agree.Server)
	case e.Lock != nil:
		c.wait(e.Lock.ID, "lock", e.Lock.Key)
	case e.Unlock != nil:
		c.unlock(e.Unlock.ID)
	case e.Await != nil:
		c.wait(e.Await.ID, "await", "")
	case e.Open != nil:
		if !strings.HasPrefix(e.Open.URL, "https://") {
			c.bad("I6.open", "a page %s is opened", e.Open.URL)
		}
		if m := stateOf.FindStringSubmatch(e.Open.URL); m != nil {
			c.sentState = m[2]
		}
		c.wait(e.Open.ID, "open", "")
	case e.Sign != nil:
		c.wait(e.Sign.ID, "sign", e.Sign.Key)
	case e.Reply != nil:
		if c.visits[e.Reply.Visit]--; c.visits[e.Reply.Visit] < 0 {
			c.bad("effect.reply", "visit %d is answered twice, or never came", e.Reply.Visit)
		}
	case e.Accounts != nil:
		c.done(e.Accounts.ID, &msg.Done{ID: e.Accounts.ID, Outcome: "explained"})
	default:
		return false
	}
	return true
}

func (c *checker) wait(id uint32, kind, key string) {
	c.fresh(id)
	c.pending[id] = &pending{id: id, kind: kind, key: key}
}

// holds says that the core has the lock of an account, or was told that there is no such thing here.
func (c *checker) holds(key string) bool {
	for _, p := range c.pending {
		if p.kind == "lock" && p.key == key && p.held {
			return true
		}
	}
	return c.lockless
}

// unlock demands that what was written under the lock has arrived.
func (c *checker) unlock(id uint32) {
	p := c.pending[id]
	if p == nil || !p.held {
		c.bad("effect.unlock", "unlock of %d, which is not held", id)
		return
	}
	delete(c.pending, id)
	for _, other := range c.pending {
		if other.kind == "put" && other.key == p.key {
			c.bad("I4.early", "lock %d of %s is given back before put %d has arrived", id, p.key, other.id)
		}
	}
}

// abortPending takes an Abort of a Lock or an Await; false where the number is neither's.
func (c *checker) abortPending(id uint32) bool {
	p := c.pending[id]
	if p == nil || p.kind != "lock" && p.kind != "await" {
		return false
	}
	if p.aborted || p.held {
		c.bad("effect.abort", "abort of %s %d again, or of what is held", p.kind, id)
	}
	p.aborted = true
	return true
}

// guarded looks at an exchange with an authorization server: nothing that belongs to the MCP server goes with it.
func (c *checker) guarded(h *msg.HTTP) {
	for _, f := range h.Headers {
		switch {
		case f.Name == "Content-Type", f.Name == "Accept", f.Name == "Authorization" && strings.HasPrefix(f.Value, "Basic "):
		default:
			c.bad("I6.header", "%s goes to %s", f.Name, h.URL)
		}
	}
}

// own looks at an exchange with the MCP server: what is the authorization server's does not go there.
func (c *checker) own(h *msg.HTTP) {
	text := h.URL + " " + string(h.Body)
	for _, f := range h.Headers {
		text += " " + f.Value
	}
	for _, s := range []string{"fake-refresh", "fake-client-secret", "fake-code", "fake-idp", "fake-id-token", "fake-workload"} {
		if strings.Contains(text, s) {
			c.bad("I6.own", "%s… goes to the MCP server", s)
		}
	}
	if strings.Contains(h.URL+string(h.Body), "fake-access") {
		c.bad("I6.own", "a token goes elsewhere than in a header")
	}
}

// standStill lets the time of all verbs begin again: they wait for a store, a key or a person.
func (c *checker) standStill() {
	for _, list := range c.verbs {
		for _, v := range list {
			v.base = c.now
		}
	}
}

// withdrawn takes an Agree that is taken back out of the books; false for any other number.
func (c *checker) withdrawn(id uint32) bool {
	if p := c.pending[id]; p == nil || p.kind != "agree" {
		return false
	}
	delete(c.pending, id)
	return true
}

// awaiting says that a person, a key, or the store of accounts or of trust is being waited for.
func (c *checker) awaiting() bool {
	for id := range c.gets {
		if !strings.HasPrefix(c.getKeys[id], msg.StoreEnv) {
			return true
		}
	}
	for _, p := range c.pending {
		if p.kind != "lock" || !p.held {
			return true
		}
	}
	return false
}

// leftOfSigning demands that nothing of a sign-in is left.
func (c *checker) leftOfSigning() {
	for id, p := range c.pending {
		switch {
		case p.held:
			c.bad("I4.held", "lock %d of %s was never given back", id, p.key)
		case p.kind == "agree":
			c.bad("ask.left", "agree %d is neither answered nor withdrawn", id)
		case p.kind == "await" && !p.aborted:
			c.bad("I5.listener", "the listener %d was never ended", id)
		}
	}
	for visit, n := range c.visits {
		if n > 0 {
			c.bad("effect.reply", "visit %d was never answered", visit)
		}
	}
}

func (r *rig) pendingIDs() []uint32 {
	ids := make([]uint32, 0, len(r.check.pending))
	for id := range r.check.pending {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, j int) bool { return ids[i] < ids[j] })
	return ids
}

// obeySigning ends what of a sign-in the core has given up, as a driver does.
func (r *rig) obeySigning() {
	aborted := &msg.Failure{Kind: msg.FailAborted}
	for _, id := range r.pendingIDs() {
		switch p := r.check.pending[id]; {
		case p == nil || !p.aborted:
		case p.kind == "lock":
			r.step(msg.Input{Stored: &msg.Stored{ID: id, Failure: aborted}})
		default:
			delete(r.check.pending, id)
			r.step(msg.Input{End: &msg.End{ID: id, Failure: aborted}})
		}
	}
}

// answerSigning answers what of a sign-in waits still: a driver answers at some time.
func (r *rig) answerSigning() {
	for _, id := range r.pendingIDs() {
		switch p := r.check.pending[id]; {
		case p == nil || p.held:
		case p.kind == "put", p.kind == "lock":
			r.step(msg.Input{Stored: &msg.Stored{ID: id, Found: true}})
		case p.kind == "agree":
			r.step(msg.Input{Agreed: &msg.Agreed{ID: id, Given: true}})
		case p.kind == "open":
			r.step(msg.Input{Visited: &msg.Visited{ID: id}})
		case p.kind == "sign":
			r.step(msg.Input{Signed: &msg.Signed{ID: id, Failure: &msg.Failure{Kind: msg.FailKey, Detail: "gone"}}})
		case !p.listens && !p.aborted:
			delete(r.check.pending, id)
			r.step(msg.Input{End: &msg.End{ID: id, Failure: &msg.Failure{Kind: msg.FailListen, Detail: "no port"}}})
		}
	}
	for id, list := range r.check.verbs {
		if len(list) > 0 && list[0].kind == "login" {
			r.step(msg.Input{Cancel: &msg.Cancel{ID: id}})
		}
	}
	r.obeySigning()
}

// endsAwait takes the End of an Await out of the books; false for any other.
func (c *checker) endsAwait(id uint32) bool {
	if p := c.pending[id]; p == nil || p.kind != "await" {
		return false
	}
	c.standStill()
	delete(c.pending, id)
	return true
}
