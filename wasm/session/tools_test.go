package session

import (
	"bytes"
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsonrpc"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/revision"
)

// modern is a session of 2026-07-28 over HTTP, as far as lists of tools are concerned.
func modern() *Session {
	wire, _ := revision.Of(revision.V20260728)
	return &Session{wire: wire, plan: &resolve.Plan{Server: "acme"}}
}

// listed hands the session one page of tools, each of which is made by tool.
func listed(s *Session, c *call, n int, tool func(i int) string) (result []byte) {
	var b bytes.Buffer
	b.WriteString(`{"tools":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(tool(i))
	}
	b.WriteString(`]}`)
	a := &answer{message: &jsonrpc.Message{Kind: jsonrpc.Response, Result: b.Bytes()}}
	s.learnTools(c, a)
	return a.message.Result
}

// TestManyInvalidTools: a list with more invalid tools than an array of the boundary holds is told in 101 problems,
// the last of which counts the rest, over all the pages.
func TestManyInvalidTools(t *testing.T) {
	s, c := modern(), &call{method: "tools/list"}
	invalid := func(int) string { return `{"inputSchema":{"x-mcp-header":""}}` }
	for page := range 2 {
		if got := listed(s, c, 70000, invalid); string(got) != `{"tools":[]}` {
			t.Fatalf("page %d: %.100s", page, got)
		}
	}
	if len(c.problems) != 101 {
		t.Fatalf("%d problems", len(c.problems))
	}
	if last := c.problems[100]; last.Title != "139900 more tools like these are left out" || last.Severity != "warning" || last.Server != "acme" {
		t.Errorf("%+v", last)
	}
	out := msg.Effect{Done: &msg.Done{Problems: c.problems}}
	encoded, err := out.MarshalMsg(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := new(msg.Effect).UnmarshalMsg(encoded); err != nil {
		t.Error(err)
	}
	if strings.Contains(c.problems[99].Title, "more") {
		t.Error(c.problems[99].Title)
	}
}
