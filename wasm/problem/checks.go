//go:build !js

package problem

// Check is one of the rules of package lint, for people and for tools that list them. The module is built without the list.
type Check struct{ Name, Severity, Text string }

// Checks are all rules, in the order of what they look at. Severity is the usual one.
var Checks = []Check{
	{"bad-syntax", "error", "the file cannot be read"},
	{"missing-comma", "error", "a comma is missing between two values"},
	{"trailing-comma", "error", "a comma before a closing bracket, in a file that is strict JSON"},
	{"comment", "error", "a comment in a file that is strict JSON"},
	{"byte-order-mark", "error", "the file begins with a byte order mark"},
	{"wrong-top-key", "error", "the servers stand under another client's key"},
	{"bad-field", "error", "a field is of the wrong kind, or cannot be used"},
	{"missing-type", "error", "an entry has a url and no type, which its client needs"},
	{"unknown-type", "error", "a type that the client does not know"},
	{"no-transport", "error", "an entry says not how its server is reached"},
	{"command-and-url", "warning", "an entry has a command and a url"},
	{"untyped-sse", "warning", "a url without a type, which the client takes for HTTP+SSE"},
	{"deprecated-transport", "warning", "HTTP+SSE, which is deprecated"},
	{"unknown-field", "warning", "a field that is misspelled, or called as another client calls it"},
	{"ignored-field", "info", "a field that the client does not read"},
	{"disabled", "info", "an entry that is switched off"},
	{"refused-entry", "error", "the client does not use the entry, for a rule of its own"},
	{"lost-file", "error", "one entry costs its client all of the file"},
	{"client-note", "info", "what a person would not expect of the client"},
	{"duplicate-name", "warning", "a name is given twice, of a server, a field, a header or a variable"},
	{"shadowed-name", "warning", "another file's entry of this name is used instead"},
	{"unset-variable", "error", "a variable is not set and has no default"},
	{"wrong-variable", "error", "a variable is written as another client does, and goes out as it is written"},
	{"literal-secret", "warning", "a secret stands in the file"},
	{"tracked-secret", "error", "a secret stands in a file that git tracks"},
	{"exposed-secret", "warning", "others on this machine can read a file with a secret"},
	{"url-secret", "warning", "a secret stands in a URL, which logs keep"},
	{"cleartext", "warning", "a credential goes over plain http to another machine"},
	{"bad-header", "error", "a header's name or value cannot be sent"},
	{"white-space", "warning", "white space stands around a name or a value"},
	{"quoted-value", "warning", "quotation marks are part of a header's value"},
	{"auth-scheme", "warning", "Authorization has no scheme before its value, or has it twice"},
	{"placeholder", "warning", "a value is still that of an example"},
	{"both-conflict", "error", "auth is both, and Authorization is configured"},
	{"bad-url", "error", "the URL cannot be used"},
	{"command-line", "warning", "a command and its arguments stand in one text"},
	{"unexpanded-path", "warning", "a path begins with ~, or is relative in a file that counts everywhere"},
}
