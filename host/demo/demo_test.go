package demo

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// headers are name, value, name, value, ...
type headers []string

func (h headers) with(more ...string) headers { return slices.Concat(h, more) }

var key = headers{"X-API-Key", "test-key-12345"}

var client = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func request(t *testing.T, method, url, body string, h headers) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	for i := 0; i < len(h); i += 2 {
		r.Header.Set(h[i], h[i+1])
	}
	return r
}

// open sends a request whose answer the test reads piece by piece.
func open(t *testing.T, method, url, body string, h headers) (*http.Response, *bufio.Reader) {
	t.Helper()
	resp, err := client.Do(request(t, method, url, body, h))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp, bufio.NewReader(resp.Body)
}

// do sends a request and reads the whole answer.
func do(t *testing.T, method, url, body string, h headers) (*http.Response, string) {
	t.Helper()
	resp, r := open(t, method, url, body, h)
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(got)
}

// want checks the status of an answer and that its body has all the pieces.
func want(t *testing.T, resp *http.Response, body string, status int, pieces ...string) {
	t.Helper()
	if resp.StatusCode != status {
		t.Errorf("status %d, want %d: %.200s", resp.StatusCode, status, body)
	}
	for _, piece := range pieces {
		if !strings.Contains(body, piece) {
			t.Errorf("no %s in %.400s", piece, body)
		}
	}
}

// event reads the next event of a stream.
func event(t *testing.T, r *bufio.Reader) (name, data string) {
	t.Helper()
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		if line == "\n" {
			return name, data
		}
		field, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch field {
		case "event":
			name = value
		case "data":
			data = value
		}
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 400 {
		if ok() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

func TestOnlyLoopback(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "example.com:0"} {
		if _, err := Start(Options{Addr: addr}); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", addr, err)
		}
	}
	start(t, Options{Addr: "localhost:0"})
}

func TestPathsAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range Paths() {
		if !strings.Contains(string(doc), "//\t"+p.Pattern+" ") || p.About == "" {
			t.Errorf("%s is not in the package comment", p.Pattern)
		}
	}
}

// TestCloseEndsAll opens one of everything that waits, and closes.
func TestCloseEndsAll(t *testing.T) {
	s, err := Start(Options{})
	if err != nil {
		t.Fatal(err)
	}
	go client.Do(request(t, "POST", s.URL("/hang"), "{}", nil))
	go client.Do(request(t, "POST", s.URL("/slow?ms=60000"), "{}", nil))
	open(t, "POST", s.URL("/open"), toolCall("slow", `{"ms":60000}`), modernHeaders("tools/call", "slow"))
	open(t, "POST", s.URL("/endless"), "{}", nil)
	open(t, "GET", s.URL("/legacy"), "", initialize(t, s, "/legacy"))
	_, r := open(t, "GET", s.URL("/sse"), "", key)
	_, endpoint := event(t, r)
	do(t, "POST", s.URL(endpoint), toolCall("slow", `{"ms":60000}`), key)
	_, listen := open(t, "POST", s.URL("/open"), modernCall("subscriptions/listen", `"notifications":{}`), modernHeaders("subscriptions/listen", ""))
	event(t, listen)
	eventually(t, "all arrived", func() bool { return len(s.Requests()) == 10 })

	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, last := event(t, listen); !strings.Contains(last, `"result"`) {
		t.Errorf("the subscription ended with %s", last)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
	eventually(t, "no goroutine of the server is left", func() bool {
		stacks := make([]byte, 1<<20)
		all := string(stacks[:runtime.Stack(stacks, true)])
		return !strings.Contains(all, "demo.(*") && !strings.Contains(all, "net/http.(*conn)")
	})
}
