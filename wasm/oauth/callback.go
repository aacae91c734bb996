package oauth

import "strings"

// Callback is what came back with the redirect (RFC 6749 section 4.1.2, RFC 9207 section 2).
type Callback struct {
	Code, State, Issuer, Error, Description string
	HasIssuer                               bool
}

// ParseCallback reads the query of a redirect's URL, without "?". A parameter that is there twice is an error (RFC 6749
// section 3.1).
func ParseCallback(query string) (*Callback, error) {
	c := &Callback{}
	seen := map[string]bool{}
	if len(query) > 64<<10 {
		return nil, Unreadable("the redirect has more than 64 KiB")
	}
	for _, pair := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		key, ok := unescape(name)
		text, ok2 := unescape(value)
		if !ok || !ok2 {
			return nil, Unreadable("the redirect has a broken escape")
		}
		into := c.field(key)
		if into == nil {
			continue
		}
		if seen[key] {
			return nil, Unreadable("the redirect has " + key + " twice")
		}
		seen[key] = true
		*into = text
	}
	c.HasIssuer = seen["iss"]
	return c, nil
}

func (c *Callback) field(key string) *string {
	switch key {
	case "code":
		return &c.Code
	case "state":
		return &c.State
	case "iss":
		return &c.Issuer
	case "error":
		return &c.Error
	case "error_description":
		return &c.Description
	}
	return nil
}

// IssuerFits is the table of "Authorization Response Validation" (2026-07-28): issuers compare byte by byte.
func (c *Callback) IssuerFits(expected string, advertised bool) bool {
	if c.HasIssuer {
		return c.Issuer == expected
	}
	return !advertised
}
