package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// opencode is opencode.json of releases 0.x and 1.x. Sources: anomalyco/opencode, packages/opencode/src, and opencode.ai/v1/docs.
var opencode = &config.Dialect{
	ID: "opencode", Name: "opencode",
	Format:       config.JSONC,
	Tops:         []string{"mcp"},
	Fields:       config.Fields("type url headers oauth command=command-line environment=env enabled | cwd timeout codemode"),
	Types:        map[string]string{"local": config.Stdio, "remote": config.HTTP},
	Untyped:      config.TypeNeeded,
	FallsBack:    config.Always,
	AllOrNothing: true,
	Check:        checkOpencode,
	Meant:        meantOpencode,
	Expansion: config.Expansion{
		Forms: config.EnvBraces | config.FileBraces, In: config.Everywhere, Unset: config.MadeEmpty,
		Others: map[config.Form]config.Unset{config.FileBraces: config.Fails},
	},
	OAuthWords: "clientId=oauth.clientId clientSecret=oauth.clientSecret scopes=oauth.scope callbackPort=oauth.callbackPort redirectUri=oauth.redirectUri",
	Places: []config.Place{
		{OS: "linux", Scope: "managed", Path: "/etc/opencode/opencode.json"},
		{OS: "linux", Scope: "managed", Path: "/etc/opencode/opencode.jsonc"},
		{OS: "darwin", Scope: "managed", Path: "/Library/Application Support/opencode/opencode.json"},
		{OS: "darwin", Scope: "managed", Path: "/Library/Application Support/opencode/opencode.jsonc"},
		{OS: "windows", Scope: "managed", Path: "${ProgramData}/opencode/opencode.json"},
		{OS: "windows", Scope: "managed", Path: "${ProgramData}/opencode/opencode.jsonc"},
		{Scope: "project", Path: ".opencode/opencode.json"},
		{Scope: "project", Path: ".opencode/opencode.jsonc"},
		{Scope: "project", Path: "opencode.json"},
		{Scope: "project", Path: "opencode.jsonc"},
		{Scope: "user", Path: "${OPENCODE_CONFIG}"},
		{Scope: "user", Path: "${XDG_CONFIG_HOME}/opencode/opencode.json"},
		{Scope: "user", Path: "${XDG_CONFIG_HOME}/opencode/opencode.jsonc"},
		{Scope: "user", Path: "~/.config/opencode/opencode.json"},
		{Scope: "user", Path: "~/.config/opencode/opencode.jsonc"},
	},
}

// checkOpencode: an entry of enabled alone changes another file's; and V2 has the servers one level deeper.
func checkOpencode(e *config.Entry, members []tree.Member) {
	if len(members) == 1 && members[0].Name == "enabled" {
		e.Alone = true
		if !e.Disabled {
			e.Elsewhere = "it only changes the entry of this name in another file"
		}
	}
	if e.Transport == "" && (e.Name == "servers" || e.Name == "timeout") {
		e.Say("this is the shape of opencode V2, which reads servers under mcp.servers", e.Where)
	}
}

// meantOpencode: a value goes into the file's text as it is.
func meantOpencode(e *config.Entry, m *config.Meaning, lookup func(string) (string, bool)) {
	for _, v := range e.Values() {
		for _, name := range v.Variables() {
			if value, _ := lookup(name); strings.ContainsAny(value, "\"\\\n") && !strings.HasPrefix(name, "file:") {
				m.Notes = append(m.Notes, config.Note{Text: "the value of " + name + " has a quotation mark, backslash or line end, with which some versions of opencode cannot read the file", Where: v.Where})
			}
		}
	}
}
