package cli

import (
	"fmt"
	"slices"
	"strings"

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
	at := problem.At(h.Where)
	if at == "" && h.Note != "" { // a token stands in no file
		return h.Note
	}
	switch set := fromEnvironment(h); {
	case len(h.Variables) == 0:
		return at
	case len(set) == 0:
		return at + ", the default of " + problem.Join(h.Variables)
	default:
		return fmt.Sprintf("%s (%s)", problem.Join(set), at)
	}
}

// answered says that all of these are inputs, which a person answers.
func answered(variables []string) bool {
	return len(variables) > 0 && !slices.ContainsFunc(variables, func(name string) bool { return !strings.HasPrefix(name, "input:") })
}

// fromEnvironment are the variables that had a value: the others' defaults stand in the file.
func fromEnvironment(h msg.HeaderUse) []string {
	return slices.DeleteFunc(slices.Clone(h.Variables), func(name string) bool { return slices.Contains(h.Defaults, name) })
}
