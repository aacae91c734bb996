package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/demo"
)

// bound is when a test gives up; nothing here takes nearly as long.
const bound = 30 * time.Second

// client opens a core and closes it at the end of the test.
func client(t testing.TB, o Options) *Client {
	t.Helper()
	if o.Engine == testCore {
		if err := compileTestCore(); err != nil {
			t.Fatal(err)
		}
	}
	if o.Engine == Auto {
		o.Engine = Compiler
	}
	if o.CacheDir == "" {
		o.CacheDir = testCache(t)
	}
	c, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(context.Background()); err != nil && !errors.Is(err, ErrDead) {
			t.Errorf("Close: %v", err)
		}
	})
	return c
}

// load makes a configuration with a server of each name.
func load(t testing.TB, c *Client, servers map[string]string) *Config {
	t.Helper()
	text := `{"mcpServers":{`
	for name, url := range servers {
		kind := "http"
		if name == "sse" {
			kind = "sse"
		}
		if text[len(text)-1] != '{' {
			text += ","
		}
		text += fmt.Sprintf(`%q:{"type":%q,"url":%q,"headers":{"X-API-Key":"test-key-12345"}}`, name, kind, url)
	}
	config, err := c.Load(".mcp.json", []byte(text+"}}"))
	if err != nil {
		t.Fatal(err)
	}
	return config
}

// connect opens a session of its own with a URL.
func connect(t testing.TB, c *Client, url string) *Session {
	t.Helper()
	s, err := load(t, c, map[string]string{"it": url}).Connect(t.Context(), "it")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func demoServer(t testing.TB) *demo.Server {
	t.Helper()
	s, err := demo.Start(demo.Options{})
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

// silent is a server that never answers; arrived gets a value for each request.
func silent(t testing.TB) (url string, arrived chan struct{}) {
	t.Helper()
	arrived = make(chan struct{}, 1000)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // net/http sees the client go only once the body is read
		arrived <- struct{}{}
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return s.URL, arrived
}

// within waits for a value, but not for ever.
func within[T any](t testing.TB, what string, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(bound):
		t.Fatalf("%s: nothing after %v", what, bound)
		panic("unreachable")
	}
}

// TestClientOnDeadCore: when the core dies, everything that is pending fails once, with the reason, what is
// asked later fails at once, and Close works.
func TestClientOnDeadCore(t *testing.T) {
	for _, how := range []string{"panic", "block", "js", "nonsense"} {
		t.Run(how, func(t *testing.T) {
			url, arrived := silent(t)
			c := client(t, Options{Engine: testCore})
			config := load(t, c, map[string]string{"silent": url})
			const pending = 8
			got := make(chan error, 2*pending)
			var all sync.WaitGroup
			for range pending {
				all.Go(func() {
					_, err := config.Connect(t.Context(), "silent")
					got <- err
				})
			}
			for range pending {
				within(t, "a request", arrived)
			}
			_, err := c.Load("do:"+how, nil)
			dead := func(what string, err error) {
				t.Helper()
				if how == "nonsense" {
					if err == nil {
						t.Errorf("%s succeeds", what)
					}
				} else if !errors.Is(err, ErrDead) {
					t.Errorf("%s: %v", what, err)
				}
			}
			dead("Load", err)
			for range pending {
				dead("Connect", within(t, "Connect", got))
			}
			all.Wait()
			_, err = c.Load("f", []byte("{}"))
			dead("Load after it", err)
			if err := c.Close(t.Context()); err != nil {
				t.Errorf("Close: %v", err)
			}
			if len(got) > 0 {
				t.Errorf("more than one answer: %v", <-got)
			}
		})
	}
}

// TestGrease: an effect that this host does not know is passed over, and those around it are performed.
func TestGrease(t *testing.T) {
	c := client(t, Options{Engine: testCore})
	for range 3 {
		if _, err := c.Load("do:grease", nil); err != nil {
			t.Fatal(err)
		}
	}
	load(t, c, map[string]string{"acme": "https://mcp.acme.example/mcp"})
}
