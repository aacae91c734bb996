package arguments

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
)

// isText says that the schema wants this property as a string, whatever it looks like: 007 for a property
// of type string is "007". Where null is allowed too, the word null is null.
func isText(schema json.RawMessage, key, value string) bool {
	property := member(gjson.ParseBytes(schema).Get("properties"), key)
	types := map[string]bool{}
	collect(property, types, 0)
	if types["null"] && value == "null" {
		return false
	}
	delete(types, "null")
	return types["string"] && len(types) == 1
}

// member finds a key as it is written; gjson's paths give dots and stars a meaning.
func member(object gjson.Result, key string) (found gjson.Result) {
	object.ForEach(func(k, v gjson.Result) bool {
		if k.Str == key {
			found = v
		}
		return true
	})
	return found
}

// maxDepth bounds how far alternatives are followed: the schema is the server's.
const maxDepth = 8

// collect gathers the JSON types that a schema allows, as far as it says: type, enum, const and alternatives.
func collect(schema gjson.Result, types map[string]bool, depth int) {
	if depth > maxDepth {
		return
	}
	if t := schema.Get("type"); t.IsArray() {
		for _, one := range t.Array() {
			types[one.Str] = true
		}
	} else if t.Exists() {
		types[t.Str] = true
		return
	}
	for _, values := range []gjson.Result{schema.Get("enum"), schema.Get("const")} {
		for _, v := range values.Array() {
			types[kind(v)] = true
		}
	}
	for _, name := range []string{"anyOf", "oneOf", "allOf"} {
		for _, one := range schema.Get(name).Array() {
			collect(one, types, depth+1)
		}
	}
}

func kind(v gjson.Result) string {
	if v.Type == gjson.String {
		return "string"
	}
	return strings.ToLower(v.Type.String())
}
