package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// copilotCLI is closed source: the sources are github/docs, content/copilot, and the changelog.md of github/copilot-cli.
var copilotCLI = &config.Dialect{
	ID: "copilot-cli", Name: "Copilot CLI",
	Format:    config.JSONPerhaps,
	Tops:      []string{"mcpServers"},
	Unwrapped: true,
	Fields: config.Fields("type url headers command args env oauth auth=oauth oauthClientId=oauth-member " +
		"oauthScopes=oauth-member oauthGrantType=oauth-member | cwd tools timeout deferTools disableToolCache " +
		"slowConnectionThresholdMs filterMapping oauthPublicClient oidc"),
	OAuthNames: map[string]string{
		"oauthClientId": config.ClientID, "oauthScopes": "scopes", "oauthGrantType": config.Grant, "redirectPort": "callbackPort",
	},
	Types:   map[string]string{"local": config.Stdio, "stdio": config.Stdio, "http": config.HTTP, "streamable-http": config.HTTP, "sse": config.SSE},
	Untyped: config.ByURL,
	Check:   checkCopilot,
	Expansion: config.Expansion{
		Forms: config.Identifier | config.Default, In: config.InEnv | config.InHeaders, Doubt: config.InCommand | config.InArgs | config.InURL | config.InOAuth,
	},
	OAuthWords: "clientId=oauthClientId scopes=oauthScopes[] grant=oauthGrantType callbackPort=auth.redirectPort",
	Places: []config.Place{
		{Scope: "project", Path: ".mcp.json"},
		{Scope: "project", Path: ".github/mcp.json"},
		{Scope: "user", Path: "${COPILOT_HOME}/mcp-config.json"},
		{Scope: "user", Path: "~/.copilot/mcp-config.json"},
	},
}

// checkCopilot: a name has no closing brace and no control character.
func checkCopilot(e *config.Entry, _ []tree.Member) {
	if strings.ContainsFunc(e.Name, func(r rune) bool { return r == '}' || r < ' ' || r == 0x7f }) {
		e.Refuse("the name has a closing brace or a control character, which Copilot CLI refuses", "Rename the server.", e.Where)
	}
}
