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

// safe is the function of that name, with the error that a flow ends with.
func (f *flow) safe(text, what string) (weburl.URL, *msg.Error) {
	u, err := safe(text, f.a.plan.URL)
	if err != nil {
		return u, problem.New(problem.Unsafe, "The server names an address for sign-in that is not safe", what+": "+err.Error()+". Nothing was sent there.",
			"Tell the server's operator.")
	}
	return u, nil
}

// safe reads an address that a server named. It is https, or http on this machine where the MCP server itself is on
// this machine, and literally private only where the MCP server is.
func safe(text string, server weburl.URL) (weburl.URL, error) {
	u, err := oauth.SafeURL(text, server.Loopback())
	if err == nil && u.Private() && !server.Private() {
		err = weburl.Error("it is a private address, and the MCP server is not at one")
	}
	return u, err
}
