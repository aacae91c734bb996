package host

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/demo"
)

// eventually waits for what has no event of its own.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(bound); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not after %v: %s", bound, what)
		}
	}
}

// arrived counts the requests for a JSON-RPC method.
func arrived(s *demo.Server, method string) (n int) {
	for _, r := range s.Requests() {
		if bytes.Contains(r.Body, []byte(`"method":"`+method+`"`)) {
			n++
		}
	}
	return n
}

func said(r *CallResult) string {
	var content struct{ Text string }
	if r == nil || len(r.Content) != 1 || json.Unmarshal(r.Content[0], &content) != nil {
		return ""
	}
	return content.Text
}

// echo calls and checks the answer.
func echo(t testing.TB, s *Session, text string) {
	r, err := s.Call(t.Context(), "echo", map[string]string{"text": text})
	if err != nil || said(r) != text {
		t.Errorf("echo %q: %q, %v", text, said(r), err)
	}
}

// TestConcurrentCalls: 64 goroutines over four sessions of one client, one of each way to speak HTTP.
func TestConcurrentCalls(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	config := load(t, c, map[string]string{"modern": server.URL("/modern"), "legacy": server.URL("/legacy"),
		"json": server.URL("/legacy-json"), "sse": server.URL("/sse")})
	var sessions []*Session
	for _, name := range []string{"modern", "legacy", "json", "sse"} {
		s, err := config.Connect(t.Context(), name)
		if err != nil {
			t.Fatal(name, err)
		}
		sessions = append(sessions, s)
	}
	var all sync.WaitGroup
	for i := range 64 {
		all.Go(func() {
			for j := range 5 {
				echo(t, sessions[i%4], fmt.Sprintf("goroutine %d, call %d", i, j))
			}
		})
	}
	all.Wait()
}

// TestInterleavedClients: two clients on one server get their own answers, and never use the same id.
func TestInterleavedClients(t *testing.T) {
	server := demoServer(t)
	var all sync.WaitGroup
	for i := range 2 {
		s := connect(t, client(t, Options{}), server.URL("/modern"))
		for j := range 8 {
			all.Go(func() {
				for k := range 10 {
					echo(t, s, fmt.Sprintf("client %d, goroutine %d, call %d", i, j, k))
				}
			})
		}
	}
	all.Wait()
	ids := map[string]bool{}
	for _, r := range server.Requests() {
		var m struct{ ID string }
		if err := json.Unmarshal(r.Body, &m); err != nil || ids[m.ID] {
			t.Fatalf("the id %q again (%v)", m.ID, err)
		}
		ids[m.ID] = true
	}
}

// TestCancel: the caller gets both reasons at once, and the server is told: by the end of the connection in
// 2026-07-28, by notifications/cancelled before.
func TestCancel(t *testing.T) {
	for _, path := range []string{"/modern", "/legacy", "/legacy-json"} {
		t.Run(path[1:], func(t *testing.T) {
			server := demoServer(t)
			s := connect(t, client(t, Options{}), server.URL(path))
			ctx, cancel := context.WithCancel(t.Context())
			got := make(chan error, 1)
			go func() {
				_, err := s.Call(ctx, "slow", map[string]int{"ms": 3_000_000})
				got <- err
			}()
			eventually(t, "the call is at the server", func() bool { return arrived(server, "tools/call") == 1 })
			cancel()
			err := within(t, "the cancelled call", got)
			var e *Error
			if !errors.Is(err, context.Canceled) || !errors.Is(err, Cancelled) || !errors.As(err, &e) || e.Outcome != "cancelled" {
				t.Errorf("got %v", err)
			}
			eventually(t, "the server sees it", func() bool { return server.Cancelled() == 1 })
			if told := arrived(server, "notifications/cancelled"); (path == "/modern") != (told == 0) {
				t.Errorf("%d notifications/cancelled", told)
			}
			echo(t, s, "after it")
		})
	}
}

// TestCancelConnect: giving up on a server that never answers.
func TestCancelConnect(t *testing.T) {
	url, arrived := silent(t)
	config := load(t, client(t, Options{}), map[string]string{"it": url})
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() {
		_, err := config.Connect(ctx, "it")
		got <- err
	}()
	within(t, "the request", arrived)
	cancel()
	if err := within(t, "Connect", got); !errors.Is(err, context.Canceled) || !errors.Is(err, Cancelled) {
		t.Errorf("got %v", err)
	}
}

// TestCancelExplain: a context that has ended is told as such, whichever verb it was for.
func TestCancelExplain(t *testing.T) {
	config := load(t, client(t, Options{}), map[string]string{"it": "https://mcp.acme.example/${PATH}"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 200 {
		if _, err := config.Explain(ctx, "it"); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
}

func TestTimeout(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	s := connect(t, c, server.URL("/modern"))
	_, err := s.Call(t.Context(), "slow", map[string]int{"ms": 3_000_000}, WithTimeout(30*time.Millisecond))
	var e *Error
	if !errors.Is(err, CutOff) || !errors.As(err, &e) || e.Outcome != "unknown" || !strings.Contains(e.Body, "0.03 s. The request may have run") {
		t.Errorf("the call: %v", err)
	}
	eventually(t, "the server sees it", func() bool { return server.Cancelled() == 1 })
	echo(t, s, "after it")
	url, _ := silent(t)
	_, err = load(t, c, map[string]string{"it": url}).Connect(t.Context(), "it", WithConnectTimeout(30*time.Millisecond))
	if !errors.Is(err, Unreachable) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Connect: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if _, err = s.Call(ctx, "slow", map[string]int{"ms": 3_000_000}); !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, Cancelled) {
		t.Errorf("the caller's deadline: %v", err)
	}
}

// TestCodes: errors.Is asks for a code, and for that one only.
func TestCodes(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	all := []Code{HeaderRefused, WrongPath, NotMCP, Unreachable, HTTPStatus, Redirected, ServerError, NoSuchServer, NotJSON, CutOff}
	check := func(what string, err error, want Code) {
		t.Helper()
		for _, code := range all {
			if is := errors.Is(err, code); is != (code == want) {
				t.Errorf("%s: errors.Is(%s) is %v: %v", what, code, is, err)
			}
		}
	}
	for path, want := range map[string]Code{
		"/status/401": HeaderRefused, "/status/403": HeaderRefused, "/status/404": WrongPath, "/nowhere": WrongPath, "/status/500": HTTPStatus,
		"/html": NotMCP, "/redirect/307/cross": Redirected,
	} {
		config := load(t, c, map[string]string{"it": server.URL(path)})
		_, err := config.Connect(t.Context(), "it")
		check(path, err, want)
	}
	config := load(t, c, map[string]string{"it": "http://127.0.0.1:1/mcp"})
	_, err := config.Connect(t.Context(), "it")
	check("nobody there", err, Unreachable)
	_, err = config.Connect(t.Context(), "them")
	check("no such server", err, NoSuchServer)
	_, err = c.Load("f", []byte("{"))
	check("no JSON", err, NotJSON)
	_, err = connect(t, c, server.URL("/modern")).Call(t.Context(), "boom", nil)
	check("boom", err, ServerError)
	_, err = connect(t, c, server.URL("/cut")).Tools(t.Context())
	check("cut", err, CutOff)
}
