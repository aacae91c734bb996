package oauth

import (
	"strings"

	"github.com/headfast/headfast/wasm/weburl"
)

// SafeURL reads an address that a server named, to be opened in a browser or sent a credential: https, or http on this
// machine where that is allowed, without user name and fragment (RFC 8414 section 2, RFC 8252 section 8.3; 2026-07-28,
// "Communication Security"). What it writes again has no white space, quote, bracket, backtick, control or non-ASCII
// byte. The error is a clause about "it", without the address. Where the address leads to is for URL.Private to tell.
func SafeURL(text string, loopbackAllowed bool) (weburl.URL, error) {
	if len(text) > longest {
		return weburl.URL{}, Unreadable("it is longer than 4096 bytes")
	}
	u, err := weburl.Parse(text)
	switch {
	case err != nil:
		why, _, _ := strings.Cut(err.Error(), "; ") // what follows is for who writes a configuration
		return weburl.URL{}, Unreadable(why)
	case u.Scheme != "https" && !u.Loopback():
		return weburl.URL{}, Unreadable("it is not https")
	case u.Scheme != "https" && !loopbackAllowed:
		return weburl.URL{}, Unreadable("it is http on this machine, which this server may not send us to")
	case strings.IndexByte(text, '#') >= 0:
		return weburl.URL{}, Unreadable("it has a fragment")
	case strings.IndexByte(text, '\'') >= 0:
		return weburl.URL{}, Unreadable("it has a quote")
	}
	return u, nil
}
