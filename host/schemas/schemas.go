// Package schemas has a JSON Schema (draft-07) of the MCP part of each client's file that is JSON. They are written by the
// tests of wasm/dialect from what it says of the clients: go test ./wasm/dialect -run TestSchemas -update.
package schemas

import (
	"embed"
	"strings"
)

//go:embed *.schema.json
var files embed.FS

const suffix = ".schema.json"

// IDs are the clients that have one, in alphabetical order.
func IDs() (ids []string) {
	entries, _ := files.ReadDir(".") // it is there
	for _, e := range entries {
		ids = append(ids, strings.TrimSuffix(e.Name(), suffix))
	}
	return ids
}

// Of is a client's schema, with a line end; ok is false where it has none.
func Of(id string) (schema []byte, ok bool) {
	schema, err := files.ReadFile(id + suffix)
	return schema, err == nil
}
