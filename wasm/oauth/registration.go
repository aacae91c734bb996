package oauth

// Client is what a server says about a client that it has registered (RFC 7591 section 3.2.1). It may differ from what
// was asked for.
type Client struct {
	ID, Secret string
	// SecretExpires is in seconds since 1970; 0 is never.
	SecretExpires int64
	// AuthMethod, GrantTypes and RedirectURIs are empty where nothing is said: then they are as asked for.
	AuthMethod               string
	GrantTypes, RedirectURIs []string
	// Scope is what the client may use; empty where nothing is said.
	Scope string
}

// farthest is the latest time that is taken from a server, in seconds since 1970: the end of the year 9999.
const farthest = 253402300799

// ParseRegistration reads a client information response.
func ParseRegistration(mediaType string, text []byte) (*Client, *Refusal, error) {
	d, refusal, err := success(mediaType, text)
	if d == nil {
		return nil, refusal, err
	}
	c := &Client{
		ID: d.text("client_id"), Secret: d.text("client_secret"), SecretExpires: d.number("client_secret_expires_at", farthest),
		AuthMethod: d.text("token_endpoint_auth_method"), GrantTypes: d.list("grant_types"), RedirectURIs: d.list("redirect_uris"),
		Scope: d.words("scope"),
	}
	switch {
	case d.bad != "":
		return nil, nil, Unreadable(d.bad)
	case c.ID == "":
		return nil, nil, Unreadable("it has no client_id")
	case !printable(c.ID) || !printable(c.Secret): // RFC 6749 appendix A.1
		return nil, nil, Unreadable("its client_id or client_secret has a character that none may have")
	}
	return c, nil, nil
}
