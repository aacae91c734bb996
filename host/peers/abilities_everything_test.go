package peers

import (
	"maps"
	"path/filepath"
	"testing"

	"github.com/headfast/headfast/host/internal/testbed"
)

// urlRequired is URLElicitationRequiredError of 2025-11-25, which the caller gets as it is.
const urlRequired = -32042

// node runs a script of the npm folder.
func node(script string, args ...string) func(*testing.T) []string {
	return func(t *testing.T) []string {
		folder, err := filepath.Abs(testbed.Need(t, npm))
		if err != nil {
			t.Fatal(err)
		}
		words := []string{"node", filepath.Join(folder, script)}
		for _, arg := range args {
			if arg == "<everything>" {
				words = append(words, "node", filepath.Join(folder, everything), "stdio")
			} else if arg == "<everything as one>" {
				words = append(words, "node "+filepath.Join(folder, everything)+" stdio")
			} else {
				words = append(words, arg)
			}
		}
		return words
	}
}

const (
	everything = "node_modules/@modelcontextprotocol/server-everything/dist/index.js"
	noPages    = "it sends each list in one page"
	noStore    = "it keeps no events"
	noResuming = "2026-07-28 has no resuming"
	noEventIDs = "HTTP+SSE has no event ids"
	noError    = "none of its tools demands a page to be visited by an error"
	ownPipe    = "standard streams cannot be taken up again"
)

// everythingOffers are what server-everything has, over whichever transport.
func everythingOffers(more offers) offers {
	const accepted = `{"name":"Ada"}`
	all := offers{
		"tools":      lists("tools", "echo", "get-sum", "trigger-elicitation-request", "trigger-sampling-request", "get-roots-list"),
		"call":       calls("get-sum", `{"a":19,"b":23}`, "42"),
		"pages":      without(noPages),
		"resources":  lists("resources", "demo://resource/static/document/features.md"),
		"templates":  lists("templates", "demo://resource/dynamic/text/{resourceId}", "demo://resource/dynamic/blob/{resourceId}"),
		"read":       reads("demo://resource/dynamic/blob/7", `"blob":"UmVzb3VyY2UgNz`),
		"prompts":    lists("prompts", "simple-prompt", "args-prompt", "completable-prompt"),
		"prompt":     prompts("args-prompt", `{"city":"Bonn"}`, "What's weather in Bonn?"),
		"completion": completes("completable-prompt", "name", "A", `{"department":"Engineering"}`, "Alice"),
		"progress":   progresses("trigger-long-running-operation", `{"duration":0.4,"steps":4}`, 4),
		"logging":    logs("toggle-simulated-logging", `{}`, "debug"),
		"listen":     listens(filter{URIs: []string{"demo://resource/dynamic/text/1"}}, "toggle-subscriber-updates", `{}`, "notifications/resources/updated"),
		"elicit-accept": elicits("trigger-elicitation-request", `{}`, "accept", accepted, "Please provide inputs",
			`\"firstLine\": \"It was a dark and stormy night.\"`),
		"elicit-decline": elicits("trigger-elicitation-request", `{}`, "decline", "", "Please provide inputs", "User declined"),
		"elicit-cancel":  elicits("trigger-elicitation-request", `{}`, "cancel", "", "Please provide inputs", "User cancelled"),
		"elicit-url": elicits("trigger-url-elicitation", `{"url":"https://example.com/sign-in"}`, "accept", "", "https://example.com/sign-in",
			"User completed the URL elicitation flow"),
		"elicit-error": calls("trigger-url-elicitation", `{"url":"https://example.com/a","errorPath":true}`, "https://modelcontextprotocol.io").refused(urlRequired),
		"sampling":     asks("trigger-sampling-request", `{"prompt":"Hi"}`, "You are a helpful test server", "a model's words"),
		"roots":        calls("get-roots-list", `{}`, "file:///usr"),
		"cancel":       long("trigger-long-running-operation", `{"duration":1.5,"steps":2}`, ""),
		"resume":       without(noStore),
		"dies":         long("trigger-long-running-operation", `{"duration":30,"steps":3}`, ""),
		"session-loss": calls("get-sum", `{"a":19,"b":23}`, "42"),
	}
	maps.Copy(all, more)
	return all
}

