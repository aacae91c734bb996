package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// kiro is closed source: the sources are kiro.dev/docs/mcp/configuration and issues of kirodotdev/Kiro.
var kiro = &config.Dialect{
	ID: "kiro", Name: "Kiro",
	Format: config.JSONPerhaps,
	Tops:   []string{"mcpServers"},
	Fields: config.Fields("url headers command args env disabled oauth oauthScopes=oauth-member type=doubtful timeout=doubtful | " +
		"autoApprove disabledTools"),
	OAuthNames: map[string]string{"oauthScopes": "scopes"},
	FallsBack:  config.NotKnown,
	Check:      checkKiro,
	Expansion: config.Expansion{
		Forms: config.Identifier | config.EnvColon, In: config.InEnv | config.InHeaders,
		Doubt: config.InCommand | config.InArgs | config.InURL | config.InOAuth,
	},
	OAuthWords: "clientId=oauth.clientId clientSecret=oauth.clientSecret clientMetadataUrl=oauth.clientMetadataUrl redirectUri=oauth.redirectUri scopes=oauthScopes[]",
	Places: []config.Place{
		{Scope: "project", Path: ".kiro/agents/*.json"},
		{Scope: "project", Path: ".kiro/settings/mcp.json"},
		{Scope: "user", Path: "~/.kiro/agents/*.json"},
		{Scope: "user", Path: "~/.kiro/settings/mcp.json"},
	},
}

// checkKiro: http is for localhost, and which program expands which form.
func checkKiro(e *config.Entry, _ []tree.Member) {
	if host := plainHost(e.URL.Text); host == "[::1]" || strings.HasPrefix(host, "127.") {
		e.Say("whether "+host+" is localhost for Kiro is not known", e.URL.Where)
	} else if host != "" && host != "localhost" && !strings.Contains(host, "$") {
		e.Refuse("the URL is http, which Kiro takes for localhost only", "Write https.", e.URL.Where)
	}
	if secret, there := e.OAuth.Text(config.ClientSecret); there {
		e.Say("Kiro's IDE does not use clientSecret", secret.Where)
	}
	for _, v := range e.Values() {
		switch {
		case len(v.Variables()) == 0:
		case strings.Contains(v.Text, "${env:"):
			e.Say("${env:NAME} is a form of the code that Kiro CLI comes from; whether the IDE knows it is not known", v.Where)
		default:
			e.Say("the IDE expands approved variables only, and Kiro CLI 1.24 expanded no ${NAME} in headers", v.Where)
		}
	}
}

// plainHost is the host of an http URL, without its port; empty of any other URL.
func plainHost(url string) string {
	rest, plain := strings.CutPrefix(url, "http://")
	if !plain {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	if port := strings.LastIndexByte(rest, ':'); port >= 0 && !strings.HasSuffix(rest, "]") {
		rest = rest[:port]
	}
	return rest
}
