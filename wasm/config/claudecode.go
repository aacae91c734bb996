package config

// Own are the members of an entry that are Headfast's own; they are read in the file of every client.
var Own = map[string]Field{"auth": AuthField, "credentials": CredentialsField}

// ClaudeCode is the dialect of Claude Code's .mcp.json: strict JSON, entries under mcpServers. Sources: its
// documentation, pages "mcp", "managed-mcp" and "settings", and its CHANGELOG.md.
var ClaudeCode = &Dialect{
	ID: "claude-code", Name: "Claude Code",
	Tops: []string{"mcpServers"},
	Fields: map[string]Field{
		"type": TypeField, "url": URLField, "headers": HeadersField, "headersHelper": HelperField, "command": CommandField,
		"args": ArgsField, "env": EnvField, "oauth": OAuthField, "timeout": Known, "request_timeout_ms": Known, "alwaysLoad": Known,
	},
	Types:   map[string]string{"http": HTTP, "streamable-http": HTTP, "sse": SSE, "stdio": Stdio, "ws": WebSocket},
	Untyped: NotUsed,
	Places:  []Place{{Scope: "project", Path: ".mcp.json"}},
	Expansion: Expansion{
		Forms: Braces | Default, In: Everywhere, Unset: KeptLiteral,
	},
}