// cutAt is a long call with n steps, whose answer is cut after its first.
func cutAt(tool, args, says string, n int, after string) offer {
	o := long(tool, args, says)
	o.progress, o.asks = n, after
	return o
}

// everythingPeers are server-everything in its three transports, and behind gateways.
func everythingPeers() []able {
	// Its event store gives the SDK a wrong stream after a replay: what comes later is kept and not sent. So the call
	// is over before we are back, a second after the cut.
	resumes := cutAt("trigger-long-running-operation", `{"duration":0.8,"steps":4}`, "Long running operation completed", 4, `"progress":2`)
	gateway := func(args ...string) func(*testing.T) []string {
		return node("node_modules/supergateway/dist/index.js", append([]string{"--port", "<port>", "--stdio", "<everything as one>", "--outputTransport"}, args...)...)
	}
	proxy := node("node_modules/mcp-proxy/dist/bin/mcp-proxy.mjs", "--host", "127.0.0.1", "--port", "<port>", "--", "<everything>")
	return []able{
		{
			name: "everything-http", whole: true, kind: "http", path: "/mcp", command: node(everything, "streamableHttp", "PORT=<port>"), revision: "2025-11-25",
			offers: everythingOffers(offers{"resume": resumes}),
		},
		{
			name: "everything-sse", whole: true, kind: "sse", path: "/sse", command: node(everything, "sse", "PORT=<port>"), revision: "2025-11-25",
			offers: everythingOffers(offers{"resume": without(noEventIDs)}),
		},
		{
			name: "everything-stdio", whole: true, kind: "stdio", command: node(everything, "stdio"), revision: "2025-11-25",
			offers: everythingOffers(offers{"resume": without(ownPipe)}),
		},
		{
			name: "supergateway-sse", anew: true, kind: "sse", path: "/sse", revision: "2025-11-25", command: gateway("sse"),
			offers: everythingOffers(offers{"resume": without(noEventIDs)}),
		},
		{
			name: "supergateway-stateful", kind: "http", path: "/mcp", revision: "2025-11-25", command: gateway("streamableHttp", "--stateful"),
			offers: everythingOffers(nil),
		},
		{
			name: "supergateway-stateless", kind: "http", path: "/mcp", revision: "2025-11-25", command: gateway("streamableHttp"),
			offers: only(everythingOffers(unasked("")), "tools", "call", "progress", "cancel", "dies", "session-loss"),
			rest:   "each request starts a process of its own, which knows no client and is gone with the answer; the server is supergateway-stateful's",
		},
		{
			name: "mcp-proxy-http", kind: "http", path: "/mcp", revision: "2026-07-28", command: proxy,
			offers: proxied(offers{"logging": without("it passes no log messages on in 2026-07-28: its README says so"), "resume": without(noResuming)}),
		},
		{
			name: "mcp-proxy-sessions", kind: "http", path: "/mcp", pin: "2025-11-25", revision: "2025-11-25", command: proxy,
			offers: proxied(offers{"resume": resumes.losing()}),
		},
		{
			name: "mcp-proxy-sse", kind: "sse", path: "/sse", revision: "2025-11-25", command: proxy,
			offers: proxied(offers{"resume": without(noEventIDs)}),
		},
	}
}

// unasked are the offers of a gateway that passes no questions of the server on.
func unasked(why string) offers {
	o := offers{"tools": lists("tools", "echo", "get-sum")}
	for _, ability := range []string{"elicit-accept", "elicit-decline", "elicit-cancel", "elicit-url", "elicit-error", "sampling", "roots"} {
		o[ability] = without(why)
	}
	return o
}

// only are those of these names.
func only(all offers, names ...string) offers {
	some := offers{}
	for _, name := range names {
		some[name] = all[name]
	}
	return some
}

// proxied are those of server-everything behind mcp-proxy.
func proxied(more offers) offers {
	o := unasked("it has one connection to its server for all clients, and passes no questions on: its README says so")
	o["progress"] = progresses("trigger-long-running-operation", `{"duration":0.4,"steps":4}`, 4).losing()
	maps.Copy(o, more)
	return everythingOffers(o)
}
