package dialect

import "testing"

// TestGuess: a file is of the client that looks for it there, else of the one whose top key it has.
func TestGuess(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{".mcp.json", `{"servers":{}}`, "claude-code"},
		{"/home/ann/shop/.vscode/mcp.json", `{"mcpServers":{}}`, "vs-code"},
		{`C:\Users\ann\AppData\Roaming\Code\User\mcp.json`, `{}`, "vs-code"},
		{"~/.codex/config.toml", "", "codex"},
		{"any.json", `{ /* c */ "servers": {}, }`, "vs-code"},
		{"any.toml", "[mcp_servers.a]\nurl = 'x'", "codex"},
		{"any.json", `{"mcpServers":{}}`, "claude-code"},
		{"any.json", "broken", "claude-code"},
		{"mcp.json", `{"else":1}`, "claude-code"},
	} {
		if got := Guess(c.path, []byte(c.text)); got.ID != c.want {
			t.Errorf("%s %s: %s, want %s", c.path, c.text, got.ID, c.want)
		}
	}
}
