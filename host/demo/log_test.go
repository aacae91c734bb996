package demo

import (
	"regexp"
	"strings"
	"sync"
	"testing"
)

// sink is a writer that a test may read while a server writes.
type sink struct {
	mu sync.Mutex
	strings.Builder
}

func (s *sink) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Builder.Write(b)
}

func TestLog(t *testing.T) {
	out := &sink{}
	s := start(t, Options{Log: out, Key: "a-secret-of-more-than-twenty", Header: "X-Grafana-Key"})
	do(t, "GET", s.URL("/.well-known/oauth-protected-resource"), "", nil)
	do(t, "POST", s.URL("/mcp"), "{}", headers{"X-Grafana-Key", "a-secret-of-more-than-twenty", "Cookie", "sid=1"})
	do(t, "GET", s.ForeignURL("/x?y"), "", headers{"Authorization", "Bearer 123"})
	client.Do(request(t, "GET", s.URL("/die"), "", nil))
	s.Close()
	want := `^INFO: 127\.0\.0\.1:\d+ - "GET /\.well-known/oauth-protected-resource HTTP/1\.1" 404 Not Found
INFO: 127\.0\.0\.1:\d+ - "POST /mcp HTTP/1\.1" 422 Unprocessable Entity; X-Grafana-Key \(ends in "enty"\), Cookie \(5 characters\)
OTHER ORIGIN: 127\.0\.0\.1:\d+ - "GET /x\?y HTTP/1\.1" 404 Not Found; Authorization \(10 characters\)
(INFO: 127\.0\.0\.1:\d+ - "GET /die HTTP/1\.1" connection closed without an answer
)+$`
	if got := out.String(); !regexp.MustCompile(want).MatchString(got) {
		t.Error(got)
	}
}

func TestCORS(t *testing.T) {
	s := start(t, Options{CORS: true})
	page := headers{"Origin", "https://play.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "x-api-key,mcp-method"}
	resp, body := do(t, "OPTIONS", s.URL("/modern"), "", page)
	want(t, resp, body, 204)
	if resp.Header.Get("Access-Control-Allow-Headers") != "x-api-key,mcp-method" || resp.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Error(resp.Header)
	}
	resp, body = do(t, "POST", s.URL("/modern"), modernCall("server/discover", ""), modernHeaders("server/discover", "").with(page...))
	want(t, resp, body, 200)
	if resp.Header.Get("Access-Control-Expose-Headers") != "Mcp-Session-Id, WWW-Authenticate" {
		t.Error(resp.Header)
	}
}
