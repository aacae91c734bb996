package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// claudeDesktop is claude_desktop_config.json; Claude Desktop is closed source. Sources: others' readings of the
// application (1.30096, August 2026), issues, and microsoft/vscode, which reads the same file.
var claudeDesktop = &config.Dialect{
	ID: "claude-desktop", Name: "Claude Desktop",
	Tops: []string{"mcpServers"},
	Fields: map[string]config.Field{
		"command": config.CommandField, "args": config.ArgsField, "env": config.EnvField, "extensionId": config.Known,
	},
	Untyped: config.Process,
	Check:   checkDesktop,
	Places: []config.Place{
		{OS: "linux", Scope: "user", Path: "${XDG_CONFIG_HOME}/Claude/claude_desktop_config.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Claude/claude_desktop_config.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Claude/claude_desktop_config.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Claude/claude_desktop_config.json"},
	},
	Facts: []config.Fact{
		{Rule: "Entries are processes only; url, headers, type, cwd and disabled are stripped.", Source: "readings of the application's schema, 1.30096"},
		{Rule: "Remote servers are added under Settings, Connectors, or run through mcp-remote.", Source: "github.com/webflow/mcp-server/issues/73"},
		{Rule: "An entry that is not valid is skipped with a dialog, and the others are used.", Source: "the application's texts, 1.30096"},
		{Rule: "Nothing is expanded; mcp-remote expands ${NAME} in its --header itself.", Source: "github.com/modelcontextprotocol/modelcontextprotocol/issues/853; README of mcp-remote"},
		{Rule: "The file is strict JSON, and is read once per start.", Source: "github.com/GLips/Figma-Context-MCP/issues/89"},
		{Rule: "Where the file lies on Linux is what other tools assume.", Source: "microsoft/vscode src/vs/workbench/contrib/mcp/common/discovery/nativeMcpDiscoveryAdapters.ts"},
	},
}

// checkDesktop tells how a remote server is reached.
func checkDesktop(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		if m.Name == "url" && !has(members, "command") {
			e.Say("a remote server is added under Settings, Connectors, or run through mcp-remote", m.Where())
		}
	}
	proxy := false
	for _, a := range e.Args {
		name, _, _ := strings.Cut(a.Text, "@")
		if proxy = proxy || name == "mcp-remote"; proxy && strings.Contains(a.Text, "${") {
			e.Say("mcp-remote expands the variable itself, from its environment", a.Where)
		}
	}
}
