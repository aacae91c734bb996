package session

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// unreachable puts a failure without any answer into words. The host's own words are kept: they often
// name the one thing that is wrong.
func (s *Session) unreachable(c *call, failure *msg.Failure) *msg.Error {
	host := s.peer()
	detail := trace.Line(s.plan.Redact.Text(failure.Detail))
	switch failure.Kind {
	case msg.FailDNS:
		return problem.New(problem.Unreachable, "Nothing answers at "+host, host+" has no address (DNS): "+detail+".", "Check the host's name in url at "+problem.At(s.plan.URLWhere)+".")
	case msg.FailRefused:
		return problem.New(problem.Unreachable, "Nothing answers at "+host, "Connection refused. The host exists, but no program listens on that port.", s.startHint())
	case msg.FailTLS:
		return problem.New(problem.TLS, "The certificate of "+host+" is not trusted", detail+". Nothing was sent.", "Mend the certificate, or trust its issuer on this machine.")
	case msg.FailPlain:
		return problem.New(problem.TLS, host+" does not speak TLS", detail+". Nothing was sent.", "Write http:// in url at "+problem.At(s.plan.URLWhere)+" if that is meant, or start the server with TLS.")
	case msg.FailBlocked:
		return problem.New(problem.Blocked, "The browser blocked the answer, or the server is unreachable",
			"A web page cannot see which: "+host+" may be down, or it may not let web pages read its answers (CORS).", "Try the same from the command line: headfast tools "+s.plan.Server+".")
	case msg.FailRedirect:
		return problem.New(problem.Redirected, "The server redirects, and Headfast does not follow", host+" redirects to where a page may not look.", "Put the address that it redirects to into url.")
	case msg.FailUnsupported:
		return problem.New(problem.Unsupported, "This host cannot do that", detail+".", "Use the command line.")
	case msg.FailProxy:
		return problem.New(problem.Unreachable, "The proxy on the way to "+host+" does not let through", detail+". Nothing reached the server.", "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.")
	case msg.FailTimeout:
		return problem.New(problem.Unreachable, "Nothing answers at "+host, detail+".", "Try again; then look whether the server is up.")
	}
	if failure.Sent {
		return s.cutOff(c, failure)
	}
	return problem.New(problem.Unreachable, "Nothing answers at "+host, "The connection broke: "+detail+". Nothing was sent.", "Try again; then look into the server's log.")
}

func (s *Session) startHint() string {
	if s.plan.URL.Loopback() {
		return "Start your server, then try again."
	}
	return "Check host and port in url at " + problem.At(s.plan.URLWhere) + "."
}

// late is a request without an answer in its time: the server is there, so it may have run.
func (s *Session) late(c *call) *msg.Error {
	return s.about(problem.New(problem.CutOff, "The server did not answer in time", s.peer()+": no answer in "+seconds(c.timeout)+"."+
		c.aftermath(), strings.TrimSuffix(c.nowWhat(), ".")+"; or give it more time with --timeout."))
}

// unsent is a request whose time was over before it could go: the session was being had again, or the server had
// asked for patience.
func (s *Session) unsent(after int64) *msg.Error {
	return s.about(problem.New(problem.Unreachable, "The request could not be sent in time", s.peer()+" took no requests for "+seconds(after)+". Nothing was sent.",
		"Try again, or give it more time with --timeout."))
}

func (s *Session) noAnswer(after int64) *msg.Error {
	return s.about(problem.New(problem.Unreachable, "Nothing answers at "+s.peer(),
		"No answer in "+seconds(after)+".", "Try again, or give it more time with --timeout."))
}

func seconds(ns int64) string {
	return strconv.FormatFloat(float64((ns+5e5)/1e6)/1e3, 'f', -1, 64) + " s"
}
