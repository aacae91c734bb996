package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// cursor is mcp.json; Cursor is closed source. Sources: cursor.com/docs/mcp, and issues where it is silent.
var cursor = &config.Dialect{
	ID: "cursor", Name: "Cursor",
	Tops:       []string{"mcpServers"},
	Fields:     config.Fields("type url headers command args env auth=oauth | envFile"),
	OAuthNames: map[string]string{"CLIENT_ID": config.ClientID, "CLIENT_SECRET": config.ClientSecret},
	Types:      map[string]string{"stdio": config.Stdio},
	AnyType:    true,
	// What becomes of a variable that is not set is in no public source.
	Expansion: config.Expansion{Forms: config.EnvColon | config.Folders, In: config.Everywhere},
	Remarks: []config.Remark{
		{Field: "env", On: config.Remote, Text: "env has no effect beside a url"},
		{Field: "envFile", On: config.Remote, Text: "envFile is not supported beside a url"},
		{Field: "type", On: config.Remote, AtValue: true, Text: "whether Cursor heeds this type is not known"},
	},
	Meant:      assumeLiteral,
	OAuthWords: "clientId=auth.CLIENT_ID clientSecret=auth.CLIENT_SECRET scopes=auth.scopes[]",
	Places: []config.Place{
		{Scope: "project", Path: ".cursor/mcp.json"},
		{Scope: "user", Path: "~/.cursor/mcp.json"},
	},
}

// assumeLiteral tells where a form of variable that the client's documentation does not name is taken to stay as it is.
func assumeLiteral(_ *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
	for _, list := range [][]config.Sent{{m.URL, m.Command}, m.Headers, m.Args, m.Env} {
		for _, s := range list {
			for _, v := range s.Literal {
				if strings.HasPrefix(v, "${") && !strings.HasPrefix(v, "${env:") && !strings.HasPrefix(v, "${file:") {
					m.Notes = append(m.Notes, config.Note{Text: "that " + v + " stays as it is, is an assumption: the form is not documented", Where: s.Where})
				}
			}
		}
	}
}
