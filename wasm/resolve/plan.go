// Package resolve is the decision that Headfast exists for: from a configured entry to the headers that
// go out, with the reason. It is pure and total: the same entry and values give the same plan.
package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
	"github.com/headfast/headfast/wasm/weburl"
)

// Plan is what may be sent to one server, where, and why.
type Plan struct {
	Server    string
	Transport string
	URL       weburl.URL
	// Show is the URL for people, without secrets; Wire is it with holes for them, for a command.
	Show, Wire string
	// Headers go with every request to URL's origin and nowhere else.
	Headers []msg.Header
	Auth    msg.Auth
	// Rule names the rule that chose the credential, for traces.
	Rule   string
	Redact trace.Redactor
	// Helper prints headers; nil where none is configured, or the mode sends none.
	Helper *Helper
	// SignIn is how a token may be had; nil where none may.
	SignIn *SignIn
	// variable writes one as the file's client does; nil is as Claude Code does.
	variable func(name string) string
	// example is a header with a key, as the file's client writes it.
	example string
	// oauth writes a field of an oauth block as the file's client does; nil is as Claude Code does.
	oauth func(name, text string) string
	// defaults says that a variable may have one in this file.
	defaults bool
	// forbids is where the entry says "oauth": false.
	forbids msg.Position
	// Process is set where Transport is stdio.
	Process Process
	// Where is the entry's place, URLWhere its URL's.
	Where, URLWhere msg.Position
	// size is how long the values are together, with their variables put in.
	size int
	// hidden are the variables whose values Redact knows: making one known again is dear, and a file may name it in
	// thousands of places.
	hidden map[string]bool
	// asked are the inputs that have no answer, in order.
	asked []*config.Question
	entry *config.Entry
	// Untold is a warning that is told with the first answer; nil for none.
	Untold *msg.Error
	// whole are headers' names with the variables that Variable tells of.
	whole []msg.Header
	// Problems are what stops the plan (severity "error") and what a person should know ("warning").
	Problems []*msg.Error
}

// Lookup is where variables' values come from.
type Lookup func(name string) (value string, found bool)

// Make decides. The plan is complete as far as the entry goes even where it cannot be used, so that it
// can be explained.
func Make(entry *config.Entry, lookup Lookup) *Plan {
	p := &Plan{Server: entry.Name, Transport: entry.Transport, Where: entry.Where, URLWhere: entry.URL.Where,
		defaults: entry.Dialect.Expansion.Forms&config.Default != 0, variable: entry.Dialect.Variable,
		example: entry.Dialect.Example(), oauth: entry.Dialect.OAuthExample, entry: entry}
	p.Problems = append(p.Problems, entry.Problems...)
	p.setURL(entry, lookup)
	p.setProcess(entry, lookup)
	decision := Decide(entry)
	p.Auth = decision
	p.Rule = ruleName(decision)
	p.Auth.Origin = ""
	if p.URL.Host != "" {
		p.Auth.Origin = p.URL.Origin()
	}
	for i, h := range entry.Headers {
		p.addHeader(h, &p.Auth.Header[i], lookup)
	}
	p.setHelper(entry, lookup)
	p.setSignIn(entry, lookup)
	p.checkMode(entry)
	p.checkBoth()
	p.checkCleartext()
	return p
}

// Broken is the first problem that stops the plan, or nil.
func (p *Plan) Broken() *msg.Error {
	if e := p.Wrong(); e != nil || len(p.asked) == 0 {
		return e
	}
	return NotGiven(p.entry, p.asked[0])
}

// Wrong is Broken, but for answers that a person has not given yet.
func (p *Plan) Wrong() *msg.Error {
	for _, e := range p.Problems {
		if e.Severity == "error" {
			return e
		}
	}
	return nil
}

