package config

// Own are the members of an entry that are Headfast's own; they are read in the file of every client.
var Own = Fields("auth credentials")

// ClaudeCode is the dialect of Claude Code's .mcp.json: strict JSON, entries under mcpServers. Sources: its
// documentation, pages "mcp", "managed-mcp" and "settings", and its CHANGELOG.md.
var ClaudeCode = &Dialect{
	ID: "claude-code", Name: "Claude Code",
	Tops:    []string{"mcpServers"},
	Fields:  Fields("type url headers headersHelper=helper command args env oauth | timeout request_timeout_ms alwaysLoad"),
	Types:   map[string]string{"http": HTTP, "streamable-http": HTTP, "sse": SSE, "stdio": Stdio, "ws": WebSocket},
	Untyped: NotUsed,
	Places:  []Place{{Scope: "project", Path: ".mcp.json"}},
	Expansion: Expansion{
		Forms: Braces | Default, In: Everywhere, Unset: KeptLiteral,
	},
}
