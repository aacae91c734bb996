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

// A form, field by field, and what keeps an answer from being sent.
func ExampleElicitation_Fields() {
	form := host.Elicitation{Mode: "form", Message: "Where to?", Schema: json.RawMessage(`{
		"type": "object",
		"properties": {
			"city": {"type": "string", "title": "City", "minLength": 2},
			"class": {"type": "string", "oneOf": [{"const": "2", "title": "second"}, {"const": "1", "title": "first"}], "default": "2"},
			"age": {"type": "integer", "minimum": 0}
		},
		"required": ["city", "class"]
	}`)}
	fields, err := form.Fields()
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range fields {
		fmt.Printf("%s: %s, required %v, options %v, default %s.\n", f.Name, f.Type, f.Required, f.Options, f.Default)
	}
	fmt.Println(form.Defaults())
	fmt.Println(form.Validate(map[string]any{"city": "B", "age": -1}))
	// Output:
	// city: string, required true, options [], default .
	// class: string, required true, options [{2 second} {1 first}], default "2".
	// age: integer, required false, options [], default .
	// map[class:2]
	// city wants a text of at least 2 characters
	// age wants a whole number of at least 0
}

// A server that asks back before it answers a call. A real program shows the question to a person.
func ExampleOnElicitation() {
	server := httptest.NewServer(http.HandlerFunc(asksBack))
	defer server.Close()
	ctx := context.Background()
	client, err := host.Open(ctx, host.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close(ctx)
	config, err := client.Load(".mcp.json", []byte(`{"mcpServers": {"acme": {"type": "http", "url": "`+server.URL+`/mcp"}}}`))
	if err != nil {
		log.Fatal(err)
	}

	session, err := config.Connect(ctx, "acme", host.OnElicitation(func(ctx context.Context, e host.Elicitation) (host.ElicitationAnswer, error) {
		fmt.Printf("%s asks: %s\n", e.Server, e.Message)
		if e.Mode == "url" {
			return e.Decline(), nil
		}
		return e.Accept(map[string]string{"name": "Ann"}), nil
	}))
	if err != nil {
		log.Fatal(err)
	}
	result, err := session.Call(ctx, "greet", nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\n", result.Content[0])
	// Output:
	// acme asks: Who are you?
	// {"type":"text","text":"Hello, Ann"}
}

// asksBack is a server of 2026-07-28 with one tool.
func asksBack(w http.ResponseWriter, r *http.Request) {
	var request struct {
		ID, Method string
		Params     struct {
			InputResponses struct {
				Who struct{ Content struct{ Name string } }
			}
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	name := request.Params.InputResponses.Who.Content.Name
	result := `{"resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}}, "ttlMs": 0, "cacheScope": "private"}`
	switch {
	case request.Method == "tools/call" && name != "":
		result = fmt.Sprintf(`{"resultType": "complete", "content": [{"type":"text","text":%q}]}`, "Hello, "+name)
	case request.Method == "tools/call":
		result = `{"resultType": "input_required", "requestState": "s", "inputRequests": {"who": {"method": "elicitation/create", "params": {
			"mode": "form", "message": "Who are you?", "requestedSchema": {"type": "object", "properties": {"name": {"type": "string"}}}}}}}`
	case request.Method == "tools/list":
		result = `{"resultType": "complete", "tools": [{"name": "greet", "inputSchema": {"type": "object"}}], "ttlMs": 0, "cacheScope": "private"}`
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"jsonrpc": "2.0", "id": %q, "result": %s}`, request.ID, result)
}
