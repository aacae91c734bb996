package host

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/headfast/headfast/wasm/jsontext"
)

// tasksExtension is always declared: the core follows tasks to their end (2026-07-28, extension Tasks).
const tasksExtension = "io.modelcontextprotocol/tasks"

// maxCapabilities bounds MCP's ClientCapabilities, in bytes.
const maxCapabilities = 1 << 20

// capabilities is MCP's ClientCapabilities: what there are callbacks for, and the extensions.
func capabilities(s *Session, extensions map[string]json.RawMessage) ([]byte, error) {
	all := []byte{'{'}
	add := func(method, text string) {
		if s.answerers[method] != nil {
			all = append(append(all, text...), ',')
		}
	}
	add(elicitationMethod, `"elicitation":{"form":{},"url":{}}`)
	add(samplingMethod, `"sampling":{}`)
	add(rootsMethod, `"roots":{"listChanged":true}`)
	all = append(all, `"extensions":{`...)
	declared := map[string]json.RawMessage{tasksExtension: nil}
	maps.Copy(declared, extensions)
	for i, id := range slices.Sorted(maps.Keys(declared)) {
		settings := declared[id]
		switch {
		case len(settings) == 0:
			settings = json.RawMessage("{}")
		case !isObject(settings):
			return nil, misuse("An extension's settings are no JSON object", "Those of "+id+".")
		}
		if i > 0 {
			all = append(all, ',')
		}
		all = append(append(jsontext.AppendString(all, id), ':'), settings...)
	}
	all = append(all, "}}"...)
	if len(all) > maxCapabilities {
		return nil, misuse("The extensions' settings are too large", "The capabilities have more than 1 MiB.")
	}
	return all, nil
}
