package session

import (
	"bytes"
	"strconv"
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

// TestManyAnnotatedTools: what is remembered of all tools together is bounded, and a tool that does not fit is left
// out, since it could not be called with its headers; one that is listed again takes no more room.
func TestManyAnnotatedTools(t *testing.T) {
	s, c := modern(), &call{method: "tools/list"}
	long := strings.Repeat("k", 4000)
	annotated := func(i int) string {
		return `{"name":"t` + strconv.Itoa(i) + `","inputSchema":{"properties":{"` + long + `":{"type":"string","x-mcp-header":"A"}}}}`
	}
	for range 2 {
		c.leftOut, c.problems = leftOut{}, nil
		listed(s, c, 1000, annotated)
		if n := len(s.mirrored.tools); n < 200 || n+c.leftOut.count != 1000 {
			t.Fatalf("%d are remembered, %d are left out", n, c.leftOut.count)
		}
		if want := "Its inputSchema has x-mcp-headers beyond the 1 MiB that is remembered of all tools"; !strings.HasPrefix(c.problems[0].Body, want) {
			t.Fatal(c.problems[0].Body)
		}
	}
	listed(s, c, 1000, func(i int) string { return `{"name":"t` + strconv.Itoa(i) + `","inputSchema":{}}` })
	if s.mirrored.size != 0 || len(s.mirrored.tools) != 0 {
		t.Errorf("%d bytes, %d tools are remembered of tools without annotations", s.mirrored.size, len(s.mirrored.tools))
	}
}

// TestUsableTools: a list of which nothing is left out is the server's own memory, not a copy; one of which something
// is keeps the others as they came.
func TestUsableTools(t *testing.T) {
	const good, bad = `{"inputSchema" : {"properties":{"a":` + `{"type":"string","x-mcp-header":"A"}}}}`, `{"inputSchema":{"x-mcp-header":""}}`
	for in, want := range map[string]string{
		good: good, bad: "", good + "," + bad: good, bad + " , " + good: good, `"[", ` + bad + ` ,1`: `"[",1`, bad + "," + bad: "",
	} {
		page := []byte(`{"tools":[` + in + `]}`)
		kept, refused := modern().validTools(page)
		if string(kept) != `{"tools":[`+want+`]}` {
			t.Errorf("%s: %s", in, kept)
		}
		if refused.count == 0 && &kept[0] != &page[0] {
			t.Errorf("%s is copied", in)
		}
	}
}

// BenchmarkTools is a list of tiny tools, as a server may send a million of them.
func BenchmarkTools(b *testing.B) {
	for _, tool := range []string{`{}`, `{"name":"a","inputSchema":{"type":"object"}}`, `{"name":"\u0061"}`} {
		page := []byte(`{"tools":[` + strings.Repeat(tool+",", 1e5) + tool + `]}`)
		b.Run(tool, func(b *testing.B) {
			for b.Loop() {
				s := modern()
				s.validTools(page)
			}
		})
	}
}
