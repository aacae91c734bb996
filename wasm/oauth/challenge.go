// Package oauth has the pure pieces of OAuth as MCP uses it: challenges, well-known addresses, metadata, PKCE, scopes,
// callbacks and tokens. It decides nothing, sends nothing and keeps nothing.
package oauth

import "strings"

// Challenge is one challenge of a WWW-Authenticate field (RFC 9110 section 11.6.1).
type Challenge struct {
	// Scheme is as it was sent; schemes are compared without regard to case.
	Scheme string
	// Token is what stands behind a scheme without parameters (token68).
	Token  string
	Params []Param
}

// Param is one parameter of a challenge.
type Param struct{ Name, Value string }

// Get is the value of a parameter, found without regard to case; of one that is there twice, the first.
func (c *Challenge) Get(name string) (value string, ok bool) {
	for _, p := range c.Params {
		if strings.EqualFold(p.Name, name) {
			return p.Value, true
		}
	}
	return "", false
}

// The bounds of reading: a server may send anything.
const (
	mostChallenges = 32
	mostParams     = 64
)

// ParseChallenges reads all WWW-Authenticate fields of an answer. What cannot be read is passed over up to where the
// next challenge can begin: one broken challenge hides no other.
func ParseChallenges(fields []string) []Challenge {
	var all []Challenge
	for _, field := range fields {
		p := &challengeParser{text: field}
		all = p.list(all)
	}
	return all
}

type challengeParser struct {
	text string
	at   int
}

// list reads challenges up to the end of a field. A word followed by "=" is a parameter of the challenge before it,
// any other word begins a new one.
func (p *challengeParser) list(all []Challenge) []Challenge {
	first := len(all)
	for p.separators(); p.at < len(p.text); p.separators() {
		word := p.token()
		if word == "" {
			p.skipBad()
			continue
		}
		if p.equals() {
			value, ok := p.value()
			if ok && len(all) > first && len(all[len(all)-1].Params) < mostParams {
				c := &all[len(all)-1]
				c.Params = append(c.Params, Param{word, value})
			}
			continue
		}
		if len(all) >= mostChallenges {
			return all
		}
		all = append(all, Challenge{Scheme: word, Token: p.token68()})
	}
	return all
}

// separators goes over white space and commas; a list may have empty elements (RFC 9110 section 5.6.1).
func (p *challengeParser) separators() {
	for p.at < len(p.text) && strings.IndexByte(" \t,", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *challengeParser) space() {
	for p.at < len(p.text) && (p.text[p.at] == ' ' || p.text[p.at] == '\t') {
		p.at++
	}
}

func (p *challengeParser) token() string {
	start := p.at
	for p.at < len(p.text) && isTokenChar(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

// isTokenChar is RFC 9110 section 5.6.2.
func isTokenChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// equals takes "=", with white space around it, which senders should not send and some do.
func (p *challengeParser) equals() bool {
	start := p.at
	p.space()
	if p.at < len(p.text) && p.text[p.at] == '=' {
		p.at++
		p.space()
		return true
	}
	p.at = start
	return false
}

// value reads a token or a quoted string. A value without quotes that is no token, such as a URL, goes to the next
// comma or white space.
func (p *challengeParser) value() (string, bool) {
	if p.at < len(p.text) && p.text[p.at] == '"' {
		return p.quoted()
	}
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(" \t,", p.text[p.at]) < 0 {
		p.at++
	}
	return p.text[start:p.at], p.at > start
}

// quoted is RFC 9110 section 5.6.4. One that does not end is no value.
func (p *challengeParser) quoted() (string, bool) {
	var b strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; c {
		case '"':
			p.at++
			return b.String(), true
		case '\\':
			if p.at++; p.at < len(p.text) {
				b.WriteByte(p.text[p.at])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}

// token68 is what some schemes have instead of parameters, such as Negotiate.
func (p *challengeParser) token68() string {
	start := p.at
	p.space()
	from := p.at
	for p.at < len(p.text) && (isTokenChar(p.text[p.at]) || p.text[p.at] == '/') {
		p.at++
	}
	end := p.at
	for p.at < len(p.text) && p.text[p.at] == '=' {
		p.at++
	}
	padded := p.at > end
	p.space()
	if from == end || p.at < len(p.text) && p.text[p.at] != ',' || !padded && !ends(p.text[p.at:]) {
		p.at = start
		return ""
	}
	return strings.TrimRight(p.text[from:p.at], " \t")
}

// ends says that nothing or a comma follows.
func ends(rest string) bool { return rest == "" || rest[0] == ',' }

// skipBad goes over what is neither a word nor a separator.
func (p *challengeParser) skipBad() {
	if p.text[p.at] == '"' {
		p.quoted()
		return
	}
	p.at++
}
