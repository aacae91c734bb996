package oauth

import "strings"

// Token is a token response (RFC 6749 section 5.1).
type Token struct {
	Access, Refresh, Type, Scope, ID string
	// Issued is issued_token_type (RFC 8693 section 2.2.1).
	Issued string
	// ExpiresIn is in seconds; 0 where the server does not say, which is not "for ever".
	ExpiresIn int64
	// HasScope says that the server named the scope that it gave.
	HasScope bool
}

// longestLife bounds what a server says about a time to come, in seconds: a year.
const longestLife = 365 * 24 * 3600

// ParseToken reads a token response. Some servers answer an error with status 200, and some in a form instead of JSON.
// A token of a type that we do not know must not be used (RFC 6749 section 7.1), so it is an error.
func ParseToken(mediaType string, text []byte) (*Token, *Refusal, error) {
	d, refusal, err := success(mediaType, text)
	if d == nil {
		return nil, refusal, err
	}
	t := &Token{
		Access: d.bounded("access_token", longestToken), Refresh: d.bounded("refresh_token", longestToken), ID: d.bounded("id_token", longestToken),
		Type: d.text("token_type"), Scope: d.words("scope"), Issued: d.text("issued_token_type"),
		ExpiresIn: d.number("expires_in", longestLife), HasScope: d.has("scope"),
	}
	_, known := t.scheme()
	switch {
	case d.bad != "":
		return nil, nil, Unreadable(d.bad)
	case t.Access == "":
		return nil, nil, Unreadable("it has no access_token")
	case !visible(t.Access):
		return nil, nil, Unreadable("its access_token cannot stand in a header")
	case !known:
		return nil, nil, Unreadable("its token_type is neither Bearer nor DPoP")
	}
	return t, nil, nil
}

// Scheme is how the token goes into Authorization, "Bearer" or "DPoP"; empty for one that is no access token, as a
// token exchange may give (RFC 8693 section 2.2.1).
func (t *Token) Scheme() string {
	scheme, _ := t.scheme()
	return scheme
}

// scheme takes a missing type for Bearer, and what Slack calls its bearer tokens.
func (t *Token) scheme() (scheme string, known bool) {
	switch strings.ToLower(t.Type) {
	case "", "bearer", "user", "bot":
		return "Bearer", true
	case "dpop":
		return "DPoP", true
	case "n_a":
		return "", true
	}
	return "", false
}
