package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
)

// protocol are the headers that the transport itself sets, and that belong to the connection: a
// configured one of these names is not sent, and told so.
var protocol = []string{
	"accept", "content-type", "content-length", "host", "connection", "transfer-encoding", "keep-alive",
	"te", "trailer", "upgrade", "last-event-id", "mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name",
}

// addHeader expands one configured header into the plan, or says why it is not sent.
func (p *Plan) addHeader(h config.Header, use *msg.HeaderUse, lookup Lookup) {
	if note := reserved(h.Name); note != "" {
		use.Note = note
		return
	}
	if names := h.Value.Foreign(); len(names) > 0 {
		use.Note = problem.Join(names) + " is no variable here"
		return
	}
	value, unset, ok := p.fill(h.Value, h.Name, lookup)
	use.Unset, use.Defaults = unset, h.Value.Defaults(lookup)
	use.Variables = p.sources(use.Variables, lookup)
	switch {
	case len(unset) > 0 && p.Asks(unset):
		use.Note, use.Unset = "it will be asked for", nil
		return
	case len(unset) > 0:
		use.Note = "a variable is not set"
		return
	case !ok:
		use.Note = "it is too long"
		return
	}
	value = strings.Trim(value, " \t")
	p.learn(h, use, value, lookup)
	if e := checkValue(h, use, value); e != nil {
		use.Note = "it cannot be sent"
		p.stop(e)
		return
	}
	if use.Credential && p.Auth.Mode == "none" {
		use.Note = "auth is none: credentials stay here"
		return
	}
	if use.Credential && p.Auth.Mode == "oauth" {
		use.Note = "auth is oauth: the token goes instead"
		return
	}
	use.Sent = true
	p.noteWhole(use, value, lookup)
	p.Headers = append(p.Headers, msg.Header{Name: h.Name, Value: value})
}

// learn takes the value's fingerprint and makes it known to the redactor: of every header, since a name may not
// tell that it carries a secret.
func (p *Plan) learn(h config.Header, use *msg.HeaderUse, value string, lookup Lookup) {
	f := trace.Print(value)
	use.Scheme, use.Fingerprint, use.Length = f.Scheme, f.Tail, f.Length
	p.Redact.Add(value)
	for _, name := range h.Value.Variables() {
		if v, ok := lookup(name); ok {
			p.hide(name, v)
		}
	}
	if use.Credential {
		_, secret := trace.SplitScheme(value)
		p.Redact.AddParts(secret)
	}
}

func reserved(name string) string {
	lower := strings.ToLower(name)
	for _, r := range protocol {
		if lower == r {
			return "the protocol sets this header itself"
		}
	}
	if strings.HasPrefix(lower, "mcp-param-") {
		return "the protocol sets this header itself"
	}
	return ""
}

// checkValue refuses what cannot stand in a header (RFC 9110 section 5.5) and an empty credential.
func checkValue(h config.Header, use *msg.HeaderUse, value string) *msg.Error {
	from := problem.At(h.Value.Where)
	if len(use.Variables) > 0 {
		from += " (" + problem.Join(use.Variables) + ")"
	}
	if _, secret := trace.SplitScheme(value); use.Credential && (secret == "" || isSchemeOnly(value)) {
		return placed(problem.New(problem.VariableUnset, h.Name+" would be empty", from+" gives it no value. Nothing was sent.", emptyHint(use)), h)
	}
	for _, c := range []byte(value) {
		what := ""
		switch {
		case c == '\r' || c == '\n':
			what = "a line break"
		case c >= 0x80:
			what = "a character outside ASCII"
		case c < ' ' && c != '\t' || c == 0x7f:
			what = "a control character"
		}
		if what != "" {
			return placed(problem.New(problem.BadHeader, "The value of "+h.Name+" has "+what,
				from+". Nothing was sent.", lookFor(what)), h)
		}
	}
	return nil
}

func lookFor(what string) string {
	if what == "a line break" {
		return "Look for it in the value; a file read into a variable often ends with one."
	}
	return "Look for it in the value; what is copied from a page may hold more than one sees."
}

// isSchemeOnly is "Bearer" with nothing behind it, which trimming leaves of "Bearer ${EMPTY}".
func isSchemeOnly(value string) bool {
	scheme, _ := trace.SplitScheme(value + " x")
	return scheme != "" && strings.EqualFold(scheme, value)
}

func emptyHint(use *msg.HeaderUse) string {
	if len(use.Variables) == 0 {
		return "Write the value into the configuration."
	}
	return "Set " + problem.Join(use.Variables) + "."
}

func placed(e *msg.Error, h config.Header) *msg.Error {
	e.Where = h.Value.Where
	return e
}
