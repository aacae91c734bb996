package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// codexCLI is config.toml. Sources: openai/codex, codex-rs/config/src/mcp_types.rs and
// codex-rs/rmcp-client/src/utils.rs.
var codexCLI = &config.Dialect{
	ID: "codex", Name: "Codex CLI",
	Format: config.TOML,
	Tops:   []string{"mcp_servers"},
	Fields: config.Fields("url http_headers=headers env_http_headers=header-variables bearer_token_env_var=bearer-variable " +
		"command args env enabled oauth env_vars=env-variables http_headers_helper=helper | scopes " +
		"oauth_resource cwd required startup_timeout_sec startup_timeout_ms tool_timeout_sec enabled_tools " +
		"disabled_tools default_tools_approval_mode tools supports_parallel_tool_calls " +
		"experimental_environment environment_id name bearer_token"),
	OAuthNames: map[string]string{"client_id": config.ClientID, "callback_url": config.RedirectURI, "callback_port": "callbackPort"},
	// codex-rs/rmcp-client/src/utils.rs, build_default_headers: what cannot be a header is left out with a warning.
	Lenient:      []config.Field{config.HeadersField},
	AllOrNothing: true,
	Check:        checkCodex,
	Meant:        meantCodex,
	Expansion:    config.Expansion{Unset: config.Fails},
	OAuthWords:   "clientId=oauth.client_id scopes=scopes[] resource=oauth_resource",
	Places: []config.Place{
		{Scope: "project", Path: ".codex/config.toml"},
		{Scope: "user", Path: "${CODEX_HOME}/config.toml"},
		{Scope: "user", Path: "~/.codex/config.toml"},
		{OS: "linux", Scope: "managed", Path: "/etc/codex/config.toml"},
		{OS: "darwin", Scope: "managed", Path: "/etc/codex/config.toml"},
		{OS: "windows", Scope: "managed", Path: "${ProgramData}/OpenAI/Codex/config.toml"},
	},
}

// checkCodex is throw_if_set: fields of the other transport are an error, and so is a token in the file.
func checkCodex(e *config.Entry, members []tree.Member) {
	not, transport := []string{"args", "env", "env_vars", "cwd"}, "streamable_http"
	if e.Transport == config.Stdio {
		not, transport = []string{"url", "bearer_token_env_var", "http_headers", "env_http_headers", "http_headers_helper", "oauth", "oauth_resource"}, "stdio"
	}
	for _, m := range members {
		for _, name := range append(not, "bearer_token") {
			if m.Name == name {
				e.Refuse(name+" is not supported for "+transport, "Remove it.", m.Where())
			}
		}
	}
}

// meantCodex is validate_mcp_server_name: ^[a-zA-Z0-9_-]+$. The other servers are used.
func meantCodex(e *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
	for _, c := range e.Name {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			m.Refused = "the name may have letters, digits, hyphens and underscores only"
		}
	}
}
