package host

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"
)

// serveMCP is a server of 2025-11-25 over its standard streams, for the tests of the whole: driver and core. Its
// tools do what their names say.
func serveMCP() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<26)
	next := func() gjson.Result {
		if !lines.Scan() {
			os.Exit(0)
		}
		return gjson.ParseBytes(lines.Bytes())
	}
	reply := func(to gjson.Result, result string) {
		fmt.Printf("{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}\n", to.Get("id").Raw, result)
	}
	for {
		m := next()
		switch m.Get("method").Str {
		case "initialize":
			reply(m, `{"protocolVersion":"2025-11-25","capabilities":{"tools":{},"resources":{}},"serverInfo":{"name":"test","version":"1"},"declared":`+m.Get("params.capabilities").Raw+`}`)
		case "tools/list":
			reply(m, `{"tools":[{"name":"exit","inputSchema":{"type":"object"}}]}`)
		case "resources/read":
			reply(m, `{"contents":[{"uri":"a:b","text":"`+strings.Repeat("x", 1<<20)+`"}]}`)
		case "tools/call":
			reply(m, `{"content":[{"type":"text","text":`+string(must(json.Marshal(serveTool(m.Get("params.name").Str, next))))+`}]}`)
		default:
			if m.Get("id").Exists() {
				fmt.Printf("{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}\n", m.Get("id").Raw)
			}
		}
	}
}

