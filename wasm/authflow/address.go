package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/weburl"
)

// trusted reads an address that the entry names: it may be anywhere that is safe to speak to.
func (f *flow) trusted(text, what string) (weburl.URL, *msg.Error) {
	u, err := oauth.SafeURL(text, true)
	if err != nil {
		return u, problem.New(problem.BadURL, what+" cannot be used: "+err.Error(), "Nothing was sent.", "Correct it.")
	}
	return u, nil
}

// safe reads an address that a server named. It is https, or http on this machine where the MCP server itself is on
// this machine, and literally private only where the MCP server is.
func (f *flow) safe(text, what string) (weburl.URL, *msg.Error) {
	here := f.a.plan.URL.Loopback()
	u, err := oauth.SafeURL(text, here)
	why := ""
	switch {
	case err != nil:
		why = err.Error()
	case u.Private() && !f.a.plan.URL.Private():
		why = "it is a private address, and the MCP server is not at one"
	default:
		return u, nil
	}
	return u, problem.New(problem.Unsafe, "The server names an address for sign-in that is not safe", what+": "+why+". Nothing was sent there.",
		"Tell the server's operator.")
}
