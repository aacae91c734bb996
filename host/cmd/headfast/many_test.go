package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// entriesOf are servers as they stand in real files: a remote one with a key of a variable, one with a literal, a process.
func entriesOf(prefix, variable, types string) string {
	return fmt.Sprintf(`
    "%[1]s-api": {%[3]s "url": "https://%[1]s.example/mcp", "headers": {"Authorization": "Bearer %[2]s", "X-Tenant": "t1"}},
    "%[1]s-docs": {%[3]s "url": "https://docs.%[1]s.example/mcp", "headers": {"X-API-Key": "fake-key-0123456789-%[1]s"}},
    "%[1]s-files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/srv/%[1]s"], "env": {"LOG": "info"}}`, prefix, variable, types)
}

func jsonFile(top, prefix, variable, types string) string {
	return `{` + "\n" + `  "` + top + `": {` + entriesOf(prefix, variable, types) + "\n  }\n}\n"
}

const yamlFile = "name: %[1]s\nversion: 0.0.1\nschema: v1\nmcpServers:\n  - name: %[1]s-api\n    type: streamable-http\n    url: https://%[1]s.example/mcp\n" +
	"    requestOptions:\n      headers:\n        Authorization: Bearer ${{ secrets.TOKEN }}\n  - name: %[1]s-files\n    command: npx\n    args: [-y, server, /srv]\n"

const gooseFile = "GOOSE_PROVIDER: x\nextensions:\n  %[1]s:\n    type: streamable_http\n    name: %[1]s\n    uri: https://%[1]s.example/mcp\n    enabled: true\n    headers:\n      X-API-Key: fake-key-0123456789\n"

// manyFiles are so many files of all clients, as they lie on a machine: one or two of each client, the rest in the folders
// in which a client reads all files.
func manyFiles(n int) (project, home map[string]string) {
	project, home = map[string]string{}, map[string]string{}
	fixed := []struct {
		in         map[string]string
		path, text string
	}{
		{project, ".mcp.json", jsonFile("mcpServers", "claude", "${TOKEN}", `"type": "http",`)},
		{project, ".vscode/mcp.json", jsonFile("servers", "code", "${env:TOKEN}", `"type": "http",`)},
		{home, ".config/Code/User/mcp.json", jsonFile("servers", "code-user", "${env:TOKEN}", `"type": "http",`)},
		{project, ".cursor/mcp.json", jsonFile("mcpServers", "cursor", "${env:TOKEN}", "")},
		{home, ".cursor/mcp.json", jsonFile("mcpServers", "cursor-user", "${env:TOKEN}", "")},
		{home, ".claude.json", jsonFile("mcpServers", "claude-user", "${TOKEN}", `"type": "http",`)},
		{home, ".codeium/windsurf/mcp_config.json", jsonFile("mcpServers", "windsurf", "${env:TOKEN}", "")},
		{home, ".cline/data/settings/cline_mcp_settings.json", jsonFile("mcpServers", "cline", "${env:TOKEN}", `"type": "streamableHttp",`)},
		{project, ".roo/mcp.json", jsonFile("mcpServers", "roo", "${env:TOKEN}", `"type": "streamable-http",`)},
		{home, ".config/zed/settings.json", jsonFile("context_servers", "zed", "literal", "")},
		{home, ".gemini/settings.json", jsonFile("mcpServers", "gemini", "$TOKEN", `"type": "http",`)},
		{home, ".config/Claude/claude_desktop_config.json", jsonFile("mcpServers", "desktop", "x", "")},
		{home, ".codex/config.toml", "[mcp_servers.codex-api]\nurl = \"https://codex.example/mcp\"\nbearer_token_env_var = \"TOKEN\"\n"},
		{home, ".config/goose/config.yaml", fmt.Sprintf(gooseFile, "goose")},
		{home, ".continue/config.yaml", fmt.Sprintf(yamlFile, "continue")},
		{home, ".copilot/mcp-config.json", jsonFile("mcpServers", "copilot", "${TOKEN}", `"type": "http",`)},
		{home, ".lmstudio/mcp.json", jsonFile("mcpServers", "lmstudio", "literal", "")},
		{home, ".junie/mcp/mcp.json", jsonFile("mcpServers", "junie", "literal", "")},
		{home, ".config/opencode/opencode.json", jsonFile("mcp", "opencode", "{env:TOKEN}", `"type": "remote",`)},
		{home, ".mcp-inspector/mcp.json", jsonFile("mcpServers", "inspector", "literal", `"type": "http",`)},
	}
	for _, f := range fixed[:min(n, len(fixed))] {
		f.in[f.path] = f.text
	}
	for i := range n - len(fixed) {
		name := fmt.Sprintf("s%03d", i)
		switch i % 4 {
		case 0:
			home[".aws/amazonq/cli-agents/"+name+".json"] = jsonFile("mcpServers", name, "${env:TOKEN}", `"type": "http",`)
		case 1:
			home[".kiro/agents/"+name+".json"] = jsonFile("mcpServers", name, "${TOKEN}", "")
		case 2:
			home[".continue/mcpServers/"+name+".yaml"] = fmt.Sprintf(yamlFile, name)
		default:
			project[".continue/mcpServers/"+name+".yaml"] = fmt.Sprintf(yamlFile, name)
		}
	}
	return project, home
}

// TestManyFiles: 200 files of all clients take what they take in proportion to 20, and not more; the times are printed.
func TestManyFiles(t *testing.T) {
	few, many := measureFiles(t, 20), measureFiles(t, 200)
	for command, took := range many {
		t.Logf("%-24s %4d ms with 20 files, %4d ms with 200", command, few[command].Milliseconds(), took.Milliseconds())
		if took > 15*few[command]+time.Second {
			t.Errorf("%s takes %s with 200 files, and %s with 20", command, took, few[command])
		}
	}
}

// measureFiles is how long the commands take over so many files: the middle of five runs, after the first.
func measureFiles(t *testing.T, n int) map[string]time.Duration {
	project, home := manyFiles(n)
	p := homed(t, project, home, "TOKEN="+goodKey)
	took := map[string]time.Duration{}
	for _, command := range []string{"servers", "servers --json", "explain claude-api", "explain s176-api --from amazon-q", "explain opencode-docs", "doctor", "doctor --json"} {
		if n < 200 {
			command = strings.Replace(command, "s176-api --from amazon-q", "claude-api --from claude", 1)
		}
		code := 0
		if strings.HasPrefix(command, "doctor") {
			code = 1 // some of these clients have no variables where the files have them
		}
		var all []time.Duration
		for range 5 {
			began := time.Now()
			p.run(strings.Fields(command)...).want(code, "-")
			all = append(all, time.Since(began))
		}
		slices.Sort(all)
		took[strings.Replace(command, "s176-api --from amazon-q", "claude-api --from claude", 1)] = all[len(all)/2]
	}
	return took
}
