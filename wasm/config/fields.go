package config

import "strings"

// meanings are the words for what a field means, in the tables of the dialects.
var meanings = map[string]Field{
	"type":             TypeField,
	"command":          CommandField,
	"command-line":     CommandLine,
	"args":             ArgsField,
	"env":              EnvField,
	"url":              URLField,
	"http-url":         HTTPURLField,
	"headers":          HeadersField,
	"helper":           HelperField,
	"auth":             AuthField,
	"credentials":      CredentialsField,
	"oauth":            OAuthField,
	"disabled":         DisabledField,
	"enabled":          EnabledField,
	"nested":           NestedField,
	"bearer-variable":  BearerVariable,
	"header-variables": HeaderVariables,
	"api-key":          APIKeyField,
	"request-options":  RequestOptions,
	"name":             NameField,
	"env-variables":    EnvVariables,
	"needed-variables": NeededVariables,
	"wrapped-env":      WrappedEnv,
	"oauth-member":     OAuthMember,
	"doubtful":         Doubtful,
}

// Fields reads a table of a dialect's fields: names that mean what they say, name=meaning for others, and behind a "|"
// those that the client reads and that do not matter for what is sent. It is text since maps are code, and twenty of them
// much of it. A meaning that there is not is a defect of the table, which every run meets.
func Fields(table string) map[string]Field {
	fields := map[string]Field{}
	known := false
	for _, word := range strings.Fields(table) {
		name, meaning, other := strings.Cut(word, "=")
		if !other {
			meaning = name
		}
		switch f, there := meanings[meaning]; {
		case word == "|":
			known = true
		case known:
			fields[word] = Known
		case !there:
			panic("config: no field means " + meaning)
		default:
			fields[name] = f
		}
	}
	return fields
}
