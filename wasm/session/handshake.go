package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/tidwall/gjson"
)

// probe asks as a modern client asks ("Backward Compatibility" of Streamable HTTP, 2026-07-28).
func (s *Session) probe() {
	s.revision = revision.Modern
	s.start(&call{method: "server/discover", done: s.probed})
}

func (s *Session) probed(a answer) {
	if a.fatal() {
		s.fail(a.fault, a.outcome)
		return
	}
	v := revision.Classify(a.message)
	switch v.Era {
	case revision.EraModern:
		s.revision = v.Version
		s.greet(a.message.Result)
		s.move(isModern)
	case revision.EraUnsupported:
		s.fail(s.noRevision(v.Supported), msg.OutcomeServerError)
	case revision.EraBroken:
		s.fail(a.fault, a.outcome)
	default:
		s.move(isLegacy)
	}
}

// initialize is the handshake of revisions before 2026-07-28 ("Lifecycle", 2025-11-25).
func (s *Session) initialize() {
	s.revision = revision.Legacy
	params := append([]byte(nil), `{"protocolVersion":"`+revision.Legacy+`","capabilities":{},"clientInfo":`...)
	params = append(append(params, s.out.Client()...), '}')
	s.start(&call{method: "initialize", params: params, bare: true, done: s.initialized})
}

func (s *Session) initialized(a answer) {
	switch {
	case a.message != nil && a.message.Kind == jsonrpc.Response:
		s.negotiated(a)
	case a.message != nil && a.message.Code == revision.CodeMethodNotFound && s.stream == nil:
		// A server that knows neither handshake, as the one this project began with.
		s.revision, s.inline = revision.Modern, true
		s.greeting = []byte("{}")
		s.move(isInline)
	default:
		s.fail(a.fault, a.outcome)
	}
}

func (s *Session) negotiated(a answer) {
	version := gjson.GetBytes(a.message.Result, "protocolVersion").Str
	if !revision.Known(version) || revision.IsModern(version) {
		s.fail(s.noRevision([]string{version}), msg.OutcomeServerError)
		return
	}
	s.revision = version
	if s.stream == nil && !visibleASCII(a.session) {
		s.fail(s.broken("its Mcp-Session-Id has a character outside visible ASCII"), msg.OutcomeServerError)
		return
	}
	s.sessionID = a.session
	s.greet(a.message.Result)
	s.move(gotResult)
}

// announce sends notifications/initialized; what the server answers to it decides nothing.
func (s *Session) announce() {
	s.notify("notifications/initialized", nil, func() { s.move(announced) })
}

// greet keeps the server's first answer, for the Connect verb and for State.
func (s *Session) greet(result []byte) {
	s.greeting = append([]byte(nil), result...)
	info := gjson.GetBytes(result, "serverInfo")
	if !info.Exists() {
		info = gjson.GetBytes(result, `_meta.io\.modelcontextprotocol/serverInfo`)
	}
	s.name = trace.Line(s.plan.Redact.Text(info.Get("name").Str))
	s.version = trace.Line(s.plan.Redact.Text(info.Get("version").Str))
}

func (s *Session) becomeReady() {
	if s.sessionLegacy() && s.stream == nil {
		s.listen()
	}
	s.state(msg.PhaseReady)
	c := s.connect
	s.connect = nil
	c.timer.Stop()
	s.out.Emit(&msg.Effect{Done: &msg.Done{ID: c.verb, Outcome: msg.OutcomeResult, Result: s.greeting}})
	s.greeting = nil
}

// sessionLegacy says that the server was met by initialize.
func (s *Session) sessionLegacy() bool { return !revision.IsModern(s.revision) }

func (s *Session) noRevision(theirs []string) *msg.Error {
	quoted := make([]string, len(theirs))
	for i, v := range theirs {
		quoted[i] = `"` + trace.Line(s.plan.Redact.Text(v)) + `"`
	}
	return s.about(problem.New(problem.Revision, "No revision of MCP in common", "The server speaks "+problem.Join(quoted)+
		"; Headfast speaks 2024-11-05 to 2026-07-28.", "Look for a newer version of the server or of Headfast."))
}

func visibleASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '!' || s[i] > '~' {
			return false
		}
	}
	return true
}
