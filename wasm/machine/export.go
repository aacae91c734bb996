package machine

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/record"
	"github.com/headfast/headfast/wasm/transport"
)

// recordSent keeps a request, where a record is made.
func (m *Machine) recordSent(to transport.Receiver, h *msg.HTTP) {
	if m.record == nil {
		return
	}
	if o, ok := to.(record.Owner); ok {
		m.record.Sent(h, o.About(), m.now, m.wall)
	}
}

// noted keeps what the trace says of an exchange; true where nobody else wants to know.
func (m *Machine) noted(t *msg.Trace) bool {
	if m.record != nil {
		m.record.Noted(t, m.now, m.wall)
	}
	return !m.trace
}

// recordCame keeps what came of an exchange.
func (m *Machine) recordCame(in *msg.Input) {
	switch {
	case m.record == nil:
	case in.Head != nil:
		m.record.Head(in.Head, m.now)
	case in.Body != nil:
		m.record.Body(in.Body)
	case in.End != nil:
		m.record.End(in.End, m.now)
	}
}

// export tells what was exchanged so far.
func (m *Machine) export(x *msg.Export) {
	why := ""
	var text []byte
	switch {
	case m.record == nil:
		why = "nothing is recorded: Begin.Record was not set"
	case x.Format == "har":
		text = m.record.HAR(Build, x.Exchange)
	case x.Format == "curl":
		text = m.record.Curl(x.Exchange)
	default:
		why = "this format is not known: it is har or curl"
	}
	if why != "" {
		m.Emit(&msg.Effect{Done: &msg.Done{ID: x.ID, Outcome: msg.OutcomeNotSent, Error: problem.New(problem.Usage, "This cannot be exported", why, "")}})
		return
	}
	m.Emit(&msg.Effect{Exported: &msg.Exported{ID: x.ID, Text: text}})
}
