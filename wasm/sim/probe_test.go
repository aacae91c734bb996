package sim

import "github.com/headfast/headfast/jsbridge/msg"

// probing is a Probe by its number, which stands for a session in its requests.
type probing struct {
	origin string
	count  int
}

// mostProbed bounds the requests of a probe: those of connecting, with what is sent again, at four other paths, of looking
// once more, and for three documents.
const mostProbed = 60

func (c *checker) probe(p *msg.Probe) {
	c.begin(&verb{id: p.ID, kind: "probe", timeout: bound(p.TimeoutMS, 30e9)})
	if c.probes == nil {
		c.probes = map[uint32]*probing{}
	}
	c.probes[p.ID] = &probing{}
}

// probed takes a request of a probe: all go to one origin, they are few, none calls a tool, and none is sent once the
// probe is over but the one that deletes its session.
func (c *checker) probed(p *probing, x *exchange, h *msg.HTTP) {
	x.rpc = rpcMethod(h.Body)
	if p.count++; p.count > mostProbed {
		c.bad("I5.probe", "probe %d sends %d requests", h.Session, p.count)
	}
	if p.origin == "" {
		p.origin = originOf(h.URL)
	}
	if o := originOf(h.URL); o != p.origin {
		c.bad("I6.origin", "a request of probe %d to %s instead of %s", h.Session, o, p.origin)
	}
	switch x.rpc {
	case "", "server/discover", "initialize", "notifications/initialized":
	default:
		c.bad("probe.rpc", "probe %d sends %s", h.Session, x.rpc)
	}
	if h.Method != "DELETE" && !c.open(h.Session) {
		c.bad("I1.after", "a request of probe %d, which is over", h.Session)
	}
}
