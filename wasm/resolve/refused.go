package resolve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// Refused reads a 401 or 403 by the mode: a configured header was refused, or a credential is missing.
// It never leads to OAuth. said is the server's own words, redacted; challenges are the values of
// WWW-Authenticate (RFC 9110 section 11.6.1).
func (p *Plan) Refused(status uint32, said string, challenges []string) *msg.Error {
	answered := problem.Answered(p.URL.Authority(), strconv.Itoa(int(status)), said)
	var e *msg.Error
	if sent := p.sentCredentials(); len(sent) > 0 {
		e = p.headerRefused(answered, sent, challenges)
	} else {
		e = p.credentialMissing(answered, challenges)
	}
	e.Server, e.URL, e.Status = p.Server, p.Show, status
	return e
}

// withheld is the first credential that is configured and not sent, or empty.
func (p *Plan) withheld() string {
	for _, h := range p.Auth.Header {
		if h.Credential && !h.Sent {
			return h.Name
		}
	}
	return ""
}

func (p *Plan) sentNames() []string {
	var names []string
	for _, h := range p.Auth.Header {
		if h.Sent {
			names = append(names, h.Name)
		}
	}
	return names
}

func (p *Plan) sentCredentials() []msg.HeaderUse {
	var sent []msg.HeaderUse
	for _, h := range p.Auth.Header {
		if h.Credential && h.Sent {
			sent = append(sent, h)
		}
	}
	return sent
}

func (p *Plan) headerRefused(answered string, sent []msg.HeaderUse, challenges []string) *msg.Error {
	body := answered + " Sent:"
	for _, h := range sent {
		body += " " + h.Name + ", " + Describe(h) + ", from " + Source(h) + "."
	}
	if offersSignIn(challenges) {
		body += " The server also offers sign-in. Headfast did not start it, because you configured a key."
	}
	e := problem.New(problem.HeaderRefused, "The server refused the key it was sent", body, mendKey(sent[0]))
	e.Where = sent[0].Where
	return e
}

func (p *Plan) credentialMissing(answered string, challenges []string) *msg.Error {
	why := " " + strconv.Quote(p.Server) + " has no credential in " + problem.At(p.Where)
	if p.Auth.Mode == "none" && p.Rule == "auth-says" {
		why = ` "auth" is "none" for ` + strconv.Quote(p.Server) + " in " + problem.At(p.Where)
	}
	hint := "Add a header: " + p.example + "."
	if p.Auth.Mode == "none" && p.withheld() != "" {
		hint = `Remove "auth": "none": it keeps ` + p.withheld() + ` here.`
	} else if names := p.sentNames(); len(names) > 0 {
		hint = "Sent: " + problem.Join(names) + `. If one of these is the credential, say so: "credentials": ["` + names[0] + `"].`
	}
	var e *msg.Error
	if offersSignIn(challenges) {
		e = problem.New(problem.AuthRequired, "Sign in to "+p.URL.Authority(),
			answered+why+", and the server asks for sign-in ("+p.challengeName(challenges)+"). It was not begun by itself.",
			p.howToSignIn())
	} else {
		e = problem.New(problem.NoCredential, "The server wants a credential and none is configured",
			answered+why+", and no sign-in is advertised. The answer names "+p.challengeName(challenges)+".", hint)
		if p.SignIn != nil {
			e.Hint += " If it has a sign-in: headfast login " + p.Server
		}
	}
	e.Where = p.Where
	return e
}

func (p *Plan) howToSignIn() string {
	switch {
	case p.SignIn != nil:
	case p.Helper != nil:
		return "headersHelper at " + problem.At(p.Helper.Where) + " printed no credential: see what it prints."
	case p.forbids.Line != 0:
		return `Remove "oauth": false in ` + problem.At(p.forbids) + ` if you want to sign in, or configure a key in "headers".`
	default:
		return `Remove "auth": "none", or configure a key in "headers" if the server takes one.`
	}
	return "headfast login " + p.Server + `, or configure a key in "headers" if the server takes one.`
}

// offersSignIn is RFC 9728 section 5.1: a challenge that points to protected resource metadata.
func offersSignIn(challenges []string) bool {
	for _, c := range challenges {
		if strings.Contains(strings.ToLower(c), "resource_metadata=") {
			return true
		}
	}
	return false
}

// challengeName is the first challenge's scheme, which is all of it that is quoted.
func (p *Plan) challengeName(challenges []string) string {
	if len(challenges) == 0 {
		return "no scheme"
	}
	scheme, _, _ := strings.Cut(strings.TrimSpace(p.Redact.Text(challenges[0])), " ")
	if !token(scheme) {
		return "none that can be read"
	}
	return scheme
}

func token(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// Describe tells of a header's value without it: "Bearer ....7f3c, 40 characters".
func Describe(h msg.HeaderUse) string {
	text := ""
	if h.Scheme != "" {
		text = h.Scheme + " "
	}
	if h.Fingerprint != "" {
		text += "...." + h.Fingerprint + ", "
	}
	if h.Length == 1 {
		return text + "1 character"
	}
	return text + strconv.Itoa(int(h.Length)) + " characters"
}

// Source tells where a header's value comes from: "ACME_KEY (.mcp.json:6)".
func Source(h msg.HeaderUse) string {
	set, defaults := fromEnvironment(h)
	at := problem.At(h.Where)
	switch {
	case len(set) == 0 && len(defaults) == 0:
		return at
	case len(set) == 0:
		return at + ", the default of " + problem.Join(defaults)
	case len(defaults) == 0:
		return problem.Join(set) + " (" + at + ")"
	}
	return problem.Join(set) + " (" + at + ") and the default of " + problem.Join(defaults)
}

// fromEnvironment tells the variables that had a value from those whose default stands in the file.
func fromEnvironment(h msg.HeaderUse) (set, defaults []string) {
	for _, name := range h.Variables {
		if slices.Contains(h.Defaults, name) {
			defaults = append(defaults, "${"+name+"}")
		} else {
			set = append(set, name)
		}
	}
	return set, defaults
}

// mendKey is what to do about a key that was refused.
func mendKey(h msg.HeaderUse) string {
	if h.Note == helped {
		return "See what headersHelper at " + problem.At(h.Where) + " prints."
	}
	if ids := inputs(h.Variables); len(ids) > 0 {
		return "Forget the answer, and you are asked for another: headfast inputs " + forget(ids)
	}
	return "Put a valid key into " + keyPlace(h) + "."
}

func keyPlace(h msg.HeaderUse) string {
	if set, _ := fromEnvironment(h); len(set) > 0 {
		return problem.Join(set)
	}
	return problem.At(h.Where)
}
