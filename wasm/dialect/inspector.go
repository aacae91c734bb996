package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// inspector is the mcp.json of version 2. Sources: modelcontextprotocol/inspector, branch v2/main.
var inspector = &config.Dialect{
	ID: "inspector", Name: "MCP Inspector",
	Tops: []string{"mcpServers"},
	Fields: config.Fields("type url headers command args env oauth | cwd protocolEra modernLogLevel connectionTimeout " +
		"requestTimeout taskTtl roots metadata paginatedLists autoRefreshOnListChanged advertisedExtensions " +
		"maxFetchRequests"),
	Types:      map[string]string{"stdio": config.Stdio, "sse": config.SSE, "streamable-http": config.HTTP, "http": config.HTTP},
	AnyType:    true,
	Untyped:    config.Process,
	Check:      checkInspector,
	OAuthWords: "clientId=oauth.clientId clientSecret=oauth.clientSecret scopes=oauth.scopes",
	Places: []config.Place{
		{Scope: "user", Path: "${MCP_CATALOG_PATH}"},
		{Scope: "user", Path: "~/.mcp-inspector/mcp.json"},
	},
}

// checkInspector: values that are in the keychain, and an era that is dropped.
func checkInspector(e *config.Entry, members []tree.Member) {
	for _, v := range e.Env {
		if v.Value.Text == "" {
			e.Say("the web application of MCP Inspector may have the value of "+v.Name+" in the keychain", v.Value.Where)
		}
	}
	if m := member(members, "protocolEra"); m != nil {
		switch m.Value.Literal() {
		case "legacy", "auto", "modern":
		default:
			e.Say("MCP Inspector drops a protocolEra that is not legacy, auto or modern", m.Value.Where())
		}
	}
}
