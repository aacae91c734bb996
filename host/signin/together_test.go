package signin_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
)

func contextOf(t *testing.T) (context.Context, context.CancelFunc) {
	return context.WithTimeout(t.Context(), 20*time.Second)
}

// gated is a store whose Put of certain values waits.
type gated struct {
	store.Store
	holds func(value string) bool
	held  atomic.Int32
	open  chan struct{}
	once  sync.Once
}

func (g *gated) Put(ctx context.Context, key, value string) error {
	if g.holds(value) {
		g.held.Add(1)
		<-g.open
	}
	return g.Store.Put(ctx, key, value)
}

func (g *gated) release() { g.once.Do(func() { close(g.open) }) }

// until waits for what has no event of its own.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it never came to be: " + what)
		}
	}
}

// TestLateWrite: one client writes down that its new token has worked, and is slow; meanwhile another renews that token.
// The newest must be what is kept in the end.
func TestLateWrite(t *testing.T) {
	t.Parallel()
	as := startOIDC(t, OIDC{})
	mcp := startProtected(t, Protected{AS: as})
	shared := store.Memory()
	headfast(t, mcp.URL, entry{Store: shared}).login()
	_, first := keptIn(t, shared)
	slowly := &gated{Store: shared, open: make(chan struct{}), holds: func(v string) bool { return !strings.Contains(v, "old_refresh_token") }}
	defer slowly.release()
	mcp.refusing(first.Access)
	one := headfast(t, mcp.URL, entry{Store: slowly, Nobody: true})
	one.echoes(one.session())
	until(t, "that the token has worked is written down", func() bool { return slowly.held.Load() > 0 })

	_, second := keptIn(t, shared)
	mcp.refusing(second.Access)
	other := headfast(t, mcp.URL, entry{Store: shared, Nobody: true})
	done := make(chan struct{})
	go func() {
		defer close(done)
		if s, err := other.connect(); err != nil {
			t.Error(err)
		} else if err := other.echo(s); err != nil {
			t.Error(err)
		}
	}()
	select {
	case <-done:
	case <-time.After(500 * time.Millisecond):
	}
	slowly.release()
	<-done
	time.Sleep(200 * time.Millisecond)
	last := headfast(t, mcp.URL, entry{Store: shared, Nobody: true})
	last.echoes(last.session())
	if _, k := keptIn(t, shared); k.Refresh == second.Refresh || k.Refresh == first.Refresh {
		t.Error("what is kept is not the newest")
	}
}
