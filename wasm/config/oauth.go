package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// OAuth is an entry's oauth block. Claude Code's fields are clientId, callbackPort, authServerMetadataUrl and scopes;
// the others are Headfast's own.
type OAuth struct {
	Where msg.Position
	// Values are the text fields that are there, by name.
	Values map[string]Value
	// Scopes are as configured, one by one; HasScopes says that the field is there.
	Scopes    []string
	HasScopes bool
	// Port is the fixed port of the redirect URI, 0 for any.
	Port int
	// OmitResource is "resource": false: the parameter is left out, for servers that refuse it.
	OmitResource bool
	// DPoP is "dpop": true.
	DPoP bool
}

// The text fields of an oauth block.
const (
	ClientID       = "clientId"
	ClientSecret   = "clientSecret"
	ClientDocument = "clientMetadataUrl"
	ServerMetadata = "authServerMetadataUrl"
	Issuer         = "issuer"
	RedirectURI    = "redirectUri"
	Resource       = "resource"
	Profile        = "profile"
	Grant          = "grant"
	AuthMethod     = "tokenEndpointAuthMethod"
	PrivateKey     = "privateKey"
	SigningAlg     = "signingAlgorithm"
	KeyID          = "keyId"
	Assertion      = "assertion"
	IDToken        = "idToken"
	IDPToken       = "idpTokenEndpoint"
	IDPClientID    = "idpClientId"
	IDPSecret      = "idpClientSecret"
)

var oauthTexts = []string{ClientID, ClientSecret, ClientDocument, ServerMetadata, Issuer, RedirectURI, Resource, Profile, Grant, AuthMethod,
	PrivateKey, SigningAlg, KeyID, Assertion, IDToken, IDPToken, IDPClientID, IDPSecret}

// Grants are the values of grant: how a token is had.
var Grants = []string{"authorization_code", "client_credentials", "device_code", "jwt_bearer", "enterprise"}

// mostScopes bounds the scopes that an entry names.
const mostScopes = 100

// Text is a text field; empty where it is not there.
func (o *OAuth) Text(name string) (v Value, there bool) {
	if o == nil {
		return Value{}, false
	}
	v, there = o.Values[name]
	return v, there
}

// texts are the text fields that are there, in a fixed order.
func (o *OAuth) texts() []Value {
	if o == nil {
		return nil
	}
	var all []Value
	for _, name := range oauthTexts {
		if v, there := o.Values[name]; there {
			all = append(all, v)
		}
	}
	return all
}

// readOAuth reads the block. false means what "auth": "headers" or "none" would: no sign-in, ever.
func (e *Entry) readOAuth(f member) {
	if string(f.value.raw) == "false" {
		e.NoOAuth = true
		return
	}
	if !f.value.isObject() {
		e.fail(problem.BadField, "oauth is "+f.value.kind()+" where an object was expected", `Write "oauth": { "clientId": "…" }, or {}.`, f.value.where())
		return
	}
	o := &OAuth{Where: f.where, Values: map[string]Value{}}
	e.OAuth = o
	for _, m := range f.value.members() {
		switch m.name {
		case "scopes", "scope":
			e.readScopes(m.value)
		case "callbackPort":
			e.readPort(m)
		case "dpop":
			o.DPoP = string(m.value.raw) == "true"
		case Resource:
			if o.OmitResource = string(m.value.raw) == "false"; !o.OmitResource {
				o.Values[m.name] = e.value(m)
			}
		default:
			if contains(oauthTexts, m.name) {
				o.Values[m.name] = e.value(m)
				continue
			}
			e.checkOAuthField(m)
		}
	}
	if g, there := o.Values[Grant]; there && !contains(Grants, g.Text) {
		e.fail(problem.BadField, "grant is not one that is known", "Use one of "+problem.Join(Grants)+".", g.Where)
	}
}

// readScopes reads "a b" or ["a", "b"].
func (e *Entry) readScopes(n node) {
	e.OAuth.HasScopes = true
	if text, ok := n.text(); ok {
		e.OAuth.Scopes = strings.Fields(text)
	} else if len(n.raw) > 0 && n.raw[0] == '[' {
		for _, el := range n.elements() {
			text, ok := el.text()
			if !ok {
				e.fail(problem.BadField, "scopes holds "+el.kind()+" where a string was expected", "Write it in quotation marks.", el.where())
				return
			}
			e.OAuth.Scopes = append(e.OAuth.Scopes, strings.Fields(text)...)
		}
	} else {
		e.fail(problem.BadField, "scopes is "+n.kind()+" where a string or an array was expected", `Write "scopes": "read write".`, n.where())
	}
	if len(e.OAuth.Scopes) > mostScopes {
		e.OAuth.Scopes = nil
		e.fail(problem.BadField, `"`+e.Name+`" names more than 100 scopes`, "Name fewer.", n.where())
	}
	for _, s := range e.OAuth.Scopes {
		if !scopeToken(s) {
			e.fail(problem.BadField, "a scope has a character that scopes cannot have", "Remove it.", n.where())
			return
		}
	}
}

// scopeToken is RFC 6749 section 3.3.
func scopeToken(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			return false
		}
	}
	return true
}

// readPort reads a port, from 1 to 65535.
func (e *Entry) readPort(m member) {
	n := 0
	for _, c := range m.value.raw {
		if c < '0' || c > '9' || n > 65535 {
			n = 0
			break
		}
		n = 10*n + int(c-'0')
	}
	if n < 1 || n > 65535 {
		e.fail(problem.BadField, "callbackPort is not a port", "Write a number from 1 to 65535.", m.value.where())
		return
	}
	e.OAuth.Port = n
}

// checkOAuthField warns of a misspelled field, as checkUnknown does.
func (e *Entry) checkOAuthField(m member) {
	for _, known := range append([]string{"scopes", "callbackPort", "dpop"}, oauthTexts...) {
		if near(strings.ToLower(strings.ReplaceAll(m.name, "_", "")), strings.ToLower(known)) {
			e.warn(problem.BadField, `"`+namePrefix(m.name)+`" in oauth is not known and not read`, "", `Did you mean "`+known+`"?`, m.where)
			return
		}
	}
}
