package host

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBudget: what servers make us hold of messages that do not end is bounded for all of them together, and a session
// that has nothing to do with it goes on.
func TestBudget(t *testing.T) {
	piece := strings.Repeat("x", 1<<20)
	greedy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/json")
		if !strings.Contains(string(body), "tools/call") {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `{"jsonrpc":"2.0","id":null,"error":{"code":-32601,"message":"Method not found"}}`)
			return
		}
		_, _ = io.WriteString(w, `{"jsonrpc":"2.0","result":"`)
		for range 60 {
			if _, err := io.WriteString(w, piece); err != nil {
				return
			}
		}
		<-r.Context().Done()
	}))
	defer greedy.Close()
	c := client(t, Options{})
	bad, good := connect(t, c, greedy.URL), connect(t, c, demoServer(t).URL("/modern"))
	ended := make(chan error, 12)
	for range cap(ended) {
		go func() {
			_, err := bad.Call(t.Context(), "hog", nil)
			ended <- err
		}()
	}
	for range cap(ended) - 5 { // four of them fit, and a part of a fifth
		if err := within(t, "a call that holds too much", ended); !errors.Is(err, TooLarge) {
			t.Errorf("%v", err)
		}
		echo(t, good, "still here")
	}
	_ = bad.Close(t.Context())
	for range 5 {
		within(t, "a call of a session that is closed", ended)
	}
	echo(t, good, "still here")
}
