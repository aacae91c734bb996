package demo

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
)

// tool is one tool: how tools/list describes it and what a call does.
type tool struct {
	name   string
	schema string // the rest of its definition, as JSON members
	run    func(*Server, call) (*callResult, *refusal)
}

// tools in the order of tools/list.
func tools() []tool {
	return []tool{
		{"echo", `"description":"Gives the text back.","inputSchema":{"type":"object","properties":{"text":{"type":"string"},"region":{"type":"string","description":"Mirrored into Mcp-Param-Region.","x-mcp-header":"Region"}},"required":["text"]},"annotations":{"readOnlyHint":true}`, runEcho},
		{"add", `"description":"Adds two numbers.","inputSchema":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]},"outputSchema":{"type":"object","properties":{"sum":{"type":"number"}},"required":["sum"]}`, runAdd},
		{"progress", `"description":"Sends n progress notifications, ms milliseconds apart, then a result.","inputSchema":{"type":"object","properties":{"n":{"type":"integer","minimum":0},"ms":{"type":"integer","minimum":0}},"required":["n"]}`, runProgress},
		{"slow", `"description":"Waits ms milliseconds or until it is cancelled.","inputSchema":{"type":"object","properties":{"ms":{"type":"integer","minimum":0}},"required":["ms"]}`, runSlow},
		{"big", `"description":"Gives a text of so many bytes.","inputSchema":{"type":"object","properties":{"bytes":{"type":"integer","minimum":0,"maximum":67108864}},"required":["bytes"]}`, runBig},
		{"fail", `"description":"Fails as a tool does: isError.","inputSchema":{"type":"object"}`, runFail},
		{"boom", `"description":"Fails as a server does: a JSON-RPC error.","inputSchema":{"type":"object"}`, runBoom},
		{"ask", `"description":"Asks for a name (elicitation) and greets.","inputSchema":{"type":"object"}`, nil}, // see ask.go
		{"announce", `"description":"Says on every open stream that the list of tools changed.","inputSchema":{"type":"object"}`, runAnnounce},
	}
}

func (t tool) definition() json.RawMessage {
	return json.RawMessage(`{"name":` + strconv.Quote(t.name) + `,` + t.schema + `}`)
}

type listResult struct {
	*stamp
	*fresh
	Tools      []json.RawMessage `json:"tools"`
	NextCursor string            `json:"nextCursor,omitempty"`
}

// listTools gives one page of Behaviour.PageSize tools. A cursor that this
// server did not make is -32602 ("Pagination", "Error Handling").
func (s *Server) listTools(m message, e era) (any, *refusal) {
	all := tools()
	cursor, given := text(m.params, "cursor")
	from, ok := readCursor(cursor)
	if given && (!ok || from >= len(all)) {
		return nil, refuse(http.StatusOK, codeInvalidParams, "Invalid cursor")
	}
	to := min(from+s.opts.Behave.PageSize, len(all))
	page := listResult{stamp: e.stamp(), fresh: e.fresh(), Tools: []json.RawMessage{}}
	for _, t := range all[from:to] {
		page.Tools = append(page.Tools, t.definition())
	}
	if to < len(all) {
		page.NextCursor = makeCursor(to)
	}
	return page, nil
}

func makeCursor(from int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("from " + strconv.Itoa(from)))
}

func readCursor(cursor string) (int, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) < 6 {
		return 0, false
	}
	from, err := strconv.Atoi(string(raw[5:]))
	return from, err == nil && from > 0 && cursor == makeCursor(from)
}
