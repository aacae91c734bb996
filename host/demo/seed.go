package demo

import (
	"encoding/json"
	"mime"
	"net/http"
	"strings"
)

const seedTools = `{"tools":[{"name":"test_tool","description":"A test tool","inputSchema":{"type":"object","properties":{}}}]}`

// seed is the server of the report, in the order that FastAPI takes (measured
// on FastAPI 0.92): a body that is no JSON is 422 before the key is looked at,
// then the key (401), then the fields (422), then the answer.
func (s *Server) seed(v validator) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", "uvicorn")
		if !allow(w, r, http.MethodPost) {
			return
		}
		body, bad := v.read(r)
		if bad == nil && !s.hasKey(r) {
			detail(w, http.StatusUnauthorized, refusedKey)
			return
		}
		var m seedRequest
		if bad == nil {
			m, bad = v.fields(body)
		}
		if bad != nil {
			detail(w, http.StatusUnprocessableEntity, bad)
			return
		}
		writeJSON(w, http.StatusOK, m.answer())
	}
}

// seedRequest is the seed's MCPRequest: three strings.
type seedRequest struct{ jsonrpc, method, id string }

func (m seedRequest) answer() []byte {
	id := encode(m.id)
	if m.method == "tools/list" {
		return success(id, json.RawMessage(seedTools))
	}
	return failure(id, refuse(http.StatusOK, codeUnknownMethod, "Method not found"))
}

func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Server", "uvicorn")
	if allow(w, r, http.MethodGet) {
		writeJSON(w, http.StatusOK, []byte(`{"status":"healthy","server":"Test MCP Server"}`))
	}
}

// unknown answers every other path: Starlette sends a known path with a slash
// too many to the right one with 307, and the rest is 404.
func (s *Server) unknown(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Server", "uvicorn")
	switch path := strings.TrimSuffix(r.URL.Path, "/"); {
	case r.URL.Path == path+"/" && (path == "/mcp" || path == "/health"):
		w.Header().Set("Location", "http://"+r.Host+path)
		w.WriteHeader(http.StatusTemporaryRedirect)
	default:
		detail(w, http.StatusNotFound, "Not Found")
	}
}

// allow answers 405 with an Allow header to any other method.
func allow(w http.ResponseWriter, r *http.Request, methods ...string) bool {
	for _, method := range methods {
		if r.Method == method {
			return true
		}
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	detail(w, http.StatusMethodNotAllowed, "Method Not Allowed")
	return false
}

// detail is the shape of every FastAPI error: {"detail": text or list}.
func detail(w http.ResponseWriter, status int, what any) {
	writeJSON(w, status, encode(struct {
		Detail any `json:"detail"`
	}{what}))
}

// read gives the body as JSON. Like FastAPI it takes no Content-Type for JSON,
// and with another one the body for a string.
func (v validator) read(r *http.Request) (json.RawMessage, []issue) {
	body := bodyOf(r)
	if len(body) == 0 {
		return json.RawMessage("null"), nil
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "" && kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return encode(string(body)), nil
	}
	var doc json.RawMessage
	if err := json.Unmarshal(body, &doc); err != nil {
		return nil, v.syntax(string(body), err)
	}
	return encode(doc), nil // compact
}