func (p *Plan) setURL(entry *config.Entry, lookup Lookup) {
	if entry.URL.Where.Line == 0 {
		return
	}
	p.Show = ShowTemplate(entry)
	text, _, ok := p.fill(entry.URL, "the URL", lookup)
	if !ok {
		return
	}
	u, err := weburl.Parse(strings.TrimSpace(text))
	if err != nil {
		p.stop(p.located(problem.New(problem.BadURL, `The URL of "`+p.Server+`" cannot be used: `+err.Error(), "",
			"Write it like https://host/mcp."), entry.URL.Where))
		return
	}
	p.URL = u
	p.Show = p.showURL(entry, lookup)
	p.Wire = p.wire(entry, lookup)
}

func (p *Plan) stop(e *msg.Error) {
	e.Server = p.Server
	p.Problems = problem.Append(p.Problems, e)
}

func (p *Plan) located(e *msg.Error, where msg.Position) *msg.Error {
	e.Server, e.Where = p.Server, where
	return e
}

func (p *Plan) unsetProblem(name, of string, where msg.Position) *msg.Error {
	hint := "Set " + name + "."
	if p.defaults {
		hint = "Set " + name + ", or give it a default: ${" + name + ":-…}."
	}
	if plain, ok := strings.CutPrefix(name, "env:"); ok {
		hint = "${env:" + plain + "} is how other clients write it; here it is " + p.written(plain) + "."
	} else if strings.HasPrefix(name, "input:") {
		hint = "Other clients ask a person for it. Here, name an environment variable, such as " + p.written("MY_KEY") + "."
	}
	e := problem.New(problem.VariableUnset, name+" is not set",
		problem.At(where)+" needs it for "+of+". Nothing was sent.", hint)
	e.Where = where
	return e
}

// written is how the file's client writes a variable in a header.
func (p *Plan) written(name string) string {
	if p.variable == nil {
		return "${" + name + "}"
	}
	return p.variable(name)
}

// OAuthExample is a field of an oauth block with a text, as the file's client writes it.
func (p *Plan) OAuthExample(name, text string) string {
	if p.oauth == nil {
		return `"oauth": { "` + name + `": "` + text + `" }`
	}
	return p.oauth(name, text)
}

func (p *Plan) checkMode(entry *config.Entry) {
	switch {
	case entry.Auth.Text == "headers" && !anyCredential(p.Auth.Header) && p.Helper == nil:
		p.stop(p.located(problem.New(problem.CredentialMissing, `"`+p.Server+`" asks for auth by headers and configures no credential`, "",
			`Add "headers": { "Authorization": "Bearer ${…}" }, or name the credential in "credentials".`), entry.Auth.Where))
	case p.SignIn != nil && p.SignIn.Asked && p.URL.Scheme == "http" && !p.URL.Loopback():
		p.stop(p.located(problem.New(problem.Cleartext, "A token would go to "+p.URL.Authority()+" over plain http", "Anyone on the way could read it. Nothing was sent.",
			"Use https."), entry.URL.Where))
	case p.Transport == config.Stdio && (p.Auth.Mode == "oauth" || p.Auth.Mode == "both"):
		p.stop(p.located(problem.New(problem.BadField, `"`+p.Server+`" is a process, which is given no token`, "",
			`Put what it needs into "env".`), entry.Auth.Where))
	}
}

// checkCleartext warns of a credential that anyone on the way can read.
func (p *Plan) checkCleartext() {
	if p.URL.Scheme != "http" || p.URL.Loopback() {
		return
	}
	meant := p.Auth.Mode == "headers" || p.Auth.Mode == "both" // though it cannot go out as it is today
	for _, h := range p.Auth.Header {
		if h.Credential && (h.Sent || meant) {
			p.Problems = problem.Append(p.Problems, p.located(problem.Warn(problem.Cleartext, h.Name+" goes to "+p.URL.Authority()+" over plain http",
				"Anyone on the way can read it.", "Use https."), h.Where))
			return
		}
	}
}

func anyCredential(headers []msg.HeaderUse) bool {
	for _, h := range headers {
		if h.Credential {
			return true
		}
	}
	return false
}
