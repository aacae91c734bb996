package oauth

import "strings"

// Address is the part of a URL that the well-known addresses are made from: its origin, such as "https://h:8443", and
// its path, "" or "/…".
type Address struct{ Origin, Path string }

// ResourceMetadata are the addresses at which a server's protected-resource metadata may be, in the order in which
// they are asked (RFC 9728 section 3.1; 2026-07-28, "Protected Resource Metadata Discovery Requirements").
func (a Address) ResourceMetadata() []string {
	root := a.Origin + "/.well-known/oauth-protected-resource"
	if path := strings.TrimSuffix(a.Path, "/"); path != "" {
		return []string{root + path, root}
	}
	return []string{root}
}

// ServerMetadata are the addresses at which an issuer's metadata may be, in the order in which they are asked (RFC 8414
// sections 3.1 and 5, OpenID Connect Discovery section 4; 2026-07-28, "Authorization Server Metadata Discovery").
func (a Address) ServerMetadata() []string {
	known := a.Origin + "/.well-known/"
	path := strings.TrimSuffix(a.Path, "/")
	if path == "" {
		return []string{known + "oauth-authorization-server", known + "openid-configuration"}
	}
	return []string{known + "oauth-authorization-server" + path, known + "openid-configuration" + path, a.Origin + path + "/.well-known/openid-configuration"}
}
