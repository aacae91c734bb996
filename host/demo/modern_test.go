package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const meta = `"_meta":{"progressToken":"tok","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}`

func modernCall(method, params string) string {
	if params != "" {
		params += ","
	}
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":"q","method":%q,"params":{%s%s}}`, method, params, meta)
}

func toolCall(name, args string) string {
	return modernCall("tools/call", fmt.Sprintf(`"name":%q,"arguments":%s`, name, args))
}

func modernHeaders(method, name string) headers {
	h := headers{"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method, "X-API-Key", "test-key-12345"}
	if name != "" {
		h = h.with("Mcp-Name", name)
	}
	return h
}

func TestDiscover(t *testing.T) {
	s := start(t, Options{})
	resp, body := do(t, "POST", s.URL("/modern"), modernCall("server/discover", ""), modernHeaders("server/discover", ""))
	want(t, resp, body, 200, `"id":"q"`, `"resultType":"complete"`, `"supportedVersions":["2026-07-28"]`, `"ttlMs":`, `serverInfo":{"name"`, `"tools":{"listChanged":true}`)
	resp, body = do(t, "POST", s.URL("/modern"), modernCall("server/discover", ""), headers{"X-API-Key", "wrong"})
	want(t, resp, body, 401, `{"detail":"Missing or invalid API key"}`)
	resp, body = do(t, "GET", s.URL("/open"), "", nil)
	want(t, resp, body, 405)
	resp, body = do(t, "POST", s.URL("/open"), `{"jsonrpc":"2.0","method":"notifications/x"}`, nil)
	want(t, resp, body, 202)
}

func TestPages(t *testing.T) {
	s := start(t, Options{})
	var names []string
	for cursor := ""; ; {
		params := ""
		if cursor != "" {
			params = fmt.Sprintf(`"cursor":%q`, cursor)
		}
		_, body := do(t, "POST", s.URL("/open"), modernCall("tools/list", params), modernHeaders("tools/list", ""))
		var page struct {
			Result struct {
				Tools      []struct{ Name string }
				NextCursor string
			}
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		for _, tool := range page.Result.Tools {
			names = append(names, tool.Name)
		}
		if cursor = page.Result.NextCursor; cursor == "" {
			break
		}
		names = append(names, "|")
	}
	if got := strings.Join(names, " "); got != "echo add progress | slow big fail | boom ask announce" {
		t.Error(got)
	}
	resp, body := do(t, "POST", s.URL("/open"), modernCall("tools/list", `"cursor":"x"`), modernHeaders("tools/list", ""))
	want(t, resp, body, 200, `-32602`)
}

func TestMetadataIsChecked(t *testing.T) {
	s := start(t, Options{})
	echo := toolCall("echo", `{"text":"t"}`)
	region := toolCall("echo", `{"text":"t","region":"é"}`)
	old := strings.ReplaceAll(modernCall("server/discover", ""), "2026-07-28", "1900-01-01")
	list := headers{"Mcp-Method", "tools/list"}
	for _, c := range []struct {
		name, body string
		change     headers
		status     int
		pieces     []string
	}{
		{"right", echo, nil, 200, []string{`"text":"t"`}},
		{"encoded name", echo, headers{"Mcp-Name", "=?base64?ZWNobw==?="}, 200, []string{`"text":"t"`}},
		{"wrong name", echo, headers{"Mcp-Name", "add"}, 400, []string{`-32020`, `'add' does not match body value 'echo'`}},
		{"wrong method", echo, list, 400, []string{`-32020`, `"id":"q"`}},
		{"other version", echo, headers{"MCP-Protocol-Version", "2025-11-25"}, 400, []string{`-32020`}},
		{"old version", old, headers{"MCP-Protocol-Version", "1900-01-01"}, 400, []string{`-32022`, `"supported":["2026-07-28"]`, `"requested":"1900-01-01"`}},
		{"no header", echo, headers{"MCP-Protocol-Version", ""}, 400, []string{`-32020`}},
		{"legacy client", `{"jsonrpc":"2.0","id":1,"method":"initialize"}`, headers{"MCP-Protocol-Version", ""}, 400, []string{`-32020`, `speaks only 2026-07-28`}},
		{"no meta", `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, list, 400, []string{`-32602`}},
		{"region", region, headers{"Mcp-Param-Region", "=?base64?w6k=?="}, 200, nil},
		{"no region header", region, nil, 400, []string{`-32020`}},
		{"no region", echo, headers{"Mcp-Param-Region", "x"}, 400, []string{`-32020`}},
		{"unknown method", modernCall("tools/lost", ""), headers{"Mcp-Method", "tools/lost"}, 404, []string{`-32601`}},
		{"unknown tool", toolCall("nope", `{}`), headers{"Mcp-Name", "nope"}, 200, []string{`-32602`}},
		{"no JSON", `{`, nil, 400, []string{`-32700`}},
		{"batch", `[]`, nil, 400, []string{`-32600`}},
		{"half an Accept", echo, headers{"Accept", "application/json"}, 406, nil},
		{"other type", echo, headers{"Content-Type", "text/plain"}, 415, nil},
		{"elsewhere", echo, headers{"Origin", "https://evil.example"}, 403, nil},
		{"from loopback", echo, headers{"Origin", "http://localhost:3000"}, 200, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, body := do(t, "POST", s.URL("/open"), c.body, modernHeaders("tools/call", "echo").with(c.change...))
			want(t, resp, body, c.status, c.pieces...)
		})
	}
}

func TestTools(t *testing.T) {
	s := start(t, Options{})
	for _, c := range []struct{ name, args, want string }{
		{"add", `{"a":1.5,"b":2}`, `"structuredContent":{"sum":3.5}`},
		{"add", `{"a":"1"}`, `"isError":true`},
		{"big", `{"bytes":3000}`, strings.Repeat("x", 3000)},
		{"fail", `{}`, `"isError":true`},
		{"boom", `{}`, `"error":{"code":-32603`},
		{"slow", `{"ms":1}`, `waited 1 ms`},
	} {
		resp, body := do(t, "POST", s.URL("/open"), toolCall(c.name, c.args), modernHeaders("tools/call", c.name))
		want(t, resp, body, 200, c.want, `"id":"q"`)
	}
	resp, r := open(t, "POST", s.URL("/open"), toolCall("progress", `{"n":3,"ms":1}`), modernHeaders("tools/call", "progress"))
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Error(kind)
	}
	for i := 1; i <= 3; i++ {
		_, data := event(t, r)
		want(t, resp, data, 200, `notifications/progress`, fmt.Sprintf(`{"progressToken":"tok","progress":%d,"total":3}`, i))
	}
	_, data := event(t, r)
	want(t, resp, data, 200, `"id":"q"`, `3 steps`)
}

func TestClosingTheStreamCancels(t *testing.T) {
	s := start(t, Options{})
	resp, _ := open(t, "POST", s.URL("/open"), toolCall("slow", `{"ms":60000}`), modernHeaders("tools/call", "slow"))
	resp.Body.Close()
	eventually(t, "cancelled", func() bool { return s.Cancelled() == 1 })

	ctx, cancel := context.WithCancel(t.Context())
	r, _ := http.NewRequestWithContext(ctx, "POST", s.URL("/hang"), strings.NewReader("{}"))
	go client.Do(r)
	eventually(t, "arrived", func() bool { return len(s.Requests()) == 2 })
	cancel()
}

func TestSubscription(t *testing.T) {
	s := start(t, Options{})
	_, r := open(t, "POST", s.URL("/open"), modernCall("subscriptions/listen", `"notifications":{"toolsListChanged":true,"promptsListChanged":true}`), modernHeaders("subscriptions/listen", ""))
	_, first := event(t, r)
	if first != `{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"q"},"notifications":{"toolsListChanged":true}}}` {
		t.Error(first)
	}
	do(t, "POST", s.URL("/open"), toolCall("announce", `{}`), modernHeaders("tools/call", "announce"))
	_, next := event(t, r)
	if next != `{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"q"}}}` {
		t.Error(next)
	}
}
