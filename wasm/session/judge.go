package session

import (
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/revision"
	"github.com/headfast/headfast/wasm/trace"
)

// peer is who is at the other end, for a sentence.
func (s *Session) peer() string {
	if s.plan.URL.Host == "" {
		return `the process of "` + s.plan.Server + `"`
	}
	return s.plan.URL.Authority()
}

// about completes a problem with which server and which URL.
func (s *Session) about(e *msg.Error) *msg.Error {
	e.Server, e.URL = s.plan.Server, s.plan.Show
	if e.Where.Line == 0 {
		e.Where = s.plan.URLWhere
	}
	return e
}

// judge says what an exchange without an answer means: any status with any body has one typed reason.
func (s *Session) judge(f *flight, failure *msg.Failure) *msg.Error {
	e := s.reason(f, failure)
	e.Status = f.in.Status
	return s.about(e)
}

func (s *Session) reason(f *flight, failure *msg.Failure) *msg.Error {
	said := s.plan.Redact.Excerpt(f.in.Type, f.in.Content(), failure != nil || f.in.Cut())
	switch {
	case f.refused():
		return s.refusalOf(f, said)
	case f.in.Redirected():
		return s.redirectProblem(f)
	case f.in.Status == 0 && failure != nil:
		return s.unreachable(f.call, failure)
	case f.in.Status == 0:
		return s.cutOff(f.call, &msg.Failure{Detail: "the connection ended"})
	case failure != nil && f.in.OK():
		return s.cutOff(f.call, failure)
	case f.in.Status == 404 && s.sessionID != "":
		return s.sessionGone(said)
	case f.in.Status == 404 || f.in.Status == 405 || f.in.Status == 410:
		return s.wrongPath(f, said)
	case !f.in.OK() && f.role == roleSSE && f.in.Status == 400:
		return s.wrongKind(f, said)
	case f.busy():
		return problem.New(problem.HTTPStatus, "The server answered "+strconv.Itoa(int(f.in.Status)), problem.Answered(s.askedFor(f), s.what(f), said), s.tooBusy(f))
	case !f.in.OK():
		return problem.New(problem.HTTPStatus, "The server answered "+strconv.Itoa(int(f.in.Status)), problem.Answered(s.askedFor(f), s.what(f), said),
			"Look into the server's log; the request had the credentials shown by headfast explain.")
	case f.in.Stream():
		return s.cutOff(f.call, &msg.Failure{Detail: "the stream ended"})
	case s.connect == nil || f.why == wrongID:
		return s.broken(s.brokenHow(f))
	}
	return s.notMCP(f, said)
}

// wrongKind is a GET that a Streamable HTTP server refuses, since it wants a session first.
func (s *Session) wrongKind(f *flight, said string) *msg.Error {
	return problem.New(problem.WrongPath, "No HTTP+SSE server at this path", problem.Answered(s.askedFor(f), s.what(f), said),
		`The server probably speaks Streamable HTTP: write "type": "http".`)
}

// askedFor is which request it was and what is what came, for a sentence: "POST https://host/mcp" answered
// "404 (text/html)".
func (s *Session) askedFor(f *flight) string { return f.out.Method + " " + s.shown(f) }

// kind is the content type for people: a server may put anything there.
func (s *Session) kind(f *flight) string { return trace.Line(s.plan.Redact.Text(f.in.Type)) }

func (s *Session) what(f *flight) string {
	text := strconv.Itoa(int(f.in.Status))
	if kind := s.kind(f); kind != "" {
		text += " (" + kind + ")"
	}
	return text
}

func (s *Session) brokenHow(f *flight) string {
	switch {
	case f.why != "":
		return f.why
	case len(f.in.Content()) == 0:
		return "it answered " + strconv.Itoa(int(f.in.Status)) + " with nothing in it to a request"
	}
	return `its answer is "` + s.kind(f) + `", neither application/json nor text/event-stream`
}

func (s *Session) broken(how string) *msg.Error {
	return s.about(problem.New(problem.Protocol, "The server's answer breaks the protocol", s.peer()+": "+how+".",
		"This is for the server's operator."))
}

func (s *Session) wrongPath(f *flight, said string) *msg.Error {
	body := problem.Answered(s.askedFor(f), s.what(f), said) + " The host works; the path is probably different."
	return problem.New(problem.WrongPath, "No MCP server at this path", body, s.pathHint(f))
}

