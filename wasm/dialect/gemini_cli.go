package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// geminiCLI is settings.json. Sources: google-gemini/gemini-cli; packages/core/src/tools/mcp-client.ts and
// packages/cli/src/config/settings.ts where no other file is named.
var geminiCLI = &config.Dialect{
	ID: "gemini", Name: "Gemini CLI",
	Format: config.JSONComments,
	Tops:   []string{"mcpServers"},
	Fields: config.Fields("type url httpUrl=http-url headers command args env oauth | cwd tcp timeout trust description " +
		"includeTools excludeTools authProviderType targetAudience targetServiceAccount"),
	// createTransport: a URL goes before a command, and any other type is as http without a fall-back.
	Types:     map[string]string{"http": config.HTTP, "sse": config.SSE},
	AnyType:   true,
	Untyped:   config.ByURL,
	FallsBack: config.WithoutType,
	// packages/cli/src/utils/envVarResolver.ts at load, then packages/core/src/utils/envExpansion.ts.
	Expansion: config.Expansion{
		Forms: config.Bare | config.Braces | config.Default, In: config.Everywhere, Unset: config.KeptLiteral,
		Again: &config.Expansion{Forms: config.Bare | config.Braces | config.Default, In: config.InHeaders | config.InEnv, Unset: config.MadeEmpty},
	},
	Remarks: []config.Remark{
		{Field: "httpUrl", Text: "httpUrl is deprecated, and goes before url"},
		{Field: "command", On: config.Remote, Text: "the command is not used: the url goes before it"},
	},
	Check:      checkGemini,
	Meant:      meantGemini,
	OAuthWords: "clientId=oauth.clientId clientSecret=oauth.clientSecret scopes=oauth.scopes[] redirectUri=oauth.redirectUri",
	Timeout:    1,
	Places: []config.Place{
		{Scope: "managed", Path: "${GEMINI_CLI_SYSTEM_SETTINGS_PATH}"},
		{OS: "linux", Scope: "managed", Path: "/etc/gemini-cli/settings.json"},
		{OS: "darwin", Scope: "managed", Path: "/Library/Application Support/GeminiCli/settings.json"},
		{OS: "windows", Scope: "managed", Path: "C:/ProgramData/gemini-cli/settings.json"},
		{Scope: "project", Path: ".gemini/settings.json"},
		{Scope: "user", Path: "${GEMINI_CLI_HOME}/.gemini/settings.json"},
		{Scope: "user", Path: "~/.gemini/settings.json"},
	},
}

// checkGemini tells of values.
func checkGemini(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		switch m.Name {
		case "type":
			if t := m.Value.Literal(); t != "stdio" && t != "http" && t != "sse" {
				e.Say("the type is not one of Gemini CLI's, which warns of it and goes by the other fields", m.Value.Where())
			}
		case "authProviderType":
			if m.Value.Literal() != "dynamic_discovery" {
				e.Say("a Google account's token goes before the headers", m.Value.Where())
			}
		}
	}
}

// meantGemini tells that createSSETransportWithAuth sends the headers as the first pass left them.
func meantGemini(_ *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
	for _, h := range m.Headers {
		if h.Once != "" && len(m.Transports) > 1 {
			m.Notes = append(m.Notes, config.Note{Text: "over HTTP+SSE " + h.Name + " goes out as it is after the first expansion", Where: h.Where})
		}
	}
}
