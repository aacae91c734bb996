package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// amazonQ is mcp.json and the agents' files. Sources: aws/amazon-q-developer-cli, crates/chat-cli/src.
var amazonQ = &config.Dialect{
	ID: "amazon-q", Name: "Amazon Q CLI",
	Tops:         []string{"mcpServers"},
	Fields:       config.Fields("type url headers command args env disabled oauth oauthScopes=oauth-member | timeout"),
	OAuthNames:   map[string]string{"oauthScopes": "scopes"},
	Types:        map[string]string{"stdio": config.Stdio, "http": config.HTTP},
	Untyped:      config.Process,
	FallsBack:    config.Always,
	AllOrNothing: true,
	Check:        checkAmazonQ,
	Meant:        meantAmazonQ,
	// client.rs: the regular expression's replacement is ${NAME}, without env:.
	Expansion: config.Expansion{
		Forms: config.EnvColon, In: config.InHeaders | config.InEnv | config.InCommand, Unset: config.KeptLiteral,
		Command: config.Identifier | config.Default | config.Tilde,
		Kept:    func(written string) string { return strings.Replace(written, "${env:", "${", 1) },
	},
	OAuthWords: "scopes=oauthScopes[] redirectUri=oauth.redirectUri",
	Places: []config.Place{
		{Scope: "project", Path: ".amazonq/cli-agents/*.json"},
		{Scope: "user", Path: "~/.aws/amazonq/cli-agents/*.json"},
		{Scope: "project", Path: ".amazonq/mcp.json"},
		{Scope: "user", Path: "~/.aws/amazonq/mcp.json"},
	},
}

// checkAmazonQ: a timeout is a whole number, and a server that lacks something costs no other one.
func checkAmazonQ(e *config.Entry, members []tree.Member) {
	if m := member(members, "timeout"); m != nil && (m.Value.Kind != tree.Number || strings.Trim(m.Value.Literal(), "0123456789") != "") {
		e.Refuse("timeout is not a whole number of milliseconds", "Write 120000, say.", m.Value.Where())
	}
	e.Alone = e.Incomplete()
}

// meantAmazonQ: the environment goes before env.
func meantAmazonQ(_ *config.Entry, m *config.Meaning, lookup func(string) (string, bool)) {
	for i, v := range m.Env {
		if value, set := lookup(v.Name); set && value != v.Text {
			m.Env[i].Text, m.Env[i].Literal = value, nil
			m.Notes = append(m.Notes, config.Note{Text: v.Name + " of the environment goes before the one here", Where: v.Where})
		}
	}
}