// pathHint names what is wrong where a path is: the path, or the kind of transport that is asked for there.
func (s *Session) pathHint(f *flight) string {
	hint := "Look up the server's MCP path; " + f.url.Origin() + "/mcp and /sse are common. Put it into url at " + problem.At(s.plan.URLWhere) + "."
	if f.in.Status != 405 {
		return hint
	}
	if f.role == roleSSE {
		return `If the path is right, the server speaks Streamable HTTP: write "type": "http". ` + hint
	}
	return `If the path is right, the server speaks HTTP+SSE: write "type": "sse". ` + hint
}

func (s *Session) notMCP(f *flight, said string) *msg.Error {
	body := problem.Answered(s.askedFor(f), s.what(f), said)
	if f.why != "" {
		body += " It is not JSON-RPC: " + f.why + "."
	}
	return problem.New(problem.NotMCP, "The answer is not MCP", body, "The path is probably different, or a sign-in page or proxy stands before the server.")
}

// cutOff is an answer that broke off; c is its call, or nil for any.
func (s *Session) cutOff(c *call, failure *msg.Failure) *msg.Error {
	if failure.Kind == msg.FailLimit {
		return problem.New(problem.TooLarge, "The answer is too large", s.peer()+": "+trace.Line(failure.Detail)+".", "Ask the server for less at a time.")
	}
	return problem.New(problem.CutOff, "The server stopped before it answered", s.peer()+": "+trace.Line(s.plan.Redact.Text(failure.Detail))+
		"."+c.aftermath(), c.nowWhat())
}

// aftermath says what an answer that did not come leaves open.
func (c *call) aftermath() string {
	switch {
	case c == nil || !c.harmless():
		return " The request may have run."
	case c.again.count > 0:
		return " It was tried " + strconv.Itoa(c.again.count+1) + " times."
	}
	return ""
}

func (c *call) nowWhat() string {
	if c == nil || !c.harmless() {
		return "Look whether it ran before you send it again."
	}
	return "Try again, which changes nothing."
}

func (c *call) harmless() bool { return c.shake || readOnly(c.method) }

func (s *Session) sessionGone(said string) *msg.Error {
	return problem.New(problem.SessionEnded, "The server has ended the session", problem.Answered(s.peer(), "404", said), "Connect again.")
}

func (s *Session) redirectProblem(f *flight) *msg.Error {
	hop := f.in.Next(f.url, f.out.Method, f.hops)
	body, hint := s.askedFor(f)+" answered "+s.what(f), "This is for the server's operator."
	if hop.To.Host != "" {
		body += ", to " + s.plan.Shown(hop.To)
	}
	if hop.To.Host != "" && hop.To != s.plan.URL {
		hint = "If you trust that address, put it into url at " + problem.At(s.plan.URLWhere) + "."
	}
	return problem.New(problem.Redirected, "The server redirects, and Headfast does not follow", body+". Not followed: "+s.plan.Redact.Text(hop.Why)+".", hint)
}

// longestData bounds the data of an error that is handed on, in bytes.
const longestData = 1 << 20

func (s *Session) rpcError(f *flight, m *jsonrpc.Message) *msg.Error {
	said := trace.Line(s.plan.Redact.Text(m.ErrorMessage))
	if f.in.Status == 404 && s.sessionID != "" && m.Code != revision.CodeMethodNotFound {
		return s.about(s.sessionGone(said))
	}
	e := problem.New(problem.ServerError, "The server answered with an error", problem.Answered(f.rpcName(), "JSON-RPC error "+strconv.FormatInt(m.Code, 10), said),
		"")
	e.Server, e.URL, e.Status, e.RPCCode = s.plan.Server, s.plan.Show, f.in.Status, m.Code
	if len(m.ErrorData) <= longestData {
		e.RPCData = s.plan.Redact.JSON(m.ErrorData)
	}
	if f.call != nil && f.call.again.corrected && m.Code == revision.CodeHeaderMismatch {
		e.Hint = "What the tool wants in Mcp-Param-* headers was looked up again, and the server still refuses them: this is for its operator."
	}
	return e
}

func (f *flight) rpcName() string {
	if f.call == nil {
		return "It"
	}
	return f.call.method
}

// checkResultType is 2026-07-28, "ResultType": absent is complete, and what is unknown is invalid.
func (s *Session) checkResultType(m *jsonrpc.Message) *msg.Error {
	if m.Result[0] != '{' {
		return s.broken("its result is no object")
	}
	switch kind, ok := s.kindOf(m); {
	case !ok:
		return s.broken("its result has a resultType that cannot be read in one way only")
	case kind == "complete":
		return nil
	}
	return s.broken("its result has a resultType that is not known here, or not for this request")
}
