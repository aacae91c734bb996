package peers

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/demo"
)

// TestHundredThousandNotifications come before one answer: each is delivered, in order, before the call
// returns; to the call that asked for progress, or to the session.
func TestHundredThousandNotifications(t *testing.T) {
	const n = 100_000
	server, err := demo.Start(demo.Options{Key: canary})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	e := keyed("http", server.URL(fmt.Sprintf("/notifications?n=%d", n)), canary)

	for _, as := range []string{"progress", "messages"} {
		t.Run(as, func(t *testing.T) {
			got := make(chan int, 2*n)
			deliver := func(_ string, params []byte) {
				var p struct{ Progress, Data int }
				if err := json.Unmarshal(params, &p); err != nil {
					t.Error(err)
				}
				got <- p.Progress + p.Data
			}
			c, _ := client(t, host.Options{})
			session, err := dial(t, c, e, host.OnMessage(deliver))
			if err != nil {
				t.Fatal(err)
			}
			var options []host.CallOption
			if as == "progress" {
				options = append(options, host.OnProgress(deliver))
			}
			if _, err := session.Call(t.Context(), "echo", map[string]any{"text": "hello"}, options...); err != nil {
				t.Fatal(err)
			}
			if as == "messages" {
				eventually(t, "all are delivered", func() bool { return len(got) == n })
			}
			if len(got) != n {
				t.Fatalf("%d were delivered, not %d", len(got), n)
			}
			for i := 1; i <= n; i++ {
				if at := <-got; at != i {
					t.Fatalf("number %d came where %d belongs", at, i)
				}
			}
		})
	}
}
