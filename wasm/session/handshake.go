package session

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/tidwall/gjson"
)

// How long a server may be silent to server/discover before it is asked by initialize too: there are servers of
// old that do not answer what they do not know. The probe stays open, for one that is only slow.
const (
	probePatience = 5 * second
	pipePatience  = 3 * second
)

// probe asks as a modern client asks ("Backward Compatibility" of Streamable HTTP and of stdio, 2026-07-28).
func (s *Session) probe() {
	s.speak(revision.Modern)
	s.start(&call{method: "server/discover", shake: true, done: s.probed})
	if s.phase == probing && s.pinned == "" {
		patience := probePatience
		if s.pipe != nil {
			patience = pipePatience
		}
		s.patience = s.out.After(s.paused()+patience, func() { s.move(isLegacy) })
	}
}

func (s *Session) probed(a answer) {
	if s.phase != probing && s.phase != initializing {
		return
	}
	v := revision.Classify(a.message)
	late := s.phase == initializing // it is asked by initialize too, which then decides, unless this is a modern answer
	switch {
	case v.Era == revision.EraModern:
		s.forgetOwn("initialize")
		s.met(a, v)
	case late:
	case a.fatal():
		s.fail(a.fault, a.outcome)
	case v.Era == revision.EraUnsupported:
		s.fail(s.noRevision(v.Supported), msg.OutcomeServerError)
	case v.Era == revision.EraBroken:
		s.fail(a.fault, a.outcome)
	case s.pinned != "":
		s.fail(s.notPinned(v.Supported, a.fault), msg.OutcomeServerError)
	default:
		s.move(isLegacy)
	}
}

// met takes a modern server. One that answered with a list of revisions instead of a DiscoverResult is asked once
// more, in the revision chosen; what it answers then does not change that it is modern.
func (s *Session) met(a answer, v revision.Verdict) {
	s.inline = false
	s.speak(v.Version)
	if s.patience != nil {
		s.patience.Stop()
	}
	if a.message.Kind == jsonrpc.Response {
		s.keep("server/discover", nil, a.message.Result)
		s.greet(a.message.Result)
		s.move(isModern)
		return
	}
	s.start(&call{method: "server/discover", shake: true, done: func(again answer) {
		s.greet([]byte("{}"))
		if again.fault == nil {
			s.greet(again.message.Result)
		}
		s.move(isModern)
	}})
}

// initialize is the handshake of revisions before 2026-07-28 ("Lifecycle", 2025-11-25).
func (s *Session) initialize() {
	s.speak(revision.Legacy)
	if s.pinned != "" {
		s.speak(s.pinned)
	}
	s.sessionID = ""
	params := append([]byte(nil), `{"protocolVersion":"`+s.wire.Version+`","capabilities":`...)
	params = append(revision.AppendCapabilities(params, s.declared), `,"clientInfo":`...)
	params = append(append(params, s.out.Client()...), '}')
	s.start(&call{method: "initialize", params: params, shake: true, done: s.initialized})
}

func (s *Session) initialized(a answer) {
	if s.phase != initializing {
		return
	}
	s.forgetOwn("server/discover")
	switch {
	case a.message != nil && a.message.Kind == jsonrpc.Response:
		s.negotiated(a)
	case s.assumedWrong(a.fault):
	case s.pinned != "" && modernWords(a.message):
		s.fail(s.notPinned(revision.Classify(a.message).Supported, a.fault), msg.OutcomeServerError)
	case s.mayBeOld(a):
		s.refusal = &a
		s.move(isOld)
	case a.message != nil && a.message.Code == revision.CodeMethodNotFound && s.stream == nil && s.pinned == "":
		// A server that knows neither handshake, as the one this project began with.
		s.inline = true
		s.speak(revision.Modern)
		s.greeting = []byte("{}")
		s.move(isInline)
	default:
		s.fail(a.fault, a.outcome)
	}
}

// modernWords says that an answer to initialize is an error that only 2026-07-28 has.
func modernWords(m *jsonrpc.Message) bool {
	return m != nil && (m.Code == revision.CodeUnsupportedVersion || m.Code == revision.CodeHeaderMismatch)
}

