package sim

import (
	"bytes"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

func (c *checker) head(h *msg.Head) {
	x := c.exchanges[h.ID]
	if x == nil {
		return
	}
	x.status, x.last = h.Status, c.now
	for _, f := range h.Headers {
		if strings.EqualFold(f.Name, "Content-Type") {
			kind, _, _ := strings.Cut(f.Value, ";")
			x.kind = strings.ToLower(strings.TrimSpace(kind))
		}
	}
}

// body reads the responses in a piece of content, with simple means: events and lines as they end, JSON at the end.
func (c *checker) body(b *msg.Body) {
	x := c.exchanges[b.ID]
	if x == nil {
		return
	}
	c.bodies, x.last = append(c.bodies, x), c.now
	x.content = append(x.content, b.Data...)
	switch {
	case x.spawn:
		for {
			line, rest, ok := bytes.Cut(x.content, []byte("\n"))
			if !ok {
				return
			}
			c.read(line)
			x.content = rest
		}
	case x.stream():
		text := strings.ReplaceAll(strings.ReplaceAll(string(x.content), "\r\n", "\n"), "\r", "\n")
		for {
			event, rest, ok := strings.Cut(text, "\n\n")
			if !ok {
				break
			}
			c.event(x, event)
			text = rest
		}
		x.content = []byte(text)
	}
}

func (c *checker) event(x *exchange, text string) {
	var data []string
	for _, line := range strings.Split(text, "\n") {
		if id, ok := strings.CutPrefix(line, "id:"); ok && x.ear {
			c.earIDs[strings.TrimPrefix(id, " ")] = true
		}
		if d, ok := strings.CutPrefix(line, "data:"); ok {
			data = append(data, strings.TrimPrefix(d, " "))
		}
	}
	c.read([]byte(strings.Join(data, "\n")))
}

// read takes a message of the server's, or several in an array.
func (c *checker) read(text []byte) {
	if !gjson.ValidBytes(text) {
		return
	}
	m := gjson.ParseBytes(text)
	if m.IsArray() {
		m.ForEach(func(_, one gjson.Result) bool { c.response(one); return true })
		return
	}
	c.response(m)
}

func (c *checker) response(m gjson.Result) {
	a := c.attempts[m.Get("id").String()]
	if a == nil || m.Get("method").Exists() {
		return
	}
	a.answered = true
	switch m.Get("error.code").Int() {
	case -32020, -32022:
		a.refused = true
	}
	if m.Get("result.resultType").Str == "input_required" {
		a.refused = true
	}
}

func (c *checker) end(e *msg.End) {
	x := c.exchanges[e.ID]
	if x == nil {
		return
	}
	x.ended, x.failure = true, e.Failure
	if x.guarded {
		c.standStill()
		return
	}
	if e.Failure == nil && !x.stream() && !x.spawn {
		c.read(x.content)
		if x.attempt != nil && len(x.content) > 0 && x.status >= 400 && gjson.GetBytes(x.content, "id").Type == gjson.Null {
			x.attempt.answered = true // an error that could not name its request
			if code := gjson.GetBytes(x.content, "error.code").Int(); code == -32020 || code == -32022 {
				x.attempt.refused = true
			}
		}
	}
	if x.spawn {
		c.read(x.content)
	}
	if !x.aborted {
		c.tornOff(x)
	}
}

// tornOff notes a stream that ended, or is given up: what comes from then on is another's.
func (c *checker) tornOff(x *exchange) {
	s := c.sessions[x.session]
	if s == nil || s.over || !x.stream() {
		return
	}
	if x.ear {
		s.broken, s.brokenAt = true, c.now
	}
	if a := x.attempt; a != nil && !a.answered {
		if verb, ok := c.subscriptions[a.id]; ok && c.open(verb) {
			s.torn[verb] = true
		}
	}
}

// forget takes the exchange out, once the effects of the same step were looked at.
func (c *checker) forget(id uint32) {
	if x := c.exchanges[id]; x != nil {
		x.content = nil
	}
	delete(c.exchanges, id)
}

// patience is how long a stream may be silent, or broken, before that must have been noticed.
const patience = 600e9

// stillHeard demands of a session that is to be closed that no stream of it is silent for long, and none gone
// without a word (I3, F-04).
func (c *checker) stillHeard(session uint32) {
	s := c.sessions[session]
	if s == nil || s.over || s.phase != msg.PhaseReady {
		return
	}
	heard := false
	for _, x := range c.exchanges {
		if x.session != session || x.aborted || !x.ear && x.rpc != "subscriptions/listen" || x.spawn {
			continue
		}
		heard = heard || x.ear
		if c.now > x.last+patience {
			c.bad("I3.half-open", "%s %s was silent for %d s, and nobody noticed", x.method, x.rpc, (c.now-x.last)/1e9)
		}
	}
	if s.broken && !heard && c.now > s.brokenAt+patience {
		c.bad("I3.deaf", "the session's own stream broke off %d s ago, is not opened again, and no gap was told", (c.now-s.brokenAt)/1e9)
	}
}

const acknowledged = "notifications/subscriptions/acknowledged"

// notification demands a Gap, or a resumed stream, between the break of a stream and what comes after (I3).
func (c *checker) notification(s *session, m *msg.Message) {
	if m.Method == acknowledged {
		if id := gjson.GetBytes(m.Params, `_meta.io\.modelcontextprotocol/subscriptionId`); id.Exists() {
			c.subscriptions[id.Str] = m.Request
		}
		return
	}
	if !strings.HasSuffix(m.Method, "_changed") && m.Method != "notifications/resources/updated" && m.Method != "notifications/message" {
		return
	}
	if s.lost && c.since(s.lostAt) {
		c.bad("I3.lost", "%s after the session was had again, and no gap was told", m.Method)
	}
	if s.torn[m.Request] {
		c.bad("I3.torn", "%s for the listen %d, whose stream broke off, and no gap was told", m.Method, m.Request)
	}
	if len(c.bodies) == 0 {
		return
	}
	for _, x := range c.bodies {
		if x.method != "GET" || x.resumes {
			return
		}
	}
	if s.broken {
		c.bad("I3.broken", "%s on a stream that was opened again, and no gap was told", m.Method)
	}
}

// since says that what is under way comes from exchanges that were begun after that one.
func (c *checker) since(id uint32) bool {
	for _, x := range c.bodies {
		if x.id <= id {
			return false
		}
	}
	return len(c.bodies) > 0
}

func (c *checker) gap(g *msg.Gap) {
	s := c.active("gap", g.Session)
	if s == nil {
		return
	}
	if g.Request != 0 && !c.open(g.Request) {
		c.bad("I1.after", "a gap of verb %d, which is over", g.Request)
	}
	if g.Request == 0 {
		s.broken, s.lost = false, false
		clear(s.torn)
	}
	delete(s.torn, g.Request)
}
