package resolve

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/trace"
)

// KeyInArgument is where in an argument a key begins, as a byte offset in its text, and what it is called: "--api-key K",
// "--api-key=K" and --header "Name: K". It is -1 where none does.
func KeyInArgument(args []config.Value, i int) (name string, start int) {
	text := args[i].Text
	if header, value, ok := headerArgument(args, i); ok {
		if !named(strings.TrimSpace(header)) {
			return "", -1
		}
		_, secret := trace.SplitScheme(value)
		return header, len(strings.TrimRight(text, " \t")) - len(secret)
	}
	if flag, value, ok := strings.Cut(text, "="); ok && named(strings.TrimLeft(flag, "-")) {
		return flag, len(text) - len(value)
	}
	if secretArgument(args, i) {
		return args[i-1].Text, 0
	}
	return "", -1
}
