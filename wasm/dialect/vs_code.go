package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// vsCode is .vscode/mcp.json and the user's mcp.json. Sources: microsoft/vscode, where a path is given, and
// code.visualstudio.com/docs, page agents/reference/mcp-configuration.
var vsCode = &config.Dialect{
	ID: "vs-code", Name: "VS Code",
	Format: config.JSONC,
	Tops:   []string{"servers", "mcp.servers", "settings.mcp.servers"},
	Fields: config.Fields("type url headers command args env oauth config=nested | cwd envFile dev gallery version " +
		"sandboxEnabled sandbox name"),
	// mcpResourceScannerService.ts, sanitizeServer: any other type is stdio where there is a command, else remote; and
	// extHostMcp.ts posts to every remote server first.
	Types:     map[string]string{"http": config.HTTP, "stdio": config.Stdio},
	AnyType:   true,
	FallsBack: config.Always,
	KeepsAll:  true, // installedMcpServersDiscovery.ts: each file is a collection of its own
	// variableResolver.ts: "evaluates undefined envs to an empty string"; a bare ${X} is preserved.
	Expansion: config.Expansion{
		Forms: config.EnvColon | config.Input | config.Folders | config.Editor, In: config.Everywhere, Unset: config.MadeEmpty,
		Others: map[config.Form]config.Unset{config.Input: config.Asked, config.Folders: config.Fails, config.Editor: config.Fails},
	},
	// agents/reference/mcp-configuration: env is a string, a number or null.
	Scalars: true,
	Remarks: []config.Remark{
		{Field: "envFile", On: config.Local, AtValue: true, Text: "the variables of this file are set too, and env goes before them"},
	},
	Finish:     finishVSCode,
	Meant:      meantVSCode,
	OAuthWords: "clientId=oauth.clientId",
	Places: []config.Place{
		{Scope: "project", Path: ".vscode/mcp.json"},
		{OS: "linux", Scope: "user", Path: "~/.config/Code/User/mcp.json"},
		{OS: "darwin", Scope: "user", Path: "~/Library/Application Support/Code/User/mcp.json"},
		{OS: "windows", Scope: "user", Path: "${APPDATA}/Code/User/mcp.json"},
		{Scope: "project", Path: ".vscode/settings.json", Top: "mcp.servers"},
		{Scope: "project", Path: "*.code-workspace", Top: "settings.mcp.servers"},
	},
}

// finishVSCode has the entries ask for the inputs of the file: baseConfigurationResolverService.ts, showUserInput.
func finishVSCode(f *config.File, root tree.Node) {
	mcp := object(root, "mcp")
	settings := object(object(root, "settings"), "mcp")
	f.Define([]tree.Node{object(root, "inputs"), object(mcp, "inputs"), object(settings, "inputs")})
}

// meantVSCode is what extHostMcpNode.ts, startNodeMpc, does to a process's texts.
func meantVSCode(_ *config.Entry, m *config.Meaning, lookup func(string) (string, bool)) {
	home, _ := lookup("HOME")
	tilde := func(s *config.Sent) {
		if rest, is := strings.CutPrefix(s.Text, "~/"); is && home != "" {
			s.Text = home + "/" + rest
		}
	}
	tilde(&m.Command)
	for i := range m.Args {
		tilde(&m.Args[i])
	}
	for _, v := range m.Env {
		if v.Name == "PATH" {
			m.Notes = append(m.Notes, config.Note{Text: "PATH is appended to the one that there is", Where: v.Where})
		}
	}
}