// longestSession bounds the server's name for its session, in bytes: it goes with every request.
const longestSession = 4096

func (s *Session) negotiated(a answer) {
	raw, twice := only(a.message.Result, "protocolVersion")
	version, _ := jsontext.Unquote(raw)
	switch {
	case twice:
		s.fail(s.broken("its InitializeResult names its revision twice"), msg.OutcomeServerError)
		return
	case !revision.HasInitialize(version):
		s.fail(s.noRevision([]string{version}), msg.OutcomeServerError)
		return
	case s.pinned != "" && version != s.pinned:
		s.fail(s.notPinned([]string{version}, nil), msg.OutcomeServerError)
		return
	}
	s.speak(version)
	if s.stream == nil && !visibleASCII(a.session) {
		s.fail(s.broken("its Mcp-Session-Id has a character outside visible ASCII"), msg.OutcomeServerError)
		return
	}
	if len(a.session) > longestSession {
		s.fail(s.broken("its Mcp-Session-Id has more than 4 KiB"), msg.OutcomeServerError)
		return
	}
	s.sessionID = a.session
	s.plan.Redact.Session(a.session)
	s.greet(a.message.Result)
	s.move(gotResult)
}

// announce sends notifications/initialized; what the server answers to it decides nothing.
func (s *Session) announce() {
	s.notify("notifications/initialized", nil, func(*flight) { s.move(announced) })
}

// greet keeps the server's first answer, for the Connect verb and for State.
func (s *Session) greet(result []byte) {
	s.greeting = append([]byte(nil), result...)
	s.theirs = []byte(gjson.GetBytes(s.greeting, "capabilities").Raw)
	info := gjson.GetBytes(result, "serverInfo")
	if !info.Exists() {
		info = gjson.GetBytes(result, `_meta.io\.modelcontextprotocol/serverInfo`)
	}
	s.name = trace.Line(s.plan.Redact.Text(info.Get("name").Str))
	s.version = trace.Line(s.plan.Redact.Text(info.Get("version").Str))
}

func (s *Session) becomeReady() {
	s.remember()
	s.sign.tries = 0
	s.state(msg.PhaseReady)
	if c := s.connect; c != nil {
		s.connect = nil
		c.timer.Stop()
		s.out.Emit(&msg.Effect{Done: &msg.Done{ID: c.verb, Outcome: msg.OutcomeResult, Result: s.greeting, Problems: s.notKept()}})
		s.greeting = nil
		return
	}
	s.greeting = nil
	s.revived()
}

// remember tells the other sessions to this server how it is met.
func (s *Session) remember() {
	if s.pipe == nil && s.pinned == "" {
		s.out.Meet(s.address(), Met{Legacy: s.wire.Initialize, SSE: s.stream != nil})
	}
}

// speak takes a revision that is known.
func (s *Session) speak(version string) { s.wire, _ = revision.Of(version) }

func (s *Session) noRevision(theirs []string) *msg.Error {
	return s.about(problem.New(problem.Revision, "No revision of MCP in common", "The server speaks "+problem.Join(s.quoted(theirs))+
		"; Headfast speaks 2024-11-05 to 2026-07-28.", "Look for a newer version of the server or of Headfast."))
}

// notPinned says that the server does not speak the one revision that was asked for. why is its own refusal.
func (s *Session) notPinned(theirs []string, why *msg.Error) *msg.Error {
	body := "It was asked for only."
	if len(theirs) > 0 {
		body = "The server speaks " + problem.Join(s.quoted(theirs)) + "."
	} else if why != nil {
		body = why.Body
	}
	return s.about(problem.New(problem.Revision, "The server does not speak "+s.pinned, body, "Leave the revision to be found out."))
}

func (s *Session) quoted(theirs []string) []string {
	quoted := make([]string, len(theirs))
	for i, v := range theirs {
		quoted[i] = `"` + trace.Line(s.plan.Redact.Text(v)) + `"`
	}
	return quoted
}

func visibleASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '!' || s[i] > '~' {
			return false
		}
	}
	return true
}
