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
	x.status = h.Status
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
	c.bodies = append(c.bodies, x)
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
			c.event(event)
			text = rest
		}
		x.content = []byte(text)
	}
}

func (c *checker) event(text string) {
	var data []string
	for _, line := range strings.Split(text, "\n") {
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
	s := c.sessions[x.session]
	if s == nil || s.over || !x.stream() {
		return
	}
	if x.method == "GET" && !x.resumes || x.method == "GET" && x.resumes {
		s.broken = true
	}
	if a := x.attempt; a != nil && a.method == "subscriptions/listen" && !a.answered {
		for _, list := range c.verbs {
			for _, v := range list {
				if v.kind == "listen" && v.session == x.session {
					s.torn[v.id] = true
				}
			}
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

const acknowledged = "notifications/subscriptions/acknowledged"

// notification demands a Gap, or a resumed stream, between the break of a stream and what comes after (I3).
func (c *checker) notification(s *session, m *msg.Message) {
	if m.Method == acknowledged || !strings.HasSuffix(m.Method, "_changed") && m.Method != "notifications/resources/updated" && m.Method != "notifications/message" {
		return
	}
	if s.lost {
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
