package sim

import (
	"fmt"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

// client is the one that uses the core: it asks at random and compares what it is told with what happened.
type client struct {
	w     *world
	verbs []uint32
	// lastSession numbers the sessions; ready are those that are.
	lastSession uint32
	serial      int
	ready       []uint32
	asks        []uint32
	// seen is what each Listen, and each session as 0, was told last.
	seen map[uint32]*telling
}

// telling is the last notification of a Listen.
type telling struct {
	seq int
	gap bool
	of  string
}

const everything = `{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}`

func (c *client) told(e *msg.Effect) {
	switch {
	case e.Done != nil:
		c.done(e.Done)
	case e.Ask != nil:
		id := e.Ask.ID
		c.asks = append(c.asks, id)
		if c.w.chance(900) {
			c.w.after(int64(c.w.below(20000))*1e6, func() { c.answer(id) })
		}
	case e.State != nil:
		c.state(e.State)
	case e.Gap != nil:
		for verb, t := range c.seen {
			if e.Gap.Request == verb || e.Gap.Request == 0 && t.of == c.w.of[e.Gap.Session] {
				t.gap = true
			}
		}
	case e.Message != nil:
		c.message(e.Message)
	}
}

func (c *client) answer(id uint32) {
	a := c.w.check.asks[id]
	if a == nil || !a.open {
		return
	}
	r := &msg.Answer{ID: id, Result: []byte(`{"action":"accept","content":{}}`)}
	switch c.w.below(10) {
	case 0:
		r = &msg.Answer{ID: id, Code: -1, Message: "no"}
	case 1:
		r.Result = []byte(`{"action`)
	}
	c.w.do(msg.Input{Answer: r})
}

func (c *client) state(s *msg.State) {
	for i, id := range c.ready {
		if id == s.Session {
			c.ready = append(c.ready[:i:i], c.ready[i+1:]...)
			break
		}
	}
	if s.Phase == msg.PhaseReady {
		c.ready = append(c.ready, s.Session)
	}
}

// message counts what a Listen is told: a number that is left out needs a gap before it.
func (c *client) message(m *msg.Message) {
	t := c.seen[m.Request]
	seq := gjson.GetBytes(m.Params, "seq")
	if t == nil || !seq.Exists() {
		return
	}
	if n := int(seq.Int()); t.seq != 0 && n != t.seq+1 && !t.gap {
		c.w.check.bad("I3.silent", "listen %d of %s was told %d after %d, without a gap", m.Request, t.of, n, t.seq)
	}
	t.seq, t.gap = int(seq.Int()), false
}

func (c *client) done(d *msg.Done) {
	delete(c.seen, d.ID)
	for _, call := range c.w.calls {
		if call.verb == d.ID {
			c.judge(call, d)
			return
		}
	}
}

// judge compares a tool call's outcome with the server's counter.
func (c *client) judge(call *toolCall, d *msg.Done) {
	call.outcome = d.Outcome
	bad := func(code string) {
		c.w.check.bad(code, "%s at %s ran %d times, and is told as %s", call.nonce, call.server, call.executed, d.Outcome)
	}
	switch d.Outcome {
	case msg.OutcomeResult:
		if call.executed != 1 {
			bad("I1.result")
		}
		if !strings.Contains(string(d.Result), call.nonce) {
			bad("I1.mixed")
		}
	case msg.OutcomeNotSent:
		if call.executed > 0 {
			bad("I1.notsent")
		}
	case msg.OutcomeServerError:
		if call.executed > 0 && !call.erred {
			bad("I1.servererror-ran")
		}
	}
}

// act does one thing at random.
func (c *client) act() {
	w := c.w
	if len(c.ready) == 0 || w.chance(40) {
		c.connect(w.among[w.below(len(w.among))])
		return
	}
	session := c.ready[w.below(len(c.ready))]
	switch n := w.below(100); {
	case n < 50:
		c.call(session, []string{"plain", "plain", "plain", "ask", "task", "error", "mismatch", "outdated"}[w.below(8)])
	case n < 65:
		method := []string{"tools/list", "tools/list", "ping", "resources/read", "prompts/get"}[w.below(5)]
		r := &msg.Request{ID: w.verb(), Session: session, Method: method, All: w.chance(200), Fresh: w.chance(300), Params: []byte(`{"uri":"x:y","name":"n"}`)}
		if w.chance(200) {
			r.LogLevel = "info"
		}
		c.track(r.ID)
		w.do(msg.Input{Request: r})
	case n < 72:
		id := w.verb()
		c.seen[id] = &telling{of: w.of[session]}
		l := &msg.Listen{ID: id, Session: session, Tools: true}
		if w.chance(300) {
			l.URIs = []string{"x:y"}
		}
		c.track(id)
		w.do(msg.Input{Listen: l})
	case n < 78:
		w.do(msg.Input{Notify: &msg.Notify{ID: w.verb(), Session: session, Method: "notifications/roots/list_changed"}})
	case n < 88 && len(c.verbs) > 0:
		w.do(msg.Input{Cancel: &msg.Cancel{ID: c.verbs[w.below(len(c.verbs))], Reason: "enough"}})
	case n < 92:
		w.do(msg.Input{Close: &msg.Close{ID: w.verb(), Session: session}})
	default:
		w.do(msg.Input{Explain: &msg.Explain{ID: w.verb(), Config: 1, Server: w.among[w.below(len(w.among))]}})
	}
}

func (c *client) track(id uint32) {
	if c.verbs = append(c.verbs, id); len(c.verbs) > 8 {
		c.verbs = c.verbs[1:]
	}
}

func (c *client) connect(entry string) uint32 {
	c.lastSession++
	c.w.of[c.lastSession] = entry
	n := &msg.Connect{ID: c.w.verb(), Session: c.lastSession, Config: 1, Server: entry, Capabilities: []byte(everything)}
	c.track(n.ID)
	c.w.do(msg.Input{Connect: n})
	return c.lastSession
}

func (c *client) call(session uint32, mode string) *toolCall {
	c.serial++
	t := &toolCall{nonce: fmt.Sprintf("n%d.", c.serial), mode: mode, server: c.w.of[session], verb: c.w.verb()}
	c.w.calls[t.nonce] = t
	r := &msg.Request{ID: t.verb, Session: session, Method: "tools/call", Progress: c.w.chance(300),
		Params: []byte(`{"name":"t","arguments":{"nonce":"` + t.nonce + `","mode":"` + mode + `"}}`)}
	if c.w.chance(200) {
		r.TimeoutMS = uint32(1 + c.w.below(20000))
	}
	c.track(t.verb)
	c.w.do(msg.Input{Request: r})
	return t
}
