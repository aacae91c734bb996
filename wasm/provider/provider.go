// Package provider knows what some authorization servers do otherwise than the specifications say, as data: a file of
// data/ for each, with how it is recognised, its quirks, and a sentence of advice for each way in which it fails.
//
// A file is lines of "name: value"; # begins a comment. "host" is a host name; in it a * first is one label or more,
// a * elsewhere is one. "path" is how a path begins that any host may have. The quirks are the constants below,
// "issuer" and "issuer_slash" are for Issuer, "advice-" and a topic is for Advice, "source" says who says so.
package provider

import (
	"strings"

	"github.com/headfast/headfast/wasm/weburl"
)

// Provider is what is known of an authorization server. A nil one is one of which nothing is known.
type Provider struct {
	// Name is for people.
	Name string
	text string
}

// The quirks, with their values; an empty value means that the server does as the specifications say.
const (
	// Registration is "no" where there is none, "allowlist" where only clients that the provider knows by their
	// client_name may register, "closed" where it is switched off, or wants a token, unless somebody opened it.
	Registration = "registration"
	// OmitResource is "yes" where the parameter resource (RFC 8707) makes a request fail.
	OmitResource = "omit_resource"
	// ScopeSuffix stands behind a resource's identifier in the scope that asks for all of it.
	ScopeSuffix = "scope_suffix"
	// ExactRedirect is "yes" where a redirect address counts only as registered, its port included.
	ExactRedirect = "exact_redirect"
	// AuthMethod is how a client with a secret must show it, whatever the metadata or the registration says.
	AuthMethod = "auth_method"
	// Secret is "yes" where no client goes without one.
	Secret = "secret"
	// ChallengeMethod is "S256" where the documentation says so and the metadata does not.
	ChallengeMethod = "challenge_method"
	// AuthorizeParams are what must be added to the authorization request to be given a refresh token, as a query.
	AuthorizeParams = "authorize_params"
	// TokenErrorStatus is the status of an error of the token endpoint where that is not 4xx.
	TokenErrorStatus = "token_error_status"
)

// Of is the provider of an issuer, or of any of its endpoints: nil where it is none that we know. A host is known by
// its labels, over https on the usual port; only what loosens nothing is known by a path.
func Of(address string) *Provider {
	u, err := weburl.Parse(address)
	if err != nil || u.Scheme != "https" {
		return nil
	}
	for _, text := range files {
		if u.Port == "" && line(text, "host", func(pattern string) bool { return isHost(u.Host, pattern) }) {
			return read(text)
		}
	}
	for _, text := range files {
		if line(text, "path", func(begin string) bool { return strings.HasPrefix(u.Path, begin) }) {
			return read(text)
		}
	}
	return nil
}

// Quirk is the value of a quirk, or empty.
func (p *Provider) Quirk(name string) (value string) {
	if p == nil {
		return ""
	}
	line(p.text, name, func(v string) bool { value = v; return true })
	return value
}

// The topics of Advice.
const (
	AboutRegistration = "registration"
	AboutResource     = "resource" // the parameter is refused, or the MCP server refuses the token that was given for it
	AboutRedirect     = "redirect" // refused, or nothing comes back: many show such an error on a page of their own
	AboutScope        = "scope"
	AboutToken        = "token" // the token endpoint refuses the client
)

// Topic is what a refusal is about: of which kind of endpoint, as package oauth names them, and with which code. It is
// empty where no configuration is to blame, as for an expired grant or a person who said no.
func Topic(endpointKind, code string) string {
	switch {
	case code == "invalid_redirect_uri" || code == "redirect_uri_mismatch" || code == "bad_redirect_uri":
		return AboutRedirect
	case endpointKind == "registration":
		return AboutRegistration
	case code == "invalid_target":
		return AboutResource
	case code == "invalid_scope" || code == "insufficient_scope":
		return AboutScope
	case endpointKind != "authorization" && (code == "invalid_request" || strings.Contains(code, "client")):
		return AboutToken
	}
	return ""
}

// Advice is a sentence for people about what to do where this failed, or empty.
func (p *Provider) Advice(topic string) string { return p.Quirk("advice-" + topic) }

// Issuer says whether metadata that was asked for as one issuer's may call itself another's: it is the same, or this
// provider is known to do so. That is for discovery alone; all else is held to what the metadata says, byte by byte
// (RFC 8414 section 3.3, RFC 9207 section 2.4). A line "issuer: FROM TO" lists such a pair, in which a * at the end of
// FROM is one more segment; "issuer_slash: yes" lets a slash at the end come or go.
func (p *Provider) Issuer(asked, stated string) bool {
	if asked == stated {
		return true
	}
	if p.Quirk("issuer_slash") == "yes" && strings.TrimSuffix(asked, "/") == strings.TrimSuffix(stated, "/") {
		return true
	}
	return p != nil && line(p.text, "issuer", func(pair string) bool {
		from, to, _ := strings.Cut(pair, " ")
		if begin, ok := strings.CutSuffix(from, "*"); ok && strings.HasPrefix(asked, begin) {
			from = begin + strings.ReplaceAll(asked[len(begin):], "/", "")
		}
		return asked == from && stated == to
	})
}

func read(text string) *Provider {
	p := &Provider{text: text}
	p.Name = p.Quirk("name")
	return p
}

// line says whether a line of this name has a value of this kind.
func line(text, name string, is func(value string) bool) bool {
	for l := range strings.SplitSeq(text, "\n") {
		if n, value, ok := strings.Cut(l, ": "); ok && n == name && is(value) {
			return true
		}
	}
	return false
}

// isHost compares labels from the end.
func isHost(host, pattern string) bool {
	h, p := strings.Split(host, "."), strings.Split(pattern, ".")
	for len(p) > 0 {
		last := p[len(p)-1]
		if len(h) == 0 || last != "*" && last != h[len(h)-1] {
			return false
		}
		if last == "*" && len(p) == 1 {
			return true
		}
		h, p = h[:len(h)-1], p[:len(p)-1]
	}
	return len(h) == 0
}
