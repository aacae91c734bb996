package sim

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/tidwall/gjson"
)

// start starts a process, or fails to.
func (w *world) start(p *msg.Spawn) {
	name := "pipe"
	if p.Command == "legacy-server" {
		name = "oldpipe"
	}
	c := &conn{w: w, id: p.ID, srv: w.servers[name]}
	w.conns[c.id] = c
	if w.force == nil && w.chance(w.faulty/4) {
		w.inject("spawn")
		w.after(w.latency(), func() { c.end(&msg.Failure{Kind: msg.FailSpawn, Detail: "no such file " + canary}) })
		return
	}
	w.after(w.latency(), func() {
		if !c.over {
			w.do(msg.Input{Stderr: &msg.Stderr{ID: c.id, Data: []byte("started with " + canary + "\npart")}})
		}
	})
	if !c.srv.modern {
		c.events = true
		c.srv.listeners = append(c.srv.listeners, c)
	}
}

// lineIn takes what is written to a process. Faults befall its answers.
func (s *server) lineIn(c *conn, line []byte) {
	if c.over || c.mute {
		return
	}
	m := gjson.ParseBytes(line)
	fault := s.w.choose(&conn{w: s.w, srv: s, body: line})
	switch fault {
	case "refused", "connect", "dns", "reset before":
		s.w.after(s.w.latency(), func() { c.end(&msg.Failure{Kind: msg.FailExit, Detail: "exit status 2 " + canary, Sent: true}) })
		return
	case "silence before":
		c.mute = true
		return
	}
	s.w.after(s.w.latency(), func() {
		if c.over || c.mute {
			return
		}
		s.line(c, m, fault)
	})
}

func (s *server) line(c *conn, m gjson.Result, fault string) {
	id := m.Get("id").Raw
	switch {
	case !m.Get("method").Exists():
		s.answered(m)
		return
	case !m.Get("id").Exists():
		return
	case m.Get("method").Str == "subscriptions/listen" && s.modern:
		c.subscription = m.Get("id").Str
		c.data(`{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"` + c.subscription + `"}}}` + "\n")
		s.left(c)
		s.listeners = append(s.listeners, c)
		return
	}
	r := s.handle(m)
	if r.ask != "" {
		c.data(s.ask(r.ask, func() { c.data(message(id, s.after(r, m)) + "\n") }) + "\n")
		return
	}
	text := message(id, r) + "\n"
	half := s.w.below(len(text))
	switch fault {
	case "reset after", "reset in head", "502", "504", "foreign":
		c.end(&msg.Failure{Kind: msg.FailExit, Detail: "signal: killed", Sent: true})
	case "cut", "end in body":
		c.data(text[:half])
		c.end(&msg.Failure{Kind: msg.FailExit, Detail: "exit status 1", Sent: true})
	case "silence after":
		c.mute = true
	case "garbage", "html", "html after":
		c.data("Listening on " + canary + "\n" + text)
	case "twice":
		c.data(text + text)
	case "unknown id":
		c.data(`{"jsonrpc":"2.0","id":"other","result":{}}` + "\n")
	case "slow":
		s.w.after(int64(s.w.below(90))*1e9, func() { c.data(text) })
	default:
		c.data(text)
	}
}

// stop ends a process when it is told to; one that hangs only when it is killed.
func (s *server) stop(c *conn, how string) {
	if c.mute && how != msg.StopKill {
		return
	}
	s.w.after(s.w.latency(), func() { c.end(&msg.Failure{Kind: msg.FailExit, Detail: "signal: killed", Sent: true}) })
}
