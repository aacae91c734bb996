package host

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/demo"
	"github.com/headfast/headfast/host/store"
)

// inputKey is what a person answers in these tests: nothing but a request may have it.
const inputKey = "canary-input-0123456789-5e1d"

// inputFile is VS Code's, with one server at this URL whose key is asked for.
func inputFile(t *testing.T, c *Client, url string) *Config {
	t.Helper()
	path := filepath.Join(t.TempDir(), ".vscode", "mcp.json")
	text := `{"inputs": [{"type": "promptString", "id": "key", "description": "The key", "password": true}],
"servers": {"it": {"type": "http", "url": "` + url + `", "headers": {"X-API-Key": "${input:key}"}}}}`
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	return must(c.LoadFile(path))
}

// TestInputs: an answer is asked for once, kept beside the sign-ins and apart from them, listed without what it is, and
// asked for again once it is forgotten.
func TestInputs(t *testing.T) {
	server, err := demo.Start(demo.Options{Key: inputKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	kept, asked := store.Memory(), 0
	c := client(t, Options{Accounts: kept, Prompt: func(_ context.Context, q Question) (string, bool) {
		asked++
		if q.Input != "key" || !q.Secret || q.Description != "The key" || !strings.HasPrefix(q.Origin, "http://127.0.0.1:") {
			t.Errorf("asked for %+v", q)
		}
		return inputKey, true
	}})
	config := inputFile(t, c, server.URL("/modern"))
	for range 2 {
		if err := must(config.Connect(t.Context(), "it")).Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if accounts := must(c.Accounts(t.Context())); len(accounts) != 0 {
		t.Errorf("the answers are listed as sign-ins: %+v", accounts)
	}
	list := must(c.Inputs(t.Context()))
	if len(list) != 1 || list[0].Input != "key" || list[0].Origin == "" || !filepath.IsAbs(filepath.FromSlash(list[0].File)) || list[0].When == 0 || list[0].Problem != "" {
		t.Fatalf("%+v", list)
	}
	x := must(config.Explain(t.Context(), "it"))
	if h := x.Auth.Header[0]; h.Fingerprint != "5e1d" || !h.Sent || len(x.Problems) > 0 {
		t.Errorf("%+v", x)
	}
	if left := must(c.ForgetInputs(t.Context(), list[0].Key)); len(left) != 0 {
		t.Errorf("%+v are left", left)
	}
	if keys := must(kept.Keys(t.Context())); len(keys) != 0 {
		t.Errorf("%q are left in the store", keys)
	}
	if err := must(config.Connect(t.Context(), "it")).Close(t.Context()); err != nil || asked != 2 {
		t.Errorf("asked %d times, %v", asked, err)
	}
}

// TestInputsNobody: without a person, and where the person gives none, what wanted it ends, and says which input.
func TestInputsNobody(t *testing.T) {
	for name, prompt := range map[string]func(context.Context, Question) (string, bool){
		"nobody": nil, "not given": func(context.Context, Question) (string, bool) { return inputKey, false },
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, Options{Prompt: prompt})
			_, err := inputFile(t, c, "http://127.0.0.1:9/mcp").Connect(t.Context(), "it")
			if !errors.Is(err, VariableUnset) || !strings.Contains(err.Error(), "The input key was not given") || strings.Contains(err.Error(), inputKey) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestInputsWithdrawn: the context of a question ends with who asked it.
func TestInputsWithdrawn(t *testing.T) {
	shown, gone := make(chan bool, 1), make(chan bool, 1)
	c := client(t, Options{Prompt: func(ctx context.Context, _ Question) (string, bool) {
		shown <- true
		<-ctx.Done()
		gone <- true
		return inputKey, true
	}})
	config := inputFile(t, c, "http://127.0.0.1:9/mcp")
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() { _, err := config.Connect(ctx, "it"); got <- err }()
	within(t, "the question", shown)
	cancel()
	if err := within(t, "the connect", got); !errors.Is(err, Cancelled) {
		t.Errorf("got %v", err)
	}
	within(t, "the end of the question", gone)
}

// TestInputsClose: closing ends a question that nobody answers.
func TestInputsClose(t *testing.T) {
	shown := make(chan bool, 1)
	c := client(t, Options{Prompt: func(ctx context.Context, _ Question) (string, bool) {
		shown <- true
		<-ctx.Done()
		return "", false
	}})
	config := inputFile(t, c, "http://127.0.0.1:9/mcp")
	got := make(chan error, 1)
	go func() { _, err := config.Connect(context.Background(), "it"); got <- err }()
	within(t, "the question", shown)
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := within(t, "the connect", got); err == nil {
		t.Error("connected")
	}
}
