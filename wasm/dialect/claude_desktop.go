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
	Tops:    []string{"mcpServers"},
	Fields:  config.Fields("command args env | extensionId"),
	Untyped: config.Process,
	Check:   checkDesktop,
	Places: []config.Place{
		{OS: "linux", Scope: "user", Path: "${XDG_CONFIG_HOME}/Claude/claude_desktop_config.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Claude/claude_desktop_config.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Claude/claude_desktop_config.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Claude/claude_desktop_config.json"},
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
