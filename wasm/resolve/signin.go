package resolve

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

// SignIn is how a token may be had for a server: an entry's oauth block with its variables put in.
type SignIn struct {
	// Asked says that the entry wants it: by auth or by an oauth block. Else it is only what a challenge may offer.
	Asked bool
	// Grant is one of config.Grants.
	Grant string

	ClientID, ClientSecret, ClientDocument string
	ServerMetadata, Issuer, RedirectURI    string
	Resource, Profile, AuthMethod          string
	PrivateKey, Algorithm, KeyID           string
	Assertion, IDToken                     string
	IDPToken, IDPClientID                  string
	IDPSecret                              string

	Port               int
	OmitResource, DPoP bool
	Scopes             []string
	HasScopes          bool
	// Where is the block's place, or the entry's.
	Where msg.Position
	// block is the entry's, nil where it has none.
	block *config.OAuth
}

// Person says that this grant needs somebody who signs in.
func (s *SignIn) Person() bool { return s.Grant == "authorization_code" || s.Grant == DeviceCode }

// DeviceCode is the grant of RFC 8628.
const DeviceCode = "device_code"

// Tell is the sign-in for people, in the file's own words.
func (s *SignIn) Tell() *msg.SignIn {
	told := &msg.SignIn{Grant: s.Grant, Scopes: s.Scopes, Person: s.Person(), Fixed: s.Port != 0 || s.RedirectURI != ""}
	client, _ := s.block.Text(config.ClientID)
	document, _ := s.block.Text(config.ClientDocument)
	told.Client, told.Document = client.Text, document.Text
	if _, there := s.block.Text(config.PrivateKey); there {
		told.Proof = "private_key"
	} else if _, there := s.block.Text(config.ClientSecret); there {
		told.Proof = "secret"
	}
	return told
}

// secret are the fields that must not be shown.
var secret = []string{config.ClientSecret, config.Assertion, config.IDToken, config.IDPSecret}

// setSignIn reads the oauth block where the mode allows for a token: oauth, both, or none because nothing is
// configured.
func (p *Plan) setSignIn(entry *config.Entry, lookup Lookup) {
	asked := p.Auth.Mode == "oauth" || p.Auth.Mode == "both"
	offered := p.Rule == "nothing-configured" && !entry.NoOAuth
	if entry.NoOAuth {
		p.forbids = entry.Where
	}
	if p.Transport == config.Stdio || !asked && !offered {
		return
	}
	s := &SignIn{Asked: asked, Grant: config.Grants[0], Where: p.Where}
	p.SignIn = s
	o := entry.OAuth
	if o == nil {
		return
	}
	s.block = o
	s.Where, s.Port, s.OmitResource, s.DPoP, s.Scopes, s.HasScopes = o.Where, o.Port, o.OmitResource, o.DPoP, o.Scopes, o.HasScopes
	for name, into := range s.fields() {
		v, there := o.Text(name)
		if !there {
			continue
		}
		text, _, ok := p.fill(v, "oauth."+name, lookup)
		if !ok {
			continue
		}
		*into = strings.TrimSpace(text)
		if contains(secret, name) {
			p.Redact.Add(*into)
		}
	}
	p.checkSignIn(o)
}

func (s *SignIn) fields() map[string]*string {
	return map[string]*string{
		config.ClientID: &s.ClientID, config.ClientSecret: &s.ClientSecret, config.ClientDocument: &s.ClientDocument,
		config.ServerMetadata: &s.ServerMetadata, config.Issuer: &s.Issuer, config.RedirectURI: &s.RedirectURI, config.Resource: &s.Resource,
		config.Profile: &s.Profile, config.Grant: &s.Grant, config.AuthMethod: &s.AuthMethod, config.PrivateKey: &s.PrivateKey,
		config.SigningAlg: &s.Algorithm, config.KeyID: &s.KeyID, config.Assertion: &s.Assertion, config.IDToken: &s.IDToken,
		config.IDPToken: &s.IDPToken, config.IDPClientID: &s.IDPClientID, config.IDPSecret: &s.IDPSecret,
	}
}

// needs are the fields that a grant cannot do without.
var needs = map[string][]string{
	"client_credentials": {config.ClientID},
	"jwt_bearer":         {config.Assertion},
	"enterprise":         {config.IDToken, config.IDPToken, config.IDPClientID, config.ClientID},
}

// checkSignIn refuses a block that cannot lead to a token.
func (p *Plan) checkSignIn(o *config.OAuth) {
	for _, name := range needs[p.SignIn.Grant] {
		if _, there := o.Text(name); !there {
			p.stop(p.located(problem.New(problem.BadField, `oauth of "`+p.Server+`" has no `+name, `The grant "`+p.SignIn.Grant+`" needs it.`,
				"Add it to oauth."), o.Where))
		}
	}
	if k := p.SignIn.PrivateKey; k != "" && !strings.HasPrefix(k, "env:") && !strings.HasPrefix(k, "file:") {
		v, _ := o.Text(config.PrivateKey)
		p.Redact.Add(k)
		p.stop(p.located(problem.New(problem.BadField, "privateKey does not name a key", "A private key does not stand in a configuration.",
			`Write "env:NAME" or "file:PATH".`), v.Where))
	}
}

// checkBoth refuses a configured Authorization beside a token: there is only one such header.
func (p *Plan) checkBoth() {
	for _, h := range p.Auth.Header {
		if p.Auth.Mode == "both" && strings.EqualFold(h.Name, "Authorization") {
			p.stop(p.located(problem.New(problem.BadField, `"`+p.Server+`" configures Authorization and wants a token there too`,
				`With "auth": "both" the token goes into Authorization.`, `Remove it, or write "auth": "headers".`), h.Where))
		}
	}
}

// Forbids says why nobody can sign in to an entry that has no SignIn.
func (p *Plan) Forbids() (why, hint string) {
	switch {
	case p.forbids.Line != 0:
		return `"oauth": false in ` + problem.At(p.forbids) + " forbids it", `Remove "oauth": false there if you want to sign in.`
	case p.Auth.Mode == "headers":
		return p.Auth.Reason, `A configured key is used, so there is nothing to sign in to. "auth": "oauth" signs in instead, "auth": "both" as well.`
	}
	return p.Auth.Reason, `Write "auth": "oauth" into its entry if you want to sign in.`
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}
