package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// printHeaders is the argument that makes the test binary a program that prints headers.
const printHeaders = "print-headers"

// helpWith prints a header with the key in a file, and for whom.
func helpWith(file string) {
	key, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("{\"X-API-Key\": %q, \"X-For\": %q}\n", key, os.Getenv("CLAUDE_CODE_MCP_SERVER_NAME"))
	os.Exit(0)
}

// keyServer is a server that takes one key, and asks for it in every request.
type keyServer struct {
	mu   sync.Mutex
	key  string
	seen []string
}

func (k *keyServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.seen = append(k.seen, r.Header.Get("X-API-Key")+" for "+r.Header.Get("X-For"))
	if r.Header.Get("X-API-Key") != k.key {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
	}
	_ = json.NewDecoder(r.Body).Decode(&m)
	result := `{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"_meta":{}}`
	if m.Method == "tools/list" {
		result = `{"resultType":"complete","tools":[],"ttlMs":0,"cacheScope":"public"}`
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s}`, m.ID, result)
}

// TestHeadersHelper runs a real program for the headers: before the first request, and again when the server refuses
// them in the middle of a session.
func TestHeadersHelper(t *testing.T) {
	server := &keyServer{key: "fake-first-key-000001"}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "key")
	write := func(key string) { must(0, os.WriteFile(file, []byte(key), 0o600)) }
	write(server.key)
	var traces strings.Builder
	c := client(t, Options{Trace: func(tr Trace) { fmt.Fprintf(&traces, "%+v\n", tr) }})
	helper := must(json.Marshal([]string{executablePath, printHeaders, file}))
	config := must(c.Load("t.json", []byte(`{"mcpServers":{"acme":{"type":"http","url":"`+s.URL+`","headersHelper":`+string(helper)+`}}}`)))
	session := must(config.Connect(context.Background(), "acme"))
	must(session.Tools(context.Background()))

	server.mu.Lock()
	server.key = "fake-second-key-00002"
	server.mu.Unlock()
	write("fake-second-key-00002")
	must(session.Tools(context.Background()))

	write("fake-third-key-000003")
	server.mu.Lock()
	server.key = "fake-fourth-key-00004"
	server.mu.Unlock()
	_, err := session.Tools(context.Background())
	var e *Error
	if !errors.As(err, &e) || e.Code != "HF101" {
		t.Errorf("a key that is refused twice gave %v", err)
	}
	if got := server.seen[0]; got != "fake-first-key-000001 for acme" {
		t.Errorf("the first request had %q", got)
	}
	if all := traces.String() + fmt.Sprint(err); strings.Contains(all, "fake-") {
		t.Errorf("a key is shown: %s", all)
	}
}

// TestHeadersHelperFails: a program that is not there is named, and nothing is sent.
func TestHeadersHelperFails(t *testing.T) {
	server := &keyServer{}
	s := httptest.NewServer(server)
	t.Cleanup(s.Close)
	c := client(t, Options{})
	config := must(c.Load("t.json", []byte(`{"mcpServers":{"acme":{"type":"http","url":"`+s.URL+`","headersHelper":"/no/such/program x"}}}`)))
	_, err := config.Connect(context.Background(), "acme")
	var e *Error
	if !errors.As(err, &e) || e.Code != "HF211" || !strings.Contains(e.Error(), "/no/such/program") || len(server.seen) > 0 {
		t.Errorf("%v, %d requests", err, len(server.seen))
	}
}
