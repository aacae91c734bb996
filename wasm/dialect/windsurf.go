package dialect

import (
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// windsurf is mcp_config.json of the Cascade agent; Windsurf is closed source. Sources: docs.windsurf.com, page
// windsurf/cascade/mcp, and its successor docs.devin.ai, page desktop/cascade/mcp.
var windsurf = &config.Dialect{
	ID: "windsurf", Name: "Windsurf",
	Tops: []string{"mcpServers"},
	// serverUrl goes before url where both are there, so that one of them is used.
	Fields: config.Fields("serverUrl=http-url url headers command args env disabled | type disabledTools"),
	Expansion: config.Expansion{
		Forms: config.EnvColon | config.FileColon, In: config.InCommand | config.InArgs | config.InEnv | config.InURL | config.InHeaders,
		Unset: config.MadeEmpty, Others: map[config.Form]config.Unset{config.FileColon: config.KeptLiteral},
	},
	Remarks: []config.Remark{
		{Field: "type", Text: "type is not documented, and what it does is not known"},
		{Field: "disabled", Text: "disabled is not documented, and what it does is not known"},
	},
	Check: checkWindsurf,
	Meant: assumeLiteral,
	Places: []config.Place{
		{Scope: "user", Path: "~/.codeium/windsurf/mcp_config.json"},
		{Scope: "user", Path: "~/.codeium/mcp_config.json"},
	},
}

// checkWindsurf tells what is documented in part or not at all.
func checkWindsurf(e *config.Entry, members []tree.Member) {
	for _, m := range members {
		switch {
		case m.Name == "url" && has(members, "serverUrl"):
			e.Say("serverUrl and url are both there, and which one is used is not known", m.Where())
		case m.Name == "url" && e.Transport != config.Stdio:
			e.Say("the documentation allows url, but third parties report that it registers nothing; serverUrl is safe", m.Where())
		}
	}
	if e.Transport == config.HTTP {
		e.Say("how Windsurf chooses between Streamable HTTP and HTTP+SSE is not known", e.URL.Where)
	}
}
