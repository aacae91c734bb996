package dialect

import "github.com/headfast/headfast/wasm/config"

// vsCode is .vscode/mcp.json and the user's mcp.json. Sources: microsoft/vscode, where a path is given, and
// code.visualstudio.com/docs, page agents/reference/mcp-configuration.
var vsCode = &config.Dialect{
	ID: "vs-code", Name: "VS Code",
	Format: config.JSONC,
	Tops:   []string{"servers", "mcp.servers"},
	Fields: map[string]config.Field{
		"type": config.TypeField, "url": config.URLField, "headers": config.HeadersField, "command": config.CommandField,
		"args": config.ArgsField, "env": config.EnvField, "oauth": config.OAuthField, "cwd": config.Known, "envFile": config.Known,
		"dev": config.Known, "gallery": config.Known, "version": config.Known, "sandboxEnabled": config.Known, "sandbox": config.Known,
	},
	// mcpResourceScannerService.ts, sanitizeServer: any other type is stdio where there is a command, else remote; and
	// extHostMcp.ts posts to every remote server first.
	Types:     map[string]string{"http": config.HTTP, "sse": config.HTTP, "stdio": config.Stdio},
	FallsBack: config.Always,
	// variableResolver.ts: "evaluates undefined envs to an empty string"; a bare ${X} is preserved.
	Expansion: config.Expansion{Forms: config.EnvColon | config.Input | config.Folders, In: config.Everywhere, Unset: config.MadeEmpty},
	Places: []config.Place{
		{Scope: "project", Path: ".vscode/mcp.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Code/User/mcp.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Code/User/mcp.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Code/User/mcp.json"},
		{Scope: "project", Path: ".vscode/settings.json", Top: "mcp.servers"},
	},
	Facts: []config.Fact{
		{Rule: "The top key is servers; mcpServers is not read.", Source: "src/vs/platform/mcp/common/mcpResourceScannerService.ts"},
		{Rule: "An entry without a type, or of another, is stdio where it has a command, else Streamable HTTP first and then HTTP+SSE.", Source: "src/vs/platform/mcp/common/mcpResourceScannerService.ts, src/vs/workbench/api/common/extHostMcp.ts"},
		{Rule: "${env:NAME} is expanded everywhere and is empty where it is not set; ${NAME} stays as it is.", Source: "src/vs/workbench/services/configurationResolver/common/variableResolver.ts"},
		{Rule: "Comments and trailing commas are allowed.", Source: "src/vs/workbench/contrib/mcp/common/mcpConfiguration.ts"},
	},
}
