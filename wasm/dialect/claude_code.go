package dialect

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// claudeCode is closed source: the sources are its documentation (code.claude.com/docs), its CHANGELOG.md and issues.
var claudeCode = withPlaces(*config.ClaudeCode)

// withPlaces adds to the table of package config where the files are, and what the table cannot say.
func withPlaces(d config.Dialect) *config.Dialect {
	// ~/.claude.json has the user's servers, and those of "local" scope by the folder of their project.
	d.Tops = []string{"mcpServers", "projects.*.mcpServers"}
	// dev.to/rulestack, measured with 2.1.278: headers are expanded twice, so that ${A:-${B}} works there alone.
	d.Expansion.Again = &config.Expansion{Forms: d.Expansion.Forms, In: config.InHeaders, Unset: config.KeptLiteral}
	d.Remarks = []config.Remark{
		{Field: "headersHelper", AtValue: true, Text: "the headers that headersHelper prints win over these, once the folder is trusted"},
	}
	d.Check, d.Finish, d.Meant = checkClaude, finishClaude, meantClaude
	d.OAuthWords = "clientId=oauth.clientId callbackPort=oauth.callbackPort authServerMetadataUrl=oauth.authServerMetadataUrl scopes=oauth.scopes"
	d.Timeout = 1
	d.Places = []config.Place{
		{OS: "linux", Scope: "managed", Path: "/etc/claude-code/managed-mcp.json"},
		{OS: "darwin", Scope: "managed", Path: "/Library/Application Support/ClaudeCode/managed-mcp.json"},
		{OS: "windows", Scope: "managed", Path: "C:/Program Files/ClaudeCode/managed-mcp.json"},
		{Scope: "project", Path: ".mcp.json"},
		{Scope: "user", Path: "${CLAUDE_CONFIG_DIR}/.claude.json"},
		{Scope: "user", Path: "~/.claude.json"},
	}
	return &d
}

// checkClaude tells what is kept or ignored in silence.
func checkClaude(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		if ms, ok := number(m.Value); ok && ms < 1000 && m.Name == "timeout" {
			e.Say("a timeout under 1000 (milliseconds) is ignored", m.Value.Where())
		}
	}
	values := append([]config.Value{e.Command, e.URL}, e.Args...)
	for _, h := range append(append([]config.Header(nil), e.Headers...), e.Env...) {
		values = append(values, h.Value)
	}
	for _, v := range values {
		if strings.TrimSpace(v.Text) != v.Text {
			e.Say("white space around the value is sent as it is", v.Where)
		}
	}
}

// finishClaude reads which servers are switched off for a project.
func finishClaude(f *config.File, root tree.Node) {
	projects, _ := root.Last("projects")
	if projects == nil {
		return
	}
	for _, p := range projects.Value.Members() {
		off, _ := p.Value.Last("disabledMcpServers")
		if off == nil {
			continue
		}
		for _, item := range off.Value.Items() {
			name, _ := item.Text()
			switchOff(f, p.Name, name, item)
		}
	}
}

// switchOff switches off the project's own entry, and tells it of the one for all projects.
func switchOff(f *config.File, project, name string, item tree.Node) {
	for _, e := range f.Entries {
		switch {
		case e.Name == name && e.Project == project:
			e.Disabled = true
		case e.Name == name && e.Project == "":
			e.Say("it is switched off in "+project, item.Where())
		}
	}
}

// reserved are names that Claude Code keeps for itself: code.claude.com/docs mcp, Configuration warnings.
var reserved = []string{"workspace", "claude-in-chrome", "computer-use", "Claude Preview", "Claude Browser"}

// meantClaude leaves out an entry without a URL (CHANGELOG.md 2.1.208) and one of a reserved name.
func meantClaude(e *config.Entry, m *config.Meaning, _ func(string) (string, bool)) {
	if e.Transport != config.Stdio && m.URL.Text == "" {
		m.Refused = "the URL is empty, which counts as not configured"
	}
	for _, name := range reserved {
		if e.Name == name {
			m.Refused = "the name is reserved"
		}
	}
}
