package dialect

import "github.com/headfast/headfast/wasm/config"

// lmStudio is closed source: the sources are lmstudio-ai/docs and issues of lmstudio-ai/lmstudio-bug-tracker.
var lmStudio = &config.Dialect{
	ID: "lm-studio", Name: "LM Studio",
	Format:     config.JSONPerhaps,
	Tops:       []string{"mcpServers"},
	Fields:     config.Fields("url headers command args env auth=oauth cwd=doubtful disabled=doubtful | timeout"),
	OAuthNames: map[string]string{"CLIENT_ID": config.ClientID, "CLIENT_SECRET": config.ClientSecret},
	FallsBack:  config.Always,
	Meant: func(e *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
		if e.Transport == config.HTTP {
			m.Notes = append(m.Notes, config.Note{Text: "in which order LM Studio tries the two transports is not known", Where: e.URL.Where})
		}
	},
	Expansion:  config.Expansion{Forms: config.Identifier | config.EnvColon, Doubt: config.Everywhere},
	OAuthWords: "clientId=auth.CLIENT_ID clientSecret=auth.CLIENT_SECRET",
	Places: []config.Place{
		{Scope: "user", Path: "~/.lmstudio/mcp.json"},
	},
}
