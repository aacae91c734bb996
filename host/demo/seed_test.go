package demo

import (
	"strings"
	"testing"
)

// The answers of the true seed (shared/seed/server.py), measured on FastAPI
// 0.92, pydantic 1.10.4, uvicorn 0.17.6.
var seedV1 = []struct{ name, key, body, status, want string }{
	{"a list", "test-key-12345", `{"jsonrpc":"2.0","method":"tools/list","id":"a"}`, "200", `{"jsonrpc":"2.0","id":"a","result":{"tools":[{"name":"test_tool","description":"A test tool","inputSchema":{"type":"object","properties":{}}}]}}`},
	{"another method", "test-key-12345", `{"jsonrpc":"3","method":"initialize","id":"é","params":{}}`, "200", `{"jsonrpc":"2.0","id":"é","error":{"code":-32601,"message":"Method not found"}}`},
	{"no JSON comes before the key", "x", `{"a":`, "422", `{"detail":[{"loc":["body",5],"msg":"Expecting value: line 1 column 6 (char 5)","type":"value_error.jsondecode","ctx":{"msg":"Expecting value","doc":"{\"a\":","pos":5,"lineno":1,"colno":6}}]}`},
	{"no JSON at all", "x", `xyz`, "422", `{"detail":[{"loc":["body",0],"msg":"Expecting value: line 1 column 1 (char 0)","type":"value_error.jsondecode","ctx":{"msg":"Expecting value","doc":"xyz","pos":0,"lineno":1,"colno":1}}]}`},
	{"the key comes before the fields", "x", `{}`, "401", `{"detail":"Missing or invalid API key"}`},
	{"a number as id", "test-key-12345", `{"jsonrpc":"2.0","method":"x","id":1.5}`, "200", `{"jsonrpc":"2.0","id":"1.5","error":{"code":-32601,"message":"Method not found"}}`},
	{"a truth as id", "test-key-12345", `{"jsonrpc":"2.0","method":"x","id":true}`, "200", `{"jsonrpc":"2.0","id":"True","error":{"code":-32601,"message":"Method not found"}}`},
	{"null as id", "test-key-12345", `{"jsonrpc":"2.0","method":"x","id":null}`, "422", `{"detail":[{"loc":["body","id"],"msg":"none is not an allowed value","type":"type_error.none.not_allowed"}]}`},
	{"an object as id", "test-key-12345", `{"jsonrpc":"2.0","method":"x","id":{}}`, "422", `{"detail":[{"loc":["body","id"],"msg":"str type expected","type":"type_error.str"}]}`},
	{"keys are exact", "test-key-12345", `{"JSONRPC":"2.0","method":"x","ID":"a"}`, "422", `{"detail":[{"loc":["body","jsonrpc"],"msg":"field required","type":"value_error.missing"},{"loc":["body","id"],"msg":"field required","type":"value_error.missing"}]}`},
	{"an array", "test-key-12345", `[{"jsonrpc":"2.0","method":"tools/list","id":"1"}]`, "422", `{"detail":[{"loc":["body"],"msg":"value is not a valid dict","type":"type_error.dict"}]}`},
	{"no body", "test-key-12345", ``, "422", `{"detail":[{"loc":["body"],"msg":"field required","type":"value_error.missing"}]}`},
}

func TestSeedAsMeasured(t *testing.T) {
	s := start(t, Options{})
	for _, c := range seedV1 {
		resp, body := do(t, "POST", s.URL("/mcp-v1"), c.body, headers{"X-API-Key", c.key})
		if !strings.HasPrefix(resp.Status, c.status) || body != c.want {
			t.Errorf("%s: %s %s", c.name, resp.Status, body)
		}
	}
}

func TestSeedWantsStrings(t *testing.T) {
	s := start(t, Options{})
	for body, want := range map[string]string{
		`{"jsonrpc":"2.0","method":"x","id":1}`: `{"detail":[{"type":"string_type","loc":["body","id"],"msg":"Input should be a valid string","input":1}]}`,
		`{"jsonrpc":"2.0","method": "x"}`:       `{"detail":[{"type":"missing","loc":["body","id"],"msg":"Field required","input":{"jsonrpc":"2.0","method":"x"}}]}`,
		`[]`:                                    `{"detail":[{"type":"model_attributes_type","loc":["body"],"msg":"Input should be a valid dictionary or object to extract fields from","input":[]}]}`,
		`xyz`:                                   `{"detail":[{"type":"json_invalid","loc":["body",0],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}]}`,
	} {
		if resp, got := do(t, "POST", s.URL("/mcp"), body, key); resp.StatusCode != 422 || got != want {
			t.Errorf("%s: %s %s", body, resp.Status, got)
		}
	}
	resp, got := do(t, "POST", s.URL("/mcp"), `{"jsonrpc":"2.0","method":"tools/list","id":"1"}`, key)
	want(t, resp, got, 200, `"id":"1"`, `"test_tool"`)
}

func TestSeedElsewhere(t *testing.T) {
	s := start(t, Options{})
	for _, c := range []struct {
		method, path string
		status       int
		want         string
	}{
		{"GET", "/mcp", 405, `{"detail":"Method Not Allowed"}`},
		{"DELETE", "/mcp", 405, `{"detail":"Method Not Allowed"}`},
		{"OPTIONS", "/mcp", 405, `{"detail":"Method Not Allowed"}`},
		{"POST", "/health", 405, `{"detail":"Method Not Allowed"}`},
		{"GET", "/health", 200, `{"status":"healthy","server":"Test MCP Server"}`},
		{"GET", "/.well-known/oauth-protected-resource", 404, `{"detail":"Not Found"}`},
		{"GET", "/sse/.well-known/openid-configuration", 404, `{"detail":"Not Found"}`},
		{"GET", "//twice", 404, `{"detail":"Not Found"}`},
		{"POST", "/register", 404, `{"detail":"Not Found"}`},
		{"POST", "/", 404, `{"detail":"Not Found"}`},
		{"POST", "/mcp/", 307, ``},
	} {
		resp, body := do(t, c.method, s.URL(c.path), "", nil)
		if resp.StatusCode != c.status || body != c.want {
			t.Errorf("%s %s: %s %s", c.method, c.path, resp.Status, body)
		}
	}
	if all := s.Requests(); len(all) != 11 || all[1].Method != "DELETE" || all[8].Status != 404 || all[8].Path != "/register" {
		t.Errorf("booked: %+v", all)
	}
}
