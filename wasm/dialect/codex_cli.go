package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// codexCLI is config.toml. Sources: openai/codex, codex-rs/config/src/mcp_types.rs and
// codex-rs/rmcp-client/src/utils.rs.
var codexCLI = &config.Dialect{
	ID: "codex", Name: "Codex CLI",
	Format: config.TOML,
	Tops:   []string{"mcp_servers"},
	Fields: map[string]config.Field{
		"url": config.URLField, "http_headers": config.HeadersField, "env_http_headers": config.HeaderVariables,
		"bearer_token_env_var": config.BearerVariable, "command": config.CommandField, "args": config.ArgsField, "env": config.EnvField,
		"enabled": config.EnabledField, "oauth": config.OAuthField, "scopes": config.Known, "oauth_resource": config.Known,
		"env_vars": config.Known, "cwd": config.Known, "required": config.Known, "startup_timeout_sec": config.Known,
		"startup_timeout_ms": config.Known, "tool_timeout_sec": config.Known, "enabled_tools": config.Known, "disabled_tools": config.Known,
	},
	AllOrNothing: true,
	Check:        checkCodex,
	Expansion:    config.Expansion{Unset: config.Fails},
	Places: []config.Place{
		{Scope: "project", Path: ".codex/config.toml"},
		{Scope: "user", Path: "${CODEX_HOME}/config.toml"},
		{Scope: "user", Path: "~/.codex/config.toml"},
	},
	Facts: []config.Fact{
		{Rule: "Nothing is expanded; bearer_token_env_var and env_http_headers name variables.", Source: "codex-rs/config/src/mcp_types.rs"},
		{Rule: "A field of the other transport, such as args beside url, is an error, and then the whole file is not read.", Source: "codex-rs/config/src/mcp_types.rs, throw_if_set"},
		{Rule: "Unknown fields, such as headers and type, are ignored.", Source: "codex-rs/config/src/mcp_types_tests.rs, deserialize_ignores_unknown_server_fields"},
	},
}

// checkCodex is throw_if_set: fields of the other transport are an error, and so is a token in the file.
func checkCodex(e *config.Entry, members []tree.Member) {
	not, transport := []string{"args", "env", "env_vars", "cwd"}, "streamable_http"
	if e.Transport == config.Stdio {
		not, transport = []string{"url", "bearer_token_env_var", "http_headers", "env_http_headers", "oauth", "oauth_resource"}, "stdio"
	}
	for _, m := range members {
		for _, name := range append(not, "bearer_token") {
			if m.Name == name {
				e.Refuse(name+" is not supported for "+transport, "Remove it.", m.Where())
			}
		}
	}
}
