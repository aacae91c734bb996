package oauth

import "strconv"

// requests are what is asked of each kind of endpoint.
var requests = map[string]string{
	AtResource:      "the request for its protected-resource metadata",
	AtServer:        "the request for its metadata",
	AtRegistration:  "a registration",
	AtAuthorization: "the sign-in",
	AtToken:         "a token request",
	AtRefresh:       "a refresh",
	AtDevice:        "a device authorization request",
}

// meanings are the codes of RFC 6749 sections 4.1.2.1 and 5.2, RFC 7591 section 3.2.2, RFC 8628 section 3.5, RFC 8707
// section 2 and RFC 9449 section 5 that end an attempt.
var meanings = map[string]string{
	"access_denied":           "the person or the server said no",
	"expired_token":           "the code was not confirmed in time",
	"invalid_client":          "it does not know this client, or not with this secret",
	"invalid_client_metadata": "it does not accept what this client says about itself",
	"invalid_dpop_proof":      "it does not accept the proof of the key",
	"invalid_grant":           "what it was given is expired, revoked, used already or another client's",
	"invalid_redirect_uri":    "it does not accept the redirect address",
	"invalid_scope":           "it does not give these scopes",
	"invalid_target":          "it gives no tokens for this resource",
	"server_error":            failed,
	"temporarily_unavailable": failed,
	"unauthorized_client":     "it does not let this client do that",
	"unsupported_grant_type":  "it does not support this grant",
}

const failed = "it failed; try again later"

// Says is a sentence for people about an answer that ended an attempt: the kind of endpoint, the status (0 for the
// redirect), what of a refusal or an unreadable body was found, and the server's own words, already redacted and fit
// for one line: of a refusal its description, else an excerpt of the body. Of a 2xx that should have brought a token
// or a secret, and may have, no word is quoted but a page's title.
func Says(endpointKind string, status uint32, refusal *Refusal, unreadable error, excerpt string) string {
	text := "The authorization server answered"
	if endpointKind == AtResource {
		text = "The server answered"
	}
	if status != 0 {
		text += " " + strconv.FormatUint(uint64(status), 10)
	}
	if refusal == nil && status/100 == 2 && unreadable != isPage && endpointKind != AtResource && endpointKind != AtServer {
		excerpt = ""
	}
	text += with(refusal, excerpt) + " to " + requests[endpointKind]
	if why := because(endpointKind, status, refusal, unreadable); why != "" {
		text += ": " + why
	}
	return text + "."
}

// Hint is what to do where Says has told of the same answer, or empty.
func Hint(endpointKind string, status uint32) string {
	if endpointKind == AtRegistration && status < 500 && status != 429 {
		return "Configure oauth.clientId for it."
	}
	return ""
}

func with(refusal *Refusal, excerpt string) string {
	switch {
	case refusal != nil && refusal.Code != "" && (excerpt == "" || excerpt == refusal.Code):
		return " with " + refusal.Code
	case refusal != nil && refusal.Code != "":
		return " with " + refusal.Code + ` ("` + excerpt + `")`
	case excerpt == "":
		return ""
	case excerpt[0] == '{' || excerpt[0] == '[':
		return " with " + excerpt
	}
	return ` with "` + excerpt + `"`
}

func because(endpointKind string, status uint32, refusal *Refusal, unreadable error) string {
	switch {
	case refusal != nil && meanings[refusal.Code] != "":
		return meanings[refusal.Code]
	case status/100 == 2 && unreadable != nil:
		return "that cannot be used, since " + unreadable.Error()
	case status/100 == 3:
		return "it redirects, which is not followed"
	case status == 429:
		return "it asks for fewer requests"
	case status >= 500 && status != 501:
		return failed
	case status == 404 || status == 405 || status == 410 || status == 501:
		return absent(endpointKind)
	case endpointKind == AtRegistration && (status == 401 || status == 403):
		return "it does not let this client register"
	}
	return ""
}

func absent(endpointKind string) string {
	switch endpointKind {
	case AtRegistration:
		return "it does not support dynamic registration"
	case AtResource, AtServer:
		return "there is none at this address"
	}
	return "there is no such endpoint at this address"
}
