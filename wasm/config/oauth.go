package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
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

var OAuthTexts = []string{ClientID, ClientSecret, ClientDocument, ServerMetadata, Issuer, RedirectURI, Resource, Profile, Grant, AuthMethod,
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

// Names are the names of the text fields that are there, in a fixed order.
func (o *OAuth) Names() (names []string) {
	for _, name := range OAuthTexts {
		if _, there := o.Text(name); there {
			names = append(names, name)
		}
	}
	return names
}

// texts are the text fields that are there, in a fixed order.
func (o *OAuth) texts() []Value {
	var all []Value
	for _, name := range o.Names() {
		all = append(all, o.Values[name])
	}
	return all
}

// readOAuth reads the block. false means what "auth": "headers" or "none" would: no sign-in, ever.
func (e *Entry) readOAuth(f tree.Member) {
	if f.Value.Is(false) {
		e.NoOAuth = true
		return
	}
	if f.Value.Kind != tree.Map {
		e.fail(problem.BadField, "oauth is "+f.Value.Kind.String()+" where an object was expected", `Write "oauth": { "clientId": "…" }, or {}.`, f.Value.Where())
		return
	}
	e.needOAuth(f)
	for _, m := range f.Value.Members() {
		e.readOAuthMember(m, true)
	}
	if g, there := e.OAuth.Values[Grant]; there && !contains(Grants, g.Text) {
		e.fail(problem.BadField, "grant is not one that is known", "Use one of "+problem.Join(Grants)+".", g.Where)
	}
}

// needOAuth makes the block where there is none yet.
func (e *Entry) needOAuth(f tree.Member) {
	if e.OAuth == nil {
		e.OAuth = &OAuth{Where: f.Where(), Values: map[string]Value{}}
	}
}

// readOAuthMember reads one member of the block; within says that it stands there, and then it goes before one that stands
// beside it.
func (e *Entry) readOAuthMember(m tree.Member, within bool) {
	e.needOAuth(m)
	o, name := e.OAuth, m.Name
	if ours, differs := e.Dialect.OAuthNames[name]; differs {
		name = ours
	}
	switch name {
	case "scopes", "scope":
		if within || !o.HasScopes {
			e.readScopes(m.Value)
		}
	case "callbackPort":
		e.readPort(m)
	case "dpop":
		o.DPoP = m.Value.Is(true)
	case Resource:
		if o.OmitResource = m.Value.Is(false); !o.OmitResource {
			o.Values[name] = e.value(m, InOAuth)
		}
	default:
		if _, there := o.Values[name]; !contains(OAuthTexts, name) {
			e.checkOAuthField(m)
		} else if within || !there {
			o.Values[name] = e.value(m, InOAuth)
		}
	}
}

// readScopes reads "a b" or ["a", "b"].
func (e *Entry) readScopes(n tree.Node) {
	e.OAuth.HasScopes, e.OAuth.Scopes = true, nil
	if text, ok := n.Text(); ok {
		e.OAuth.Scopes = strings.Fields(text)
	} else if n.Kind == tree.List {
		for _, el := range n.Items() {
			text, ok := el.Text()
			if !ok {
				e.fail(problem.BadField, "scopes holds "+el.Kind.String()+" where a string was expected", "Write it in quotation marks.", el.Where())
				return
			}
			e.OAuth.Scopes = append(e.OAuth.Scopes, strings.Fields(text)...)
		}
	} else {
		e.fail(problem.BadField, "scopes is "+n.Kind.String()+" where a string or an array was expected", `Write "scopes": "read write".`, n.Where())
	}
	if len(e.OAuth.Scopes) > mostScopes {
		e.OAuth.Scopes = nil
		e.fail(problem.BadField, `"`+e.Name+`" names more than 100 scopes`, "Name fewer.", n.Where())
	}
	for _, s := range e.OAuth.Scopes {
		if !scopeToken(s) {
			e.fail(problem.BadField, "a scope has a character that scopes cannot have", "Remove it.", n.Where())
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
func (e *Entry) readPort(m tree.Member) {
	n := 0
	for _, c := range m.Value.Literal() {
		if c < '0' || c > '9' || n > 65535 {
			n = 0
			break
		}
		n = 10*n + int(c-'0')
	}
	if n < 1 || n > 65535 {
		e.fail(problem.BadField, "callbackPort is not a port", "Write a number from 1 to 65535.", m.Value.Where())
		return
	}
	e.OAuth.Port = n
}

// checkOAuthField warns of a misspelled field, as checkUnknown does.
func (e *Entry) checkOAuthField(m tree.Member) {
	for _, known := range append([]string{"scopes", "callbackPort", "dpop"}, OAuthTexts...) {
		if near(strings.ToLower(strings.ReplaceAll(m.Name, "_", "")), strings.ToLower(known)) {
			e.warn(problem.BadField, `"`+namePrefix(m.Name)+`" in oauth is not known and not read`, "", `Did you mean "`+known+`"?`, m.Where())
			return
		}
	}
}
