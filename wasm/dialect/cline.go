package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// cline is cline_mcp_settings.json as the VS Code extension reads it; the command line and the JetBrains plugin have a
// reader of their own, and where that differs is told. Sources: cline/cline, apps/vscode/src/services/mcp/McpHub.ts and
// schemas.ts of the extension, sdk/packages/core/src/extensions/mcp/ of the other.
var cline = &config.Dialect{
	ID: "cline", Name: "Cline",
	Tops: []string{"mcpServers"},
	Fields: config.Fields("type url headers command args env transport=nested disabled oauthClient=oauth | transportType cwd " +
		"autoApprove timeout oauth metadata remoteConfigured"),
	Types:        map[string]string{"stdio": config.Stdio, "sse": config.SSE, "streamableHttp": config.HTTP},
	Untyped:      config.LegacySSE,
	AllOrNothing: true,
	// apps/vscode/src/utils/envExpansion.ts.
	Expansion:  config.Expansion{Forms: config.EnvColon, In: config.Everywhere, Unset: config.KeptLiteral},
	Check:      checkCline,
	Meant:      meantCline,
	OAuthWords: "clientId=oauthClient.clientId clientSecret=oauthClient.clientSecret",
	Timeout:    1000,
	Places: []config.Place{
		{Scope: "user", Path: "${CLINE_MCP_SETTINGS_PATH}"},
		{Scope: "user", Path: "${CLINE_DATA_DIR}/settings/cline_mcp_settings.json"},
		{Scope: "user", Path: "${CLINE_DIR}/data/settings/cline_mcp_settings.json"},
		{Scope: "user", Path: "~/.cline/data/settings/cline_mcp_settings.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json"},
	},
}

// checkCline tells where the two readers differ, and what a timeout becomes.
func checkCline(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		switch m.Name {
		case "transportType":
			if m.Value.Literal() == "http" && !e.Typed() && e.Transport == config.SSE {
				e.Say("Cline's command line takes this for Streamable HTTP", m.Value.Where())
			}
		case "timeout":
			text := "a timeout that is no number is ignored"
			s, ok := number(m.Value)
			if ok {
				text = "a timeout is in seconds, and is brought between 1 and 3600"
			}
			if !ok || s < 1 || s > 3600 {
				e.Say(text, m.Value.Where())
			}
		}
	}
	if len(e.Variables()) > 0 {
		e.Say("Cline's command line expands no variables", e.Where)
	}
	if e.Transport == config.Stdio && onlyRemote(e) {
		e.Say("Cline's command line calls the url itself, over Streamable HTTP", e.Command.Where)
	}
}

// onlyRemote says whether an entry is npx [-y] mcp-remote URL and nothing else: remote-proxy.ts.
func onlyRemote(e *config.Entry) bool {
	args := e.Args
	if len(args) > 0 && args[0].Text == "-y" {
		args = args[1:]
	}
	if e.Command.Text != "npx" || len(args) != 2 || len(e.Env) > 0 {
		return false
	}
	name, _, _ := strings.Cut(args[0].Text, "@")
	return name == "mcp-remote"
}

// meantCline checks the URL once it is expanded, as the extension does.
func meantCline(e *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
	if e.Transport != config.Stdio && !isURL(m.URL.Text) {
		m.Refused = "the url is not valid, and then no server of the file is used"
	}
}

// isURL says whether a text begins with a scheme and goes on: what zod's url() wants at least.
func isURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	return ok && scheme != "" && strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+-.") == "" &&
		(rest != "" && !strings.HasPrefix(scheme, "http") || strings.HasPrefix(rest, "//") && len(rest) > 2)
}
