package demo

import (
	"strings"
	"testing"
)

func TestSSE(t *testing.T) {
	s := start(t, Options{})
	resp, body := do(t, "GET", s.URL("/sse"), "", nil)
	want(t, resp, body, 401)
	resp, body = do(t, "POST", s.URL("/sse"), "{}", key)
	want(t, resp, body, 405)

	stream, r := open(t, "GET", s.URL("/sse"), "", key)
	name, endpoint := event(t, r)
	if name != "endpoint" || !strings.HasPrefix(endpoint, "/messages?session_id=") {
		t.Fatal(name, endpoint)
	}
	for _, c := range []struct{ body, want string }{
		{`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}`, `"protocolVersion":"2024-11-05"`},
		{`{"jsonrpc":"2.0","id":2,"method":"tools/list"}`, `"name":"echo"`},
		{toolCall("echo", `{"text":"hello"}`), `"text":"hello"`},
	} {
		resp, body := do(t, "POST", s.URL(endpoint), c.body, key)
		want(t, resp, body, 202)
		_, data := event(t, r)
		want(t, stream, data, 200, c.want)
	}
	s.ToolsChanged()
	_, data := event(t, r)
	want(t, stream, data, 200, "notifications/tools/list_changed")

	for path, status := range map[string]int{"/messages": 400, "/messages?session_id=x": 404, endpoint: 401} {
		h := key
		if status == 401 {
			h = nil
		}
		resp, body := do(t, "POST", s.URL(path), `{"jsonrpc":"2.0","method":"x"}`, h)
		want(t, resp, body, status)
	}
	resp, body = do(t, "POST", s.URL(endpoint), `{`, key)
	want(t, resp, body, 400)
	stream.Body.Close()
	eventually(t, "the session ends with its stream", func() bool {
		resp, _ := do(t, "POST", s.URL(endpoint), `{"jsonrpc":"2.0","method":"x"}`, key)
		return resp.StatusCode == 404
	})
}

func TestForeignEndpoint(t *testing.T) {
	s := start(t, Options{})
	_, r := open(t, "GET", s.URL("/sse-foreign"), "", key)
	_, endpoint := event(t, r)
	if !strings.HasPrefix(endpoint, s.ForeignURL("/messages?session_id=")) || strings.HasPrefix(endpoint, s.URL("")) {
		t.Fatal(endpoint)
	}
	resp, body := do(t, "POST", endpoint, "{}", key)
	want(t, resp, body, 202)
	if all := s.Foreign(); len(all) != 1 || all[0].Header.Get("X-Api-Key") != "test-key-12345" || string(all[0].Body) != "{}" {
		t.Errorf("%+v", all)
	}
	if len(s.Requests()) != 1 {
		t.Error("the first origin saw it too")
	}
}

func TestOAuth(t *testing.T) {
	s := start(t, Options{})
	discover := modernCall("server/discover", "")
	resp, body := do(t, "POST", s.URL("/oauth"), discover, nil)
	want(t, resp, body, 401, "invalid_token")
	if got := resp.Header.Get("WWW-Authenticate"); got != `Bearer resource_metadata="`+s.URL("/.well-known/oauth-protected-resource/oauth")+`"` {
		t.Error(got)
	}
	resp, body = do(t, "POST", s.URL("/oauth"), discover, modernHeaders("server/discover", ""))
	want(t, resp, body, 200)
	resp, body = do(t, "POST", s.URL("/oauth"), discover, modernHeaders("server/discover", "").with("X-API-Key", "", "Authorization", "Bearer test-key-12345"))
	want(t, resp, body, 200)
	resp, body = do(t, "GET", s.URL(resourceMetadata), "", nil)
	want(t, resp, body, 200, `"resource":"`+s.URL("/oauth")+`"`, `"authorization_servers":["`+s.ForeignURL("")+`"]`)
	resp, body = do(t, "GET", s.ForeignURL("/.well-known/oauth-authorization-server"), "", nil)
	want(t, resp, body, 200, `"issuer":"`+s.ForeignURL("")+`"`, `"token_endpoint"`)
	resp, body = do(t, "POST", s.ForeignURL("/register"), "{}", nil)
	want(t, resp, body, 400, "access_denied")
	if len(s.Foreign()) != 2 || len(s.Requests()) != 4 {
		t.Error("not all booked")
	}
}
