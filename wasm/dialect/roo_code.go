package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// rooCode is .roo/mcp.json and the user's mcp_settings.json. Sources: RooCodeInc/Roo-Code, src/services/mcp/McpHub.ts
// where no other file is named.
var rooCode = &config.Dialect{
	ID: "roo-code", Name: "Roo Code",
	Tops:    []string{"mcpServers"},
	Fields:  config.Fields("type url headers command args env disabled | cwd timeout alwaysAllow watchPaths disabledTools"),
	Types:   map[string]string{"stdio": config.Stdio, "sse": config.SSE, "streamable-http": config.HTTP},
	Untyped: config.LegacySSE,
	Expansion: config.Expansion{
		Forms: config.EnvColon | config.Workspace, In: config.Everywhere, Unset: config.KeptLiteral,
		Others: map[config.Form]config.Unset{config.Folders: config.MadeEmpty}, Value: rooValue,
	},
	Check:   checkRoo,
	Finish:  finishRoo,
	Timeout: 1000,
	Places: []config.Place{
		{Scope: "project", Path: ".roo/mcp.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json"},
	},
}

// checkRoo is the schema's part that the table cannot say.
func checkRoo(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		switch m.Name {
		case "url":
			if e.Transport == config.Stdio {
				e.Refuse("a command and a url cannot be mixed", "Remove one of them.", m.Where())
			} else if !isURL(e.URL.Text) {
				e.Refuse("the url is not valid before it is expanded", "Write the scheme and the host out.", m.Value.Where())
			} else if len(e.URL.Variables()) > 0 {
				e.Say("whether a url with a variable is taken for valid depends on where that stands", m.Value.Where())
			}
		case "timeout":
			if s, ok := number(m.Value); !ok || s < 1 || s > 3600 {
				e.Refuse("the timeout is not from 1 to 3600 seconds", "Write seconds.", m.Value.Where())
			}
		}
	}
}

// finishRoo loses a project's file where one entry is not valid. Of the user's file each entry is then checked by itself,
// and a url without a type is no longer HTTP+SSE.
func finishRoo(f *config.File, _ tree.Node) {
	if !strings.HasSuffix(f.Path, "mcp_settings.json") {
		f.LoseAll()
		return
	}
	var untyped []*config.Entry
	bad := false
	for _, e := range f.Entries {
		if !e.Disabled && e.Refused() != "" {
			bad = true
		} else if e.Transport == config.SSE && !e.Typed() {
			untyped = append(untyped, e)
		}
	}
	for _, e := range untyped {
		if bad {
			e.Refuse("a url without a type is an error where another entry of the file is not valid", `Add "type": "streamable-http" (or "sse").`, e.URL.Where)
		}
	}
}

// rooValue is toPosixPath, and what putting a value into a JSON text as it is breaks.
func rooValue(value string) (text, refused string) {
	if strings.ContainsAny(value, "\"\n\r") {
		return value, "has a quotation mark or a line break, which breaks the entry"
	}
	if strings.HasPrefix(value, `\\?\`) {
		return value, ""
	}
	return strings.ReplaceAll(value, `\`, "/"), ""
}
