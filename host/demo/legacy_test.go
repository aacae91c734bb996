package demo

import (
	"testing"
)

// initialize opens a session and gives the headers for its requests.
func initialize(t *testing.T, s *Server, path string) headers {
	t.Helper()
	resp, body := do(t, "POST", s.URL(path), `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}`, key)
	want(t, resp, body, 200, `"protocolVersion":"2025-06-18"`, `"id":0`)
	h := key.with("Mcp-Session-Id", resp.Header.Get("Mcp-Session-Id"), "MCP-Protocol-Version", "2025-06-18")
	resp, body = do(t, "POST", s.URL(path), `{"jsonrpc":"2.0","method":"notifications/initialized"}`, h)
	want(t, resp, body, 202)
	return h
}

func TestLegacyForms(t *testing.T) {
	s := start(t, Options{Behave: Behaviour{PageSize: 100}})
	for path, kind := range map[string]string{"/legacy": "text/event-stream", "/legacy-json": "application/json"} {
		h := initialize(t, s, path)
		resp, body := do(t, "POST", s.URL(path), `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`, h)
		want(t, resp, body, 200, `"id":1,"result":{"tools":[{"name":"echo"`, `"announce"`)
		if got := resp.Header.Get("Content-Type"); got != kind {
			t.Error(got)
		}
		resp, body = do(t, "POST", s.URL(path), toolCall("progress", `{"n":2}`), h)
		want(t, resp, body, 200, `2 steps`)
		resp, body = do(t, "POST", s.URL(path), `{"jsonrpc":"2.0","id":1,"method":"server/discover"}`, h)
		want(t, resp, body, 200, `-32601`)
	}
}

func TestLegacySessions(t *testing.T) {
	s := start(t, Options{})
	h := initialize(t, s, "/legacy")
	discover := modernCall("server/discover", "")
	for _, c := range []struct {
		name, method, body string
		headers            headers
		status             int
		want               string
	}{
		{"modern request", "POST", discover, modernHeaders("server/discover", ""), 400, "Bad Request: Server not initialized"},
		{"no session", "GET", "", key, 400, "Bad Request: Server not initialized"},
		{"unknown session", "POST", discover, key.with("Mcp-Session-Id", "x"), 404, "Session not found"},
		{"unknown version", "POST", discover, h.with("MCP-Protocol-Version", "2026-07-28"), 400, "Bad Request: Unsupported protocol version"},
		{"no key", "POST", discover, h.with("X-API-Key", ""), 401, "Missing or invalid API key"},
		{"no event stream", "GET", "", h.with("Accept", "application/json"), 406, "Not Acceptable"},
		{"end", "DELETE", "", h, 200, ""},
		{"ended", "POST", discover, h, 404, "Session not found"},
		{"ended twice", "DELETE", "", h, 404, "Session not found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, body := do(t, c.method, s.URL("/legacy"), c.body, c.headers)
			want(t, resp, body, c.status, c.want)
		})
	}
	h = initialize(t, s, "/legacy")
	s.ForgetSessions()
	resp, body := do(t, "POST", s.URL("/legacy"), discover, h)
	want(t, resp, body, 404)
}

func TestLegacyStream(t *testing.T) {
	s := start(t, Options{})
	h := initialize(t, s, "/legacy")
	_, old := open(t, "GET", s.URL("/legacy"), "", h)
	_, r := open(t, "GET", s.URL("/legacy"), "", h)
	if _, err := old.ReadByte(); err == nil {
		t.Error("the older stream goes on")
	}
	s.ToolsChanged()
	if _, data := event(t, r); data != `{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}` {
		t.Error(data)
	}
	do(t, "DELETE", s.URL("/legacy"), "", h)
	if _, err := r.ReadByte(); err == nil {
		t.Error("the stream outlives its session")
	}
}

func TestLegacyCancel(t *testing.T) {
	s := start(t, Options{})
	h := initialize(t, s, "/legacy")
	_, r := open(t, "POST", s.URL("/legacy"), toolCall("slow", `{"ms":60000}`), h)
	do(t, "POST", s.URL("/legacy"), `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"q"}}`, h)
	if b, err := r.ReadByte(); err == nil {
		t.Errorf("an answer to a cancelled request: %q", b)
	}
	if s.Cancelled() != 1 {
		t.Error("not cancelled")
	}

	h = initialize(t, s, "/legacy-json")
	failed := make(chan error, 1)
	slow := request(t, "POST", s.URL("/legacy-json"), toolCall("slow", `{"ms":60000}`), h)
	go func() {
		_, err := client.Do(slow)
		failed <- err
	}()
	eventually(t, "cancelled without an answer", func() bool {
		do(t, "POST", s.URL("/legacy-json"), `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"q"}}`, h)
		return s.Cancelled() == 2
	})
	if err := <-failed; err == nil {
		t.Error("an answer in spite of the cancellation")
	}
}
