//go:build !js

package dialect

import (
	"sort"
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// draft is JSON Schema's draft-07, which VS Code's language server and SchemaStore use.
const draft = "http://json-schema.org/draft-07/schema#"

// token is a header's name (RFC 9110 section 5.6.2).
const token = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"

// Schema is a JSON Schema (draft-07) for the MCP part of a client's file, with a line end; nil for a client whose file is no
// JSON. It takes what the client takes: what it does not know is allowed, since it may be another tool's.
func Schema(d *config.Dialect) []byte {
	if d.Format == config.TOML || d.Format == config.YAML {
		return nil
	}
	s := ordered{{"$schema", draft}, {"title", "MCP servers of " + d.Name}, {"description", facts(d)}}
	if d.Format == config.JSONComments || d.Format == config.JSONC || d.Format == config.JSONPerhaps {
		s = s.with("allowComments", true)
	}
	if d.Format == config.JSONC || d.Format == config.JSONPerhaps {
		s = s.with("allowTrailingCommas", true)
	}
	s = s.with("type", "object")
	if d == registry {
		return append(appendJSON(nil, registrySchema(s), 0), '\n')
	}
	properties := ordered{}
	for _, top := range d.Tops {
		properties = place(properties, strings.Split(top, "."), d)
	}
	definitions := ordered{{"servers", ordered{{"type", "object"}, {"description", "The servers, each by its name."},
		{"additionalProperties", ordered{{"$ref", "#/definitions/server"}}}}}, {"server", server(d)}}
	if d == vsCode {
		definitions = definitions.with("inputs", inputs())
	}
	return append(appendJSON(nil, s.with("properties", properties).with("definitions", definitions), 0), '\n')
}

// facts are the client's rules, a line each.
func facts(d *config.Dialect) string {
	var lines []string
	for _, f := range Facts[d.ID] {
		lines = append(lines, f.Rule)
	}
	return strings.Join(lines, "\n")
}

// place puts the servers where a path of names leads; "*" is any name. What VS Code asks for stands beside them.
func place(into ordered, path []string, d *config.Dialect) ordered {
	if len(path) == 1 {
		into = into.with(path[0], ordered{{"$ref", "#/definitions/servers"}})
		if d == vsCode {
			into = into.with("inputs", ordered{{"$ref", "#/definitions/inputs"}})
		}
		return into
	}
	inner := ordered{{"type", "object"}}
	if path[1] == "*" {
		return into.with(path[0], inner.with("additionalProperties", ordered{{"type", "object"}, {"properties", place(nil, path[2:], d)}}))
	}
	return into.with(path[0], inner.with("properties", place(nil, path[1:], d)))
}

// server is one entry.
func server(d *config.Dialect) ordered {
	names := make([]string, 0, len(d.Fields)+len(config.Own))
	for name := range d.Fields {
		names = append(names, name)
	}
	for name := range config.Own {
		if _, is := d.Fields[name]; !is {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	properties := ordered{}
	for _, name := range names {
		properties = properties.with(name, field(d, name))
	}
	s := ordered{{"type", "object"}, {"description", "One server, by its name."}, {"properties", properties}}
	if needs := needed(d); len(needs) > 0 {
		s = s.with("allOf", needs)
	}
	return s
}

// field is a schema of one member.
func field(d *config.Dialect, name string) ordered {
	meaning, theirs := d.Fields[name]
	if !theirs {
		return own(name)
	}
	s := ordered{{"description", describe(d, name, meaning)}}
	for _, r := range d.Remarks {
		if r.Field == name && strings.Contains(r.Text, "deprecated") {
			s = s.with("deprecated", true).with("deprecationMessage", r.Text)
		}
	}
	text := ordered{{"type", "string"}}
	switch meaning {
	case config.TypeField:
		known := ordered{{"enum", typeNames(d)}}
		if d.AnyType || d.Untyped == config.ByURL {
			return s.with("anyOf", []any{known, ordered{}})
		}
		return append(s, known...)
	case config.CommandField, config.URLField, config.HTTPURLField, config.HelperField, config.BearerVariable, config.APIKeyField:
		return append(s, text...)
	case config.CommandLine:
		return s.with("type", "array").with("minItems", 1).with("items", text)
	case config.ArgsField:
		return s.with("type", "array").with("items", text)
	case config.HeadersField:
		if lenient(d, config.HeadersField) {
			return s.with("type", "object").with("additionalProperties", text)
		}
		return s.with("type", "object").with("propertyNames", ordered{{"pattern", token}}).with("additionalProperties", text)
	case config.EnvField:
		switch {
		case lenient(d, config.EnvField):
			return s.with("type", "object")
		case d.Scalars:
			text = ordered{{"type", []string{"string", "number", "null"}}}
		}
		return s.with("type", "object").with("propertyNames", ordered{{"pattern", "^[^=]+$"}}).with("additionalProperties", text)
	case config.OAuthField:
		oauth := ordered{{"type", "object"}, {"properties", oauthFields(d)}}
		any := []any{oauth, ordered{{"const", false}}}
		if name == "auth" { // Headfast's own mode under the same name
			any = append(any, ordered{{"enum", modes}})
		}
		return s.with("anyOf", any)
	}
	return s
}

func lenient(d *config.Dialect, f config.Field) bool {
	for _, l := range d.Lenient {
		if l == f {
			return true
		}
	}
	return false
}

// typeNames are the types, in alphabetical order.
func typeNames(d *config.Dialect) (names []string) {
	for name := range d.Types {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// oauthFields are the names of an oauth block: the client's and Headfast's.
func oauthFields(d *config.Dialect) (fields ordered) {
	for name := range d.OAuthNames {
		if _, beside := d.Fields[name]; !beside {
			fields = fields.with(name, ordered{{"description", "As " + d.OAuthNames[name] + " of Headfast."}})
		}
	}
	sort.Slice(fields, func(i, j int) bool { return fields[i].name < fields[j].name })
	return fields.with("issuer", ordered{{"description", "Headfast's own: the only authorization server that is gone to."}}).
		with("grant", ordered{{"description", "Headfast's own: how a token is had."}, {"enum", config.Grants}})
}

// needed are the members that an entry must have.
func needed(d *config.Dialect) (all []any) {
	by := func(meanings ...config.Field) (list []any) {
		var names []string
		for name, f := range d.Fields {
			for _, m := range meanings {
				if f == m {
					names = append(names, name)
				}
			}
		}
		sort.Strings(names)
		for _, name := range names {
			list = append(list, ordered{{"required", []string{name}}})
		}
		return list
	}
	urls, commands := by(config.URLField, config.HTTPURLField, config.NestedField), by(config.CommandField, config.CommandLine)
	kinds := by(config.TypeField)
	off := by(config.DisabledField, config.EnabledField)
	switch {
	case d.Untyped == config.TypeNeeded:
		all = append(all, ordered{{"anyOf", append(kinds, off...)}})
	case d.Untyped == config.Process && d.AnyType:
		known := ordered{{"required", []string{"type"}}, {"properties", ordered{{"type", ordered{{"enum", typeNames(d)}}}}}}
		all = append(all, ordered{{"anyOf", append([]any{known}, commands...)}})
	case d.Untyped == config.NotUsed || d.Untyped == config.Process:
		all = append(all, ordered{{"anyOf", append(append(kinds, commands...), by(config.NestedField)...)}})
	default:
		all = append(all, ordered{{"anyOf", append(append([]any(nil), urls...), commands...)}})
	}
	all = append(all, extras(d)...)
	switch {
	case d.AnyType || len(kinds) == 0:
		return all
	case d.Untyped == config.ByURL:
		known := ordered{{"properties", ordered{{"type", ordered{{"enum", typeNames(d)}}}}}}
		return append(all, ordered{{"if", ordered{{"required", []string{"url"}}}}, {"then", known}})
	}
	return append(all, when(d, config.Stdio, commands), when(d, config.HTTP, urls))
}

// when says what an entry of a transport must have: HTTP stands for HTTP+SSE too.
func when(d *config.Dialect, transport string, then []any) ordered {
	var names []string
	for name, t := range d.Types {
		if t == transport || transport == config.HTTP && t == config.SSE {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	kind := "type"
	for name, f := range d.Fields {
		if f == config.TypeField {
			kind = name
		}
	}
	return ordered{{"if", ordered{{"required", []string{kind}}, {"properties", ordered{{kind, ordered{{"enum", names}}}}}}}, {"then", ordered{{"anyOf", then}}}}
}
