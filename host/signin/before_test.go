package signin_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
)

// TestKeptBeforeUse: no session uses a new token before it is written down.
func TestKeptBeforeUse(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	shared := store.Memory()
	headfast(t, mcp.URL, entry{Store: shared}).login()
	_, first := keptIn(t, shared)
	slowly := &gated{Store: shared, open: make(chan struct{}), holds: func(v string) bool { return !strings.Contains(v, first.Access) }}
	defer slowly.release()
	f := headfast(t, mcp.URL, entry{Store: slowly, Nobody: true})
	one, two := f.session(), f.session()
	f.echoes(one)
	f.echoes(two)
	mcp.refusing(first.Access)
	var wait sync.WaitGroup
	wait.Go(func() { report(t, f.echo(one)) })
	until(t, "the new token is being written down", func() bool { return slowly.held.Load() > 0 })
	mcp.forget()
	wait.Go(func() { report(t, f.echo(two)) })
	time.Sleep(300 * time.Millisecond)
	for _, r := range mcp.requests() {
		if a := r.Header.Get("Authorization"); a != "" && !strings.HasSuffix(a, first.Access) {
			t.Error("a token is used before it is written down")
		}
	}
	slowly.release()
	wait.Wait()
	if n := len(as.grants("refresh_token")); n != 1 {
		t.Errorf("%d refreshes", n)
	}
}
