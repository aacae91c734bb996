package main

import (
	"strings"
	"unicode"
)

// words splits a Go name: "RPCCode" is RPC, Code; "TimeoutMS" is Timeout, MS; "URIs" is one word.
func words(name string) []string {
	runes := []rune(name)
	var out []string
	start := 0
	for i := 1; i < len(runes); i++ {
		upper := unicode.IsUpper(runes[i])
		after := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && string(runes[i+1:]) != "s"
		if upper && (!unicode.IsUpper(runes[i-1]) || after) {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	return append(out, string(runes[start:]))
}

// camel is a Go field's name in TypeScript: ID is id, TimeoutMS is timeoutMs, RPCCode is rpcCode.
func camel(name string) string {
	var b strings.Builder
	for i, w := range words(name) {
		w = strings.ToLower(w)
		if i > 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
	}
	return b.String()
}

// screaming is a Go constant's name in TypeScript: FailDNS is FAIL_DNS.
func screaming(name string) string {
	return strings.ToUpper(strings.Join(words(name), "_"))
}
