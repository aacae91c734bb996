package transport

import "github.com/headfast/headfast/wasm/weburl"

// MaxRedirects bounds the hops of one request.
const MaxRedirects = 5

// Hop is what a redirect leads to.
type Hop struct {
	// To is where it points; its Host is empty where that is no URL.
	To weburl.URL
	// Follow says that the same request may go there.
	Follow bool
	// Foreign says that it is another origin: nothing configured goes there.
	Foreign bool
	// Why says in a few words why it is not followed.
	Why string
}

// Redirected says whether the answer is a redirect (RFC 9110 section 15.4).
func (x *Exchange) Redirected() bool {
	switch x.Status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// Next decides about a redirect of a request with this method to from. Only the same origin is followed,
// and only where method and content stay as they are: 307 and 308, or any redirect of a GET.
func (x *Exchange) Next(from weburl.URL, method string, hops int) Hop {
	to, err := from.Resolve(x.Location)
	switch {
	case x.Location == "":
		return Hop{Why: "it does not say where to"}
	case err != nil:
		return Hop{Why: "its Location cannot be used: " + err.Error()}
	case !to.SameOrigin(from):
		return Hop{To: to, Foreign: true, Why: "that is another origin, and what is configured for this one does not go there"}
	case hops >= MaxRedirects:
		return Hop{To: to, Why: "it has redirected too often"}
	case method != "GET" && x.Status != 307 && x.Status != 308:
		return Hop{To: to, Why: "this kind of redirect would turn the request into a GET"}
	}
	return Hop{To: to, Follow: true}
}
