package host_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"github.com/headfast/headfast/host"
)

// How to test that the headers in a configuration file arrive. The server here is the smallest that answers
// at all: it knows tools/list, remembers the key of every request, and listens on a port of its own.
func Example() {
	var keys []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		keys = append(keys, r.Method+" "+r.Header.Get("X-API-Key"))
		var request struct{ ID, Method string }
		if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if request.Method != "tools/list" {
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%q,"error":{"code":-32601,"message":"Method not found"}}`, request.ID)
			return
		}
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%q,"result":{"tools":[{"name":"echo","inputSchema":{"type":"object"}}]}}`, request.ID)
	}))
	defer server.Close()

	// Env stands for the environment, so that a test depends on no real one.
	ctx := context.Background()
	client, err := host.Open(ctx, host.Options{Env: func(name string) (string, bool) { return "test-key-12345", name == "ACME_KEY" }})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close(ctx)

	// LoadFile reads a file; Load takes what a test writes. $ACME_KEY is asked for when it is needed.
	config, err := client.Load(".mcp.json", []byte(`{"mcpServers": {"acme": {
		"type": "http", "url": "`+server.URL+`/mcp", "headers": {"X-API-Key": "${ACME_KEY}"}
	}}}`))
	if err != nil {
		log.Fatal(err)
	}
	session, err := config.Connect(ctx, "acme")
	if err != nil {
		log.Fatal(err)
	}
	tools, err := session.Tools(ctx)
	if err != nil {
		log.Fatal(err)
	}

	fmt.Println("tool:", tools[0].Name)
	for _, key := range keys {
		fmt.Println(key)
	}
	// Output:
	// tool: echo
	// POST test-key-12345
	// POST test-key-12345
	// POST test-key-12345
}