func serveTool(name string, next func() gjson.Result) string {
	ask := func(method, params string) string {
		fmt.Printf("{\"jsonrpc\":\"2.0\",\"id\":\"ask\",\"method\":%q,\"params\":%s}\n", method, params)
		for {
			if m := next(); m.Get("id").Str == "ask" {
				return m.Get("result").Raw + m.Get("error").Raw
			}
		}
	}
	switch name {
	case "elicit":
		return ask("elicitation/create", `{"message":"Who?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"},"n":{"type":"integer","default":7}},"required":["name"]}}`)
	case "sample":
		return ask("sampling/createMessage", `{"messages":[],"maxTokens":1}`)
	case "roots":
		return ask("roots/list", `{}`)
	case "log":
		fmt.Fprintln(os.Stderr, "a line for people")
	case "exit":
		fmt.Fprintln(os.Stderr, "cannot go on")
		os.Exit(3)
	case "hang":
		time.Sleep(time.Hour)
	}
	return "done"
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// stdio connects to a behaviour of main_test.go.
func stdio(t *testing.T, how string, options ...ConnectOption) (*Client, *Session) {
	t.Helper()
	c := client(t, Options{})
	text, err := json.Marshal(map[string]any{"mcpServers": map[string]any{"it": map[string]any{"command": executablePath, "env": map[string]string{behaviour: how, "GORACE": "atexit_sleep_ms=0"}}}})
	if err != nil {
		t.Fatal(err)
	}
	config, err := c.Load(".mcp.json", text)
	if err != nil {
		t.Fatal(err)
	}
	s, err := config.Connect(t.Context(), "it", options...)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

// TestStdio: a session with a process, with all that a server may ask for.
func TestStdio(t *testing.T) {
	logged := make(chan string, 9)
	c, s := stdio(t, "mcp",
		OnElicitation(func(_ context.Context, e Elicitation) (ElicitationAnswer, error) {
			if e.Server != "it" || e.Message != "Who?" {
				t.Errorf("asked %+v", e)
			}
			return e.Accept(map[string]string{"name": "Ann"}), nil
		}),
		OnSampling(func(context.Context, json.RawMessage) (json.RawMessage, error) {
			return nil, &AnswerError{-1, "User rejected"}
		}),
		WithRoots(func(context.Context) ([]Root, error) { return []Root{{URI: "file:///a"}}, nil }),
		OnLog(func(line string) { logged <- line }),
	)
	if st := s.State(); st.Transport != "stdio" || st.Revision != "2025-11-25" {
		t.Errorf("the state is %+v", st)
	}
	if declared := gjson.GetBytes(s.Greeting(), "declared"); !declared.Get("elicitation.form").Exists() || !declared.Get("sampling").Exists() || !declared.Get("roots").Exists() {
		t.Errorf("declared %s", declared.Raw)
	}
	for tool, want := range map[string]string{
		"elicit": `{"action":"accept","content":{"name":"Ann","n":7}}`, "roots": `{"roots":[{"uri":"file:///a"}]}`,
		"sample": `{"code":-1,"message":"User rejected"}`, "log": "done",
	} {
		r, err := s.Call(t.Context(), tool, nil)
		if err != nil || said(r) != want {
			t.Errorf("%s: %s, %v", tool, said(r), err)
		}
	}
	if line := within(t, "the log", logged); line != "a line for people" {
		t.Errorf("logged %q", line)
	}
	r, err := s.ReadResource(t.Context(), "a:b")
	if err != nil || len(r.Raw) < 1<<20 {
		t.Errorf("a megabyte: %d bytes, %v", len(r.Raw), err)
	}
	began := time.Now()
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 1900*time.Millisecond {
		t.Errorf("a process that ends with its input takes %v to close", took)
	}
	noneLeft(t)
}

// TestStdioExit: a process that ends under a call says how, in its own last words.
func TestStdioExit(t *testing.T) {
	_, s := stdio(t, "mcp")
	_, err := s.Call(t.Context(), "exit", nil)
	var e *Error
	if !errors.As(err, &e) || e.Outcome != "unknown" || !strings.Contains(err.Error(), "exit status 3") || !strings.Contains(err.Error(), "cannot go on") {
		t.Errorf("got %v", err)
	}
}

// TestStdioCannotStart: why, with the command as the configuration has it.
func TestStdioCannotStart(t *testing.T) {
	config, err := client(t, Options{}).Load(".mcp.json", []byte(`{"mcpServers":{"it":{"command":"headfast-no-such-command"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = config.Connect(t.Context(), "it")
	var e *Error
	if !errors.As(err, &e) || e.Outcome != "not_sent" || !strings.Contains(err.Error(), "no such command") {
		t.Errorf("got %v", err)
	}
}

// TestStdioHurry: a process that hangs is killed when Close's context ends, and its calls end.
func TestStdioHurry(t *testing.T) {
	c, s := stdio(t, "mcp")
	got := make(chan error, 1)
	go func() {
		_, err := s.Call(t.Context(), "hang", nil)
		got <- err
	}()
	time.Sleep(50 * time.Millisecond)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := c.Close(ctx); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("Close takes %v", took)
	}
	if err := within(t, "the call", got); err == nil {
		t.Error("the call has an answer")
	}
	noneLeft(t)
}

// TestStdioState: each state in order, and the end of the process among them.
func TestStdioState(t *testing.T) {
	states := make(chan string, 99)
	_, s := stdio(t, "mcp", OnState(func(st State) { states <- st.Phase }))
	_, _ = s.Call(t.Context(), "exit", nil)
	if _, err := s.Tools(t.Context()); err != nil {
		t.Errorf("after the process was begun anew: %v", err)
	}
	var seen []string
	for len(states) > 0 {
		seen = append(seen, <-states)
	}
	if !slices.Contains(seen, "connecting") || !slices.Contains(seen, "ready") || !slices.Contains(seen, "reconnecting") {
		t.Errorf("the states are %q", seen)
	}
}

// TestStdioLastWords: what a process says before it fails to start reaches OnLog, though Connect has failed.
func TestStdioLastWords(t *testing.T) {
	config, err := client(t, Options{}).Load(".mcp.json", must(json.Marshal(map[string]any{"mcpServers": map[string]any{"it": map[string]any{
		"command": executablePath, "args": []string{"160"}, "env": map[string]string{behaviour: "flood"}}}})))
	if err != nil {
		t.Fatal(err)
	}
	lines, failed := make(chan string, 99), make(chan struct{})
	if _, err = config.Connect(t.Context(), "it", OnLog(func(line string) { <-failed; lines <- line })); err == nil {
		t.Fatal("a server that only talks is connected")
	}
	close(failed)
	for range 10 {
		if line := within(t, "a line", lines); line != "0123456789abcde" && line != "done" {
			t.Errorf("logged %q", line)
		}
	}
}
