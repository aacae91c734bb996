package authflow

import (
	"strconv"

	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/oauth"
)

// record is what is kept of an account, as JSON, in the driver's store.
type record struct {
	URL, Profile string
	// Issuer gave the tokens for Resource; Token and Revoke are its endpoints, to which the tokens are pinned.
	Issuer, Resource, Token, Revoke string
	Client                          client
	// Scope is what was asked for, or what the server says that it gave.
	Scope string
	// Access and Refresh are the tokens; Type is "Bearer" or "DPoP".
	Access, Refresh, Type string
	// Expires is when the access token ends, in milliseconds since the Unix epoch; 0 is not known.
	Expires int64
	// OldRefresh is the refresh token before this one, until this one's access token has worked.
	OldRefresh string
	// SignedIn is when a person last signed in, in milliseconds since the Unix epoch; 0 is not known, or nobody did.
	SignedIn int64
	// Doubted says that a person was sent away with this client, which was registered before, and did not come back
	// with a token so far.
	Doubted bool
}

// client is who we are to an issuer.
type client struct {
	ID, Secret string
	// Method is how the client authenticates at the token endpoint: none, client_secret_basic, client_secret_post or
	// private_key_jwt.
	Method string
	// Redirect is the redirect URI that it was registered with; empty for one that was not registered by us.
	Redirect string
	// Scope is what its registration named; empty where it may use any.
	Scope string
	// Ends is when the secret ends, in seconds since the Unix epoch; 0 is never.
	Ends int64
}

// recordVersion is that of the format. A newer one is not read, and so not overwritten.
const recordVersion = 1

func (r *record) texts() []struct {
	name string
	into *string
} {
	return []struct {
		name string
		into *string
	}{
		{"url", &r.URL}, {"profile", &r.Profile}, {"issuer", &r.Issuer}, {"resource", &r.Resource}, {"token_endpoint", &r.Token},
		{"revocation_endpoint", &r.Revoke}, {"client_id", &r.Client.ID}, {"client_secret", &r.Client.Secret}, {"auth_method", &r.Client.Method},
		{"redirect_uri", &r.Client.Redirect}, {"client_scope", &r.Client.Scope}, {"scope", &r.Scope}, {"access_token", &r.Access}, {"refresh_token", &r.Refresh},
		{"token_type", &r.Type}, {"old_refresh_token", &r.OldRefresh},
	}
}

// encode writes the record.
func (r *record) encode() string {
	b := strconv.AppendInt([]byte(`{"version":`), recordVersion, 10)
	for _, f := range r.texts() {
		if *f.into != "" {
			b = append(jsontext.AppendString(append(b, ','), f.name), ':')
			b = jsontext.AppendString(b, *f.into)
		}
	}
	b = strconv.AppendInt(append(b, `,"expires":`...), r.Expires, 10)
	b = strconv.AppendInt(append(b, `,"client_expires":`...), r.Client.Ends, 10)
	if r.SignedIn != 0 {
		b = strconv.AppendInt(append(b, `,"signed_in":`...), r.SignedIn, 10)
	}
	if r.Doubted {
		b = append(b, `,"client_doubted":1`...)
	}
	return string(append(b, '}'))
}

// decode reads a record; why is in a few words what is wrong with it.
func decode(text string) (r *record, why string) {
	d, err := oauth.ParseObject([]byte(text))
	if err != nil {
		return nil, err.Error()
	}
	switch v := d.Number("version"); {
	case v > recordVersion:
		return nil, "a newer version of Headfast wrote it"
	case v < 1:
		return nil, "it is no account"
	}
	r = &record{Expires: d.Number("expires"), SignedIn: d.Number("signed_in"), Doubted: d.Number("client_doubted") != 0}
	r.Client.Ends = d.Number("client_expires")
	for _, f := range r.texts() {
		*f.into = d.Text(f.name)
	}
	if bad := d.Bad(); bad != "" {
		return nil, bad
	}
	return r, ""
}

// clearTokens leaves the client, and takes the tokens away.
func (r *record) clearTokens() {
	r.Access, r.Refresh, r.OldRefresh, r.Type, r.Expires = "", "", "", "", 0
}
