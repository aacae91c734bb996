// Package weburl reads the http and https URLs that the core sends credentials to.
//
// It accepts a strict subset on which browsers (the WHATWG URL standard), net/url and RFC 3986 agree,
// and refuses the rest by a reason: a URL that two readers take for two different hosts is how
// credentials get lost. So no userinfo, no backslash, no control or non-ASCII character, no odd IPv4.
package weburl

import (
	"strings"
)

// URL is an absolute http or https URL, normalised: lower-case scheme and host, no default port, no
// fragment, dot segments removed, a path of at least "/".
type URL struct {
	Scheme string // "http" or "https"
	Host   string // a name, an IPv4 address, or an IPv6 address in brackets
	Port   string // empty for the scheme's default
	Path   string // begins with "/"
	Query  string // with its "?", or empty
}

// Error says why a text is no URL that we would use.
type Error string

func (e Error) Error() string { return string(e) }

// Parse reads an absolute URL.
func Parse(s string) (URL, error) {
	if err := plain(s); err != nil {
		return URL{}, err
	}
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return URL{}, Error("it has no scheme such as https://")
	}
	u := URL{Scheme: strings.ToLower(scheme)}
	if u.Scheme != "http" && u.Scheme != "https" {
		return URL{}, Error("its scheme is neither https nor http")
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	if err := u.setAuthority(rest[:end]); err != nil {
		return URL{}, err
	}
	u.setPath(rest[end:])
	return u, nil
}

// Resolve reads a reference as it would be read on the page u (RFC 3986 section 5.2): an absolute URL, or
// one relative to the scheme, the root, the path or the query.
func (u URL) Resolve(ref string) (URL, error) {
	if err := plain(ref); err != nil {
		return URL{}, err
	}
	switch {
	case hasScheme(ref):
		return Parse(ref)
	case strings.HasPrefix(ref, "//"):
		return Parse(u.Scheme + ":" + ref)
	case strings.HasPrefix(ref, "/"):
		u.setPath(ref)
	case ref == "" || strings.HasPrefix(ref, "#"):
	case strings.HasPrefix(ref, "?"):
		u.setPath(u.Path + ref)
	default:
		u.setPath(u.Path[:strings.LastIndexByte(u.Path, '/')+1] + ref)
	}
	return u, nil
}

// Origin is scheme, host and port (RFC 6454 section 6.2): the place that a credential is bound to.
func (u URL) Origin() string { return u.Scheme + "://" + u.Authority() }

// SameOrigin compares origins.
func (u URL) SameOrigin(v URL) bool {
	return u.Scheme == v.Scheme && u.Host == v.Host && u.Port == v.Port
}

// Authority is the host, with its port where that is not the scheme's default.
func (u URL) Authority() string {
	if u.Port == "" {
		return u.Host
	}
	return u.Host + ":" + u.Port
}

func (u URL) String() string { return u.Origin() + u.Path + u.Query }

// Loopback says whether the host is this machine by name or address (RFC 6761 section 6.3, RFC 8252
// section 8.3), so that nothing crosses a network.
func (u URL) Loopback() bool {
	h := u.Host
	return h == "localhost" || strings.HasSuffix(h, ".localhost") || h == "[::1]" ||
		strings.HasPrefix(h, "127.") && isIPv4(h)
}

func (u *URL) setPath(s string) {
	s, _, _ = strings.Cut(s, "#")
	path, query, ok := strings.Cut(s, "?")
	u.Path, u.Query = removeDots(path), ""
	if ok {
		u.Query = "?" + query
	}
}

// plain refuses what readers of URLs disagree about.
func plain(s string) error {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			return Error("it has a backslash")
		case c <= ' ' || c == 0x7f:
			return Error("it has a space or a control character")
		case c >= 0x80:
			return Error("it has a character outside ASCII; write a host name in its xn-- form and percent-encode the rest")
		case strings.IndexByte("\"<>^`{|}", c) >= 0:
			return Error("it has the character " + string(rune(c)) + ", which must be percent-encoded")
		}
	}
	return nil
}

func hasScheme(ref string) bool {
	colon := strings.IndexByte(ref, ':')
	return colon > 0 && !strings.ContainsAny(ref[:colon], "/?#")
}
