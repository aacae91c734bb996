package cli

import (
	"fmt"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// fingerprint is what may be told of a header's value, in the core's words: "Bearer ....7f3c, 40 characters".
// It is empty where there is no value yet.
func fingerprint(h msg.HeaderUse) string {
	if h.Length == 0 {
		return ""
	}
	tail := ""
	if h.Fingerprint != "" {
		tail = "...." + h.Fingerprint
	}
	text := join(", ", tail, count(int(h.Length), "character"))
	return join(" ", h.Scheme, text)
}

// source is where a header's value comes from: "ACME_KEY (.mcp.json:6)".
func source(h msg.HeaderUse) string {
	if len(h.Variables) == 0 {
		return problem.At(h.Where)
	}
	return fmt.Sprintf("%s (%s)", problem.Join(h.Variables), problem.At(h.Where))
}
