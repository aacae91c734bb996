package host

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// ours are the goroutines of clients that run, with their stacks.
func ours() (found []string) {
	buffer := make([]byte, 4<<20)
	for _, g := range strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
		for _, mark := range []string{"host.(*Client).", "host.Open.", "host.(*exchange).", "host.(*process).", "host.(*input).", "host.(*outbox).", "host.(*Session).", "http.(*persistConn)"} {
			if strings.Contains(g, mark) {
				found = append(found, g)
				break
			}
		}
	}
	return found
}

func noneLeft(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(bound); len(ours()) > 0; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("goroutines are left:\n%s", strings.Join(ours(), "\n\n"))
		}
	}
}

// TestOursFinds is the test of the test: an open client is seen.
func TestOursFinds(t *testing.T) {
	client(t, Options{})
	eventually(t, "an open client has a goroutine", func() bool { return len(ours()) > 0 })
}

// TestCloseUnderWay: Close while calls are under way. Each of them returns once, with a reason, and nothing
// is left behind.
func TestCloseUnderWay(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	const each = 8
	got := make(chan error, 100)
	for _, path := range []string{"/modern", "/legacy", "/legacy-json"} {
		s := connect(t, c, server.URL(path))
		for range each {
			go func() {
				_, err := s.Call(t.Context(), "slow", map[string]int{"ms": 3_000_000})
				got <- err
			}()
		}
	}
	eventually(t, "all calls are at the server", func() bool { return arrived(server, "tools/call") == 3*each })
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := c.Close(t.Context()); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
	all.Wait()
	for range 3 * each {
		if err := within(t, "a call", got); !errors.Is(err, Cancelled) && !errors.Is(err, ErrClosed) {
			t.Errorf("a call ends with %v", err)
		}
	}
	noneLeft(t)
	if len(got) > 0 {
		t.Errorf("a call returned twice: %v", <-got)
	}
	if _, err := c.Load("f", []byte("{}")); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// TestCloseDuringStorm closes while calls and connects begin: no race, no hang, no answer lost.
func TestCloseDuringStorm(t *testing.T) {
	server := demoServer(t)
	c := client(t, Options{})
	config := load(t, c, map[string]string{"it": server.URL("/modern")})
	s, err := config.Connect(t.Context(), "it")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	begun := make(chan struct{}, 16)
	for i := range 16 {
		all.Go(func() {
			begun <- struct{}{}
			for err := error(nil); err == nil; {
				if i%4 == 0 {
					_, err = config.Connect(t.Context(), "it")
				} else {
					_, err = s.Call(t.Context(), "add", map[string]int{"a": i, "b": 1})
				}
			}
		})
	}
	for range 16 {
		<-begun
	}
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
	ended := make(chan struct{})
	go func() { all.Wait(); close(ended) }()
	within(t, "the end of the storm", ended)
	noneLeft(t)
}

// stuck is a transport that does not look at its request's context.
type stuck struct {
	arrived, release chan struct{}
}

func (s stuck) RoundTrip(*http.Request) (*http.Response, error) {
	s.arrived <- struct{}{}
	<-s.release
	return nil, errors.New("released")
}

// TestCloseReportsHanging: an exchange that does not end is told, not waited for without end.
func TestCloseReportsHanging(t *testing.T) {
	transport := stuck{make(chan struct{}, 1), make(chan struct{})}
	c := client(t, Options{Transport: transport})
	config := load(t, c, map[string]string{"it": "https://mcp.acme.example/mcp"})
	got := make(chan error, 1)
	go func() {
		_, err := config.Connect(t.Context(), "it")
		got <- err
	}()
	within(t, "the request", transport.arrived)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := c.Close(ctx); err == nil || !strings.Contains(err.Error(), "1 exchanges have not ended") {
		t.Errorf("Close: %v", err)
	}
	if err := within(t, "Connect", got); err == nil {
		t.Error("Connect succeeds")
	}
	close(transport.release)
	noneLeft(t)
}

// TestCloseWithEndedContext: there is nothing to wait for, so there is nothing to complain of.
func TestCloseWithEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		c := client(t, Options{})
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
}
