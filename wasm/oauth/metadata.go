package oauth

import (
	"github.com/headfast/headfast/wasm/jsontext"
)

// Resource is a protected-resource metadata document (RFC 9728 section 2).
type Resource struct {
	// Resource is as published: it goes out as it is, byte by byte.
	Resource string
	Servers  []string
	Scopes   []string
	// HasScopes says that scopes_supported was there.
	HasScopes bool
}

// Server is an authorization server's metadata (RFC 8414 section 2, and what others add).
type Server struct {
	Issuer, Authorize, Token, Register, Revoke, Device string
	Scopes, Grants, Challenges, AuthMethods, DPoPAlgs  []string
	// HasChallenges says that code_challenge_methods_supported was there, HasMethods that
	// token_endpoint_auth_methods_supported was.
	HasChallenges, HasMethods bool
	// SendsIssuer is authorization_response_iss_parameter_supported (RFC 9207), ClientDocuments is
	// client_id_metadata_document_supported.
	SendsIssuer, ClientDocuments bool
}

// The bounds of a document of metadata.
const (
	MaxDocument = 1 << 20
	mostStrings = 256
	longest     = 4096
)

// Unreadable says why a document is none.
type Unreadable string

func (u Unreadable) Error() string { return string(u) }

// ParseResource reads a protected-resource metadata document.
func ParseResource(text []byte) (*Resource, error) {
	d, err := document(text)
	if err != nil {
		return nil, err
	}
	r := &Resource{Resource: d.text("resource"), Servers: d.list("authorization_servers"), Scopes: d.list("scopes_supported"), HasScopes: d.has("scopes_supported")}
	if d.bad != "" {
		return nil, Unreadable(d.bad)
	}
	return r, nil
}

// ParseServer reads an authorization server's metadata.
func ParseServer(text []byte) (*Server, error) {
	d, err := document(text)
	if err != nil {
		return nil, err
	}
	s := &Server{
		Issuer: d.text("issuer"), Authorize: d.text("authorization_endpoint"), Token: d.text("token_endpoint"), Register: d.text("registration_endpoint"),
		Revoke: d.text("revocation_endpoint"), Device: d.text("device_authorization_endpoint"),
		Scopes: d.list("scopes_supported"), Grants: d.list("grant_types_supported"), Challenges: d.list("code_challenge_methods_supported"),
		AuthMethods: d.list("token_endpoint_auth_methods_supported"), DPoPAlgs: d.list("dpop_signing_alg_values_supported"),
		HasChallenges: d.has("code_challenge_methods_supported"), HasMethods: d.has("token_endpoint_auth_methods_supported"),
		SendsIssuer: d.flag("authorization_response_iss_parameter_supported"), ClientDocuments: d.flag("client_id_metadata_document_supported"),
	}
	if d.bad != "" {
		return nil, Unreadable(d.bad)
	}
	return s, nil
}

// fields is a JSON object, each member once.
type fields struct {
	members map[string][]byte
	// bad is the first member that is not what it must be.
	bad string
}

// document reads an object whose members are each there once: two readers must not see two documents.
func document(text []byte) (*fields, error) {
	if len(text) > MaxDocument {
		return nil, Unreadable("it has more than 1 MiB")
	}
	if err := jsontext.Valid(text); err != nil {
		return nil, Unreadable("it is not JSON")
	}
	at := 0
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
		at++
	}
	if text[at] != '{' {
		return nil, Unreadable("it is not a JSON object")
	}
	d := &fields{members: map[string][]byte{}}
	twice := ""
	jsontext.Members(text, func(key string, _ int, value []byte, _ int) bool {
		if _, there := d.members[key]; there {
			twice = key
		}
		d.members[key] = value
		return twice == ""
	})
	if twice != "" {
		return nil, Unreadable("it has a member twice")
	}
	return d, nil
}

func (d *fields) has(name string) bool {
	v, ok := d.members[name]
	return ok && string(v) != "null"
}

// text is a string member; empty where there is none.
func (d *fields) text(name string) string {
	if !d.has(name) {
		return ""
	}
	s, ok := jsontext.Unquote(d.members[name])
	if !ok || len(s) > longest {
		d.fail(name + " is not a string, or too long")
	}
	return s
}

// flag is true only for the literal.
func (d *fields) flag(name string) bool { return string(d.members[name]) == "true" }

// list is an array of strings.
func (d *fields) list(name string) (all []string) {
	if !d.has(name) {
		return nil
	}
	value := d.members[name]
	if value[0] != '[' {
		d.fail(name + " is not an array")
		return nil
	}
	jsontext.Elements(value, func(el []byte, _ int) bool {
		s, ok := jsontext.Unquote(el)
		if !ok || len(s) > longest || len(all) == mostStrings {
			d.fail(name + " holds what is no string, or too much")
			return false
		}
		all = append(all, s)
		return true
	})
	return all
}

func (d *fields) fail(why string) {
	if d.bad == "" {
		d.bad = why
	}
}
