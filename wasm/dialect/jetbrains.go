package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// jetBrains is Junie's mcp.json, and the files of the same shape of AI Assistant and Air. All are closed source: the sources
// are jetbrains.com/help and what others report.
var jetBrains = &config.Dialect{
	ID: "jetbrains", Name: "JetBrains Junie",
	Format:    config.JSONPerhaps,
	Tops:      []string{"mcpServers"},
	Fields:    config.Fields("url headers command args env=wrapped-env enabled | type name sourcePath"),
	FallsBack: config.NotKnown,
	Check:     checkJetBrains,
	Expansion: config.Expansion{Forms: config.Identifier | config.EnvColon, Doubt: config.Everywhere},
	Places: []config.Place{
		{Scope: "project", Path: ".junie/mcp/mcp.json"},
		{Scope: "user", Path: "~/.junie/mcp/mcp.json"},
		{Scope: "project", Path: ".ai/mcp/mcp.json"},
		{Scope: "user", Path: "~/.ai/mcp/mcp.json"},
		{Scope: "project", Path: ".air/mcp.json"},
	},
}

// checkJetBrains: what versions made of a remote server.
func checkJetBrains(e *config.Entry, members []tree.Member) {
	if e.Transport != config.HTTP {
		return
	}
	if m := member(members, "type"); m != nil && m.Value.Literal() == "http" {
		e.Say("Junie of April 2026 took the type http for HTTP+SSE", m.Value.Where())
	}
	e.Say("older versions of Junie know processes only", e.URL.Where)
}
