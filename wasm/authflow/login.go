package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Login signs in because a person wants to: the server is asked for its challenge first, without any token. id is the
// driver's, and stands where a session's would.
func (a *Account) Login(id uint32, then func(*msg.Error)) (cancel func()) {
	p := &probe{a: a, then: then}
	p.need.Session = id
	h := &msg.HTTP{Session: id, Method: "POST", URL: a.plan.URL.String(), Body: []byte(probeBody), Headers: append([]msg.Header{
		{Name: "Content-Type", Value: "application/json"}, {Name: "Accept", Value: "application/json, text/event-stream"},
		{Name: "MCP-Protocol-Version", Value: "2026-07-28"}, {Name: "Mcp-Method", Value: "server/discover"}}, a.plan.Headers...)}
	p.id, p.begun = a.out.Send(p, h), a.out.Now()
	p.trace("sent", "asks the server without a token, to hear what it wants")
	p.timer = a.out.After(exchangeTime, p.enough)
	return p.cancel
}

// probeBody asks for nothing that changes anything.
const probeBody = `{"jsonrpc":"2.0","id":"sign-in","method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",` +
	`"io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"headfast","version":"0"}}}}`

// probe is the request whose refusal tells how to sign in. Where there is none, the well-known addresses tell.
type probe struct {
	a          *Account
	id         uint32
	need       Need
	then       func(*msg.Error)
	timer      Timer
	status     uint32
	begun      int64
	over, left bool
	leave      func()
}

func (p *probe) Head(h *msg.Head) {
	p.status = h.Status
	if h.Status == 401 || h.Status == 403 {
		for _, f := range h.Headers {
			switch {
			case strings.EqualFold(f.Name, "WWW-Authenticate"):
				p.need.Challenges = append(p.need.Challenges, f.Value)
			case strings.EqualFold(f.Name, "DPoP-Nonce"):
				p.need.Nonce = f.Value
			}
		}
	}
	p.enough()
}

func (p *probe) Body(*msg.Body) {}

// enough ends the request: its content does not matter.
func (p *probe) enough() {
	if !p.over {
		p.a.out.Emit(&msg.Effect{Abort: &msg.Abort{ID: p.id}})
	}
}

func (p *probe) End(*msg.End) {
	p.over = true
	p.timer.Stop()
	p.trace("ended", "")
	if p.left {
		return
	}
	p.need.Anew, p.need.Person, p.need.Status = true, true, p.status
	p.leave = p.a.Renew(p.need, func(e *msg.Error) {
		if e == nil {
			if e = p.a.NotKept(); e != nil {
				e.Severity = "error" // to be kept is what a login is for
			}
		}
		p.then(e)
	})
}

func (p *probe) cancel() {
	p.left = true
	p.enough()
	if p.leave != nil {
		p.leave()
	}
}

func (p *probe) trace(phase, note string) {
	if p.a.out.Tracing() {
		p.a.out.Emit(&msg.Effect{Trace: &msg.Trace{Exchange: p.id, Phase: phase, Method: "POST", URL: p.a.plan.Show, RPC: "server/discover", Rule: signInRule,
			Status: p.status, ElapsedNS: p.a.out.Now() - p.begun, Note: note}})
	}
}
