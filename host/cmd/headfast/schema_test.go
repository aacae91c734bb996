package main

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestSchema: every client whose file is JSON has a schema, and the others are told to have none.
func TestSchema(t *testing.T) {
	t.Parallel()
	p := at(t, "")
	p.run("schema").want(0, "\nvs-code\n", "claude-code\n")
	var list struct{ Clients []string }
	if err := json.Unmarshal([]byte(p.run("schema", "--json").want(0).out), &list); err != nil || slices.Contains(list.Clients, "codex") || !slices.Contains(list.Clients, "zed") {
		t.Errorf("%v, %v", list, err)
	}
	for _, client := range []string{list.Clients[0], "vs-code"} {
		var plain, inner struct {
			Schema      string `json:"$schema"`
			Definitions map[string]json.RawMessage
		}
		var wrapped struct{ Schema json.RawMessage }
		if err := json.Unmarshal([]byte(p.run("schema", client).want(0).out), &plain); err != nil || plain.Schema != "http://json-schema.org/draft-07/schema#" || plain.Definitions["server"] == nil {
			t.Errorf("%s: %+v, %v", client, plain, err)
		}
		if err := json.Unmarshal([]byte(p.run("schema", client, "--json").want(0).out), &wrapped); err != nil || json.Unmarshal(wrapped.Schema, &inner) != nil || inner.Schema != plain.Schema {
			t.Errorf("%s: %v", client, err)
		}
	}
	p.run("schema", "codex").want(2, `There is no JSON Schema for "codex"`, "whose file is JSON")
	p.run("schema", "vscode").want(2, `There is no JSON Schema for "vscode"`, "Did you mean vs-code?")
	p.run("schema", "a", "b").want(2, `"b" is too much`)
}
