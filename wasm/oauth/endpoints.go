package oauth

// The kinds of endpoints of whose answers this package tells.
const (
	AtResource      = "resource"      // protected-resource metadata
	AtServer        = "server"        // an authorization server's metadata
	AtRegistration  = "registration"  // RFC 7591
	AtAuthorization = "authorization" // the redirect that comes back from the browser, without a status
	AtToken         = "token"         // the first token
	AtRefresh       = "refresh"       // a token request with a refresh token
	AtDevice        = "device"        // RFC 8628
)
