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
	Fields: map[string]config.Field{
		"name": config.NameField, "uses": config.NameField, "type": config.TypeField, "url": config.URLField, "apiKey": config.APIKeyField,
		"requestOptions": config.RequestOptions, "command": config.CommandField, "args": config.ArgsField, "env": config.EnvField,
		"cwd": config.Known, "connectionTimeout": config.Known, "faviconUrl": config.Known, "serverName": config.Known,
		"with": config.Known, "override": config.Known,
	},
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
	Places: []config.Place{
		{Scope: "user", Path: "${CONTINUE_GLOBAL_DIR}/config.yaml"},
		{Scope: "user", Path: "~/.continue/config.yaml"},
		{Scope: "project", Path: ".continue/mcpServers/*.yaml"},
		{Scope: "project", Path: ".continue/mcpServers/*.yml"},
		{Scope: "user", Path: "~/.continue/mcpServers/*.yaml"},
		{Scope: "user", Path: "~/.continue/mcpServers/*.yml"},
	},
	Facts: []config.Fact{
		{Rule: "The servers are a list, each with a name; of two with one name the first wins.", Source: "packages/config-yaml/src/load/unroll.ts"},
		{Rule: "headers stand under requestOptions; beside url they are not read.", Source: "packages/config-yaml/src/schemas/mcp/index.ts"},
		{Rule: "${{ secrets.NAME }} is expanded everywhere; one that is not found goes out literally.", Source: "packages/config-yaml/src/load/clientRender.ts"},
		{Rule: "A type other than stdio, sse and streamable-http makes the whole file invalid.", Source: "packages/config-yaml/src/load/unroll.ts"},
		{Rule: "Without a type HTTP+SSE is tried after Streamable HTTP.", Source: "core/context/mcp/MCPConnection.ts"},
		{Rule: "JSON files under mcpServers are read by rules of their own: stdio, sse and http, headers beside url, nothing expanded.", Source: "core/context/mcp/json/loadJsonMcpConfigs.ts, packages/config-yaml/src/schemas/mcp/convertJson.ts"},
		{Rule: "The headers of requestOptions at the top of the file go to every remote server.", Source: "packages/config-yaml/src/load/merge.ts"},
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
