package oauth

// Resource is a protected-resource metadata document (RFC 9728 section 2).
type Resource struct {
	// Resource is as published: it goes out as it is, byte by byte.
	Resource string
	// Name is resource_name, for people.
	Name    string
	Servers []string
	Scopes  []string
	// BearerMethods say how a token may be sent; empty where nothing is said, or that it may not be sent at all.
	BearerMethods, DPoPAlgs []string
	// HasScopes says that scopes_supported was there, HasBearerMethods that bearer_methods_supported was.
	HasScopes, HasBearerMethods bool
	// DPoPBound is dpop_bound_access_tokens_required.
	DPoPBound bool
}

// Server is an authorization server's metadata (RFC 8414 section 2, and what others add).
type Server struct {
	Issuer, Authorize, Token, Register, Revoke, Device string
	Scopes, Grants, Challenges, AuthMethods, DPoPAlgs  []string
	// SigningAlgs is token_endpoint_auth_signing_alg_values_supported, for a client that signs (RFC 7523).
	SigningAlgs []string
	// HasChallenges says that code_challenge_methods_supported was there, HasMethods that
	// token_endpoint_auth_methods_supported was.
	HasChallenges, HasMethods bool
	// SendsIssuer is authorization_response_iss_parameter_supported (RFC 9207), ClientDocuments is
	// client_id_metadata_document_supported.
	SendsIssuer, ClientDocuments bool
}

// ParseResource reads a protected-resource metadata document. A member that is not there is for who needs it to miss.
func ParseResource(text []byte) (*Resource, error) {
	d, err := document(text)
	if err != nil {
		return nil, err
	}
	r := &Resource{
		Resource: d.text("resource"), Name: d.text("resource_name"), Servers: d.list("authorization_servers"), Scopes: d.list("scopes_supported"),
		BearerMethods: d.list("bearer_methods_supported"), DPoPAlgs: d.list("dpop_signing_alg_values_supported"),
		HasScopes: d.has("scopes_supported"), HasBearerMethods: d.has("bearer_methods_supported"), DPoPBound: d.flag("dpop_bound_access_tokens_required"),
	}
	if d.bad != "" {
		return nil, Unreadable(d.bad)
	}
	return r, nil
}

// ParseServer reads an authorization server's metadata. A member that is not there is for who needs it to miss.
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
		SigningAlgs:   d.list("token_endpoint_auth_signing_alg_values_supported"),
		HasChallenges: d.has("code_challenge_methods_supported"), HasMethods: d.has("token_endpoint_auth_methods_supported"),
		SendsIssuer: d.flag("authorization_response_iss_parameter_supported"), ClientDocuments: d.flag("client_id_metadata_document_supported"),
	}
	if d.bad != "" {
		return nil, Unreadable(d.bad)
	}
	return s, nil
}
