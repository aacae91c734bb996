package probe

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/record"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/transport"
	"github.com/headfast/headfast/wasm/weburl"
	"github.com/tidwall/gjson"
)

// noted is an exchange of which it is noted what came.
type noted struct {
	transport.Receiver
	r    *Run
	plan *resolve.Plan
	at   int
	rpc  string
	in   transport.Exchange
}

// About is what the exchange's own part of the core has to say for a record.
func (n *noted) About() record.About {
	if o, ok := n.Receiver.(record.Owner); ok {
		return o.About()
	}
	return record.About{Redact: &n.plan.Redact}
}

// Head notes the status, and what a refusal asks for.
func (n *noted) Head(h *msg.Head) {
	n.in.Head(h)
	n.r.told.Answers[n.at].Status = h.Status
	n.r.refused = 0
	if h.Status == 401 || h.Status == 403 {
		n.r.refused, n.r.challenges = h.Status, n.in.Challenges
	}
	n.Receiver.Head(h)
}

// End notes what it was.
func (n *noted) End(e *msg.End) {
	a := &n.r.told.Answers[n.at]
	a.Note = n.what(e.Failure, a)
	if n.rpc != "" {
		a.Note = n.rpc + ": " + a.Note
	}
	n.Receiver.End(e)
}

func (n *noted) what(failure *msg.Failure, a *msg.Answered) string {
	switch in := &n.in; {
	case in.Status == 0 && failure != nil && failure.Kind != msg.FailAborted:
		return "no answer (" + failure.Kind + ")"
	case in.Status == 0:
		return "no answer in time"
	case in.Status == 401 || in.Status == 403:
		if a.Credential {
			return "what was sent is refused"
		}
		return "a credential is wanted"
	case in.Redirected():
		return "a redirect" + n.target()
	case in.Type == "text/html":
		return "an HTML page"
	case in.Status == 400 && in.JSON():
		return "JSON"
	case in.Status == 405:
		return a.Method + " is not taken"
	case !in.OK():
		return "nothing for MCP"
	case in.Stream():
		return "an event stream"
	case in.JSON():
		return "JSON"
	case in.Type == "":
		return "taken"
	}
	return trace.Line("content of type " + n.plan.Redact.Text(n.in.Type))
}

func (n *noted) target() string {
	from, err := weburl.Parse(n.r.told.Answers[n.at].URL)
	if err != nil {
		from = n.plan.URL
	}
	to, err := from.Resolve(n.in.Location)
	if err != nil {
		return ""
	}
	return " to " + n.plan.Shown(to)
}

// rpcOf is the method in a request's content.
func rpcOf(body []byte) string { return gjson.GetBytes(body, "method").Str }

// carries says that something that is configured, or a token, goes with a request.
func carries(h *msg.HTTP, plan *resolve.Plan) bool {
	for _, have := range h.Headers {
		if strings.EqualFold(have.Name, "Authorization") {
			return true
		}
		for _, configured := range plan.Headers {
			if have == configured {
				return true
			}
		}
	}
	return false
}
