// Command step measures the module alone, without HTTP and without a host's own decoding. "step record
// WASM URL FILE CALLS CACHE" drives a core against the server and keeps every batch that it was given; the core
// is deterministic, so that "step compiler|interpreter WASM FILE CACHE" here and step.mjs in Node step
// the very same bytes.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	switch {
	case len(args) == 6 && args[0] == "record":
		calls, err := strconv.Atoi(args[4])
		if err != nil {
			return err
		}
		return recordTo(ctx, args[1], args[2], args[3], calls, args[5])
	case len(args) == 4:
		result, err := replay(ctx, args[0], args[1], args[2], args[3])
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(result)
	}
	return fmt.Errorf("usage: record WASM URL FILE CALLS CACHE | compiler|interpreter WASM FILE CACHE")
}
