//go:build !js

package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// modes are the values of Headfast's own auth.
var modes = []string{"auto", "headers", "oauth", "both", "none"}

// own is a member of Headfast's own.
func own(name string) ordered {
	if name == "auth" {
		return ordered{{"description", "Headfast's own: which credential is sent. " + "auto takes a configured header, else a sign-in."}, {"enum", modes}}
	}
	return ordered{{"description", "Headfast's own: the headers that are credentials, where their names do not tell."},
		{"type", "array"}, {"items", ordered{{"type", "string"}}}}
}

// meant are the words for what a field means.
var meant = map[config.Field]string{
	config.TypeField:     "How the server is reached.",
	config.CommandField:  "The program that is started.",
	config.CommandLine:   "The program that is started, and its arguments.",
	config.ArgsField:     "The program's arguments.",
	config.EnvField:      "Variables of the program's environment.",
	config.WrappedEnv:    "Variables of the program's environment.",
	config.URLField:      "The server's address.",
	config.HTTPURLField:  "The server's address, for Streamable HTTP.",
	config.HeadersField:  "Headers that are sent with every request to the server.",
	config.HelperField:   "A program that prints headers as a JSON object.",
	config.OAuthField:    "How to sign in to the server.",
	config.OAuthMember:   "How to sign in to the server.",
	config.DisabledField: "Switches the server off.",
	config.EnabledField:  "Switches the server on or off.",
	config.NestedField:   "How the server is reached, in an object of its own.",
	config.Known:         "Read by the client, and of no matter for what is sent.",
}

// describe is what a member is, with the variables that may stand in it and what one would not expect.
func describe(d *config.Dialect, name string, f config.Field) string {
	text := meant[f]
	if f == config.Doubtful {
		text = "No public source says whether " + d.Name + " reads this."
	}
	if f == config.HeadersField {
		if v := d.Variable("NAME"); v != "" {
			text += " A variable is written " + v + "."
		}
	}
	for _, r := range d.Remarks {
		if r.Field == name {
			text += " " + strings.ToUpper(r.Text[:1]) + r.Text[1:] + "."
		}
	}
	return text
}

// inputs are what VS Code asks for: configurationResolverSchema.ts.
func inputs() ordered {
	text := ordered{{"type", "string"}}
	one := func(kind string, required []string, more ...pair) ordered {
		fields := ordered{{"id", ordered{{"type", "string"}, {"description", "The name by which ${input:id} asks for it."}}},
			{"type", ordered{{"const", kind}}}, {"description", ordered{{"type", "string"}, {"description", "What the person is told."}}}}
		return ordered{{"type", "object"}, {"required", required}, {"properties", append(fields, more...)}}
	}
	preset := pair{"default", ordered{{"description", "What is proposed."}}}
	option := ordered{{"anyOf", []any{text, ordered{{"type", "object"}, {"required", []string{"value"}}, {"properties", ordered{{"label", text}, {"value", text}}}}}}}
	return ordered{{"type", "array"}, {"description", "What a person is asked for when a server starts."}, {"items", ordered{{"anyOf", []any{
		one("promptString", []string{"id", "type", "description"}, preset, pair{"password", ordered{{"type", "boolean"}, {"description", "Hides what is typed."}}}),
		one("pickString", []string{"id", "type", "description", "options"}, preset, pair{"options", ordered{{"type", "array"}, {"items", option}}}),
		one("command", []string{"id", "type", "command"}, pair{"command", ordered{{"type", "string"}, {"description", "A command of the editor. Headfast cannot run it."}}}),
	}}}}}
}

// registrySchema is server.json's, as far as it is read; packages have an identifier of their registry.
func registrySchema(s ordered) ordered {
	text := ordered{{"type", "string"}}
	input := ordered{{"type", "object"}, {"properties", ordered{{"name", text}, {"description", text}, {"value", text}, {"isRequired", ordered{{"type", "boolean"}}},
		{"isSecret", ordered{{"type", "boolean"}}}, {"choices", ordered{{"type", "array"}, {"items", text}}}}}}
	remote := ordered{{"type", "object"}, {"required", []string{"url"}}, {"properties", ordered{{"type", ordered{{"enum", typeNames(registry)}}},
		{"url", text}, {"headers", ordered{{"type", "array"}, {"items", input}}}, {"variables", ordered{{"type", "object"}, {"additionalProperties", input}}}}}}
	return s.with("properties", ordered{{"remotes", ordered{{"type", "array"}, {"items", remote}}}, {"packages", ordered{{"type", "array"}, {"items", ordered{{"type", "object"}}}}}})
}

// extras are what single clients demand besides, as their readers in this package do.
func extras(d *config.Dialect) []any {
	of := func(name string, s ordered) ordered { return ordered{{"properties", ordered{{name, s}}}} }
	remote := func(s ordered) ordered {
		return ordered{{"if", ordered{{"required", []string{"url"}}}}, {"then", s}}
	}
	switch d {
	case rooCode:
		return []any{ordered{{"not", ordered{{"required", []string{"command", "url"}}}}}, of("timeout", ordered{{"type", "number"}, {"minimum", 1}, {"maximum", 3600}})}
	case amazonQ:
		return []any{of("timeout", ordered{{"type", "integer"}, {"minimum", 0}})}
	case zed:
		return []any{of("enabled", ordered{{"type", "boolean"}}), remote(of("timeout", ordered{{"type", "number"}})),
			remote(of("oauth", ordered{{"required", []string{"client_id"}}}))}
	}
	return nil
}
