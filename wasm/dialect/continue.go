package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// continueDev is config.yaml and the blocks under mcpServers. Sources: continuedev/continue.
var continueDev = &config.Dialect{
	ID: "continue", Name: "Continue",
	Format: config.YAML,
	Tops:   []string{"mcpServers"},
	Listed: true,
	Fields: config.Fields("name uses=name type url apiKey=api-key requestOptions=request-options command args env | cwd " +
		"connectionTimeout faviconUrl serverName with override"),
	Types:        map[string]string{"stdio": config.Stdio, "sse": config.SSE, "streamable-http": config.HTTP},
	FallsBack:    config.WithoutType,
	FirstWins:    true,
	Shared:       "requestOptions",
	AllOrNothing: true,
	Check:        checkContinue,
	// unroll.ts and clientRender.ts: a secret that is not found is written back with its place, which is "/" for a file.
	Expansion: config.Expansion{Forms: config.Secrets, In: config.Everywhere, Unset: config.KeptLiteral, Kept: func(written string) string {
		return strings.Replace(written, "secrets.", "secrets.//", 1)
	}},
	Preamble: "name: Local\nversion: 0.0.1\nschema: v1\n",
	Places: []config.Place{
		{Scope: "user", Path: "${CONTINUE_GLOBAL_DIR}/config.yaml"},
		{Scope: "user", Path: "~/.continue/config.yaml"},
		{Scope: "project", Path: ".continue/mcpServers/*.yaml"},
		{Scope: "project", Path: ".continue/mcpServers/*.yml"},
		{Scope: "user", Path: "~/.continue/mcpServers/*.yaml"},
		{Scope: "user", Path: "~/.continue/mcpServers/*.yml"},
	},
}

// checkContinue: blocks that stand elsewhere, servers without a name, and inputs, which only a block's own file has.
func checkContinue(e *config.Entry, members []tree.Member) {
	if member(members, "uses") != nil {
		e.Elsewhere, e.Alone = "it is a block of Continue's hub, which is not in this file", true
	}
	if e.Name == "" {
		e.Refuse("a server has no name, which Continue needs", "Add name.", e.Where)
	}
	block := strings.Contains("/"+strings.ReplaceAll(e.Where.File, "\\", "/"), "/.continue/mcpServers/")
	e.Bind(func(name string) config.Variable {
		input, is := strings.CutPrefix(name, "inputs.")
		if is && block {
			return config.Variable{Name: input}
		}
		return config.Variable{Name: name, Foreign: is}
	})
}
