package signin_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/native"
	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/jsbridge/msg"
)

// skewed is a core whose wall clock is wrong.
type skewed struct {
	host.Core
	by *atomic.Int64 // milliseconds
}

func (s skewed) Step(batch, out []byte) ([]byte, error) {
	var b msg.Batch
	if _, err := b.UnmarshalMsg(batch); err != nil {
		return nil, err
	}
	b.Wall += s.by.Load()
	batch, err := b.MarshalMsg(nil)
	if err != nil {
		return nil, err
	}
	return s.Core.Step(batch, out)
}

// skewBy makes cores whose wall clock is off by what is in by.
func skewBy(by *atomic.Int64) func(context.Context) (host.Core, error) {
	return func(ctx context.Context) (host.Core, error) {
		c, err := native.Core(ctx)
		return skewed{c, by}, err
	}
}

// TestClockJumps: the wall clock jumps by a day and back, in a running client: nothing expires, nothing is renewed. A
// token's life is measured on the other clock, so one that ends is still renewed. Where a client starts under a wrong
// clock it renews once at most.
func TestClockJumps(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		as := r.as(t, 3*time.Second)
		mcp := startProtected(t, Protected{AS: as})
		by := &atomic.Int64{}
		e := entry{OAuth: r.oauth, Store: store.Memory(), Core: skewBy(by)}
		f := headfast(t, mcp.URL, e)
		s := f.session()
		const day = 24 * 60 * 60 * 1000
		begin := time.Now()
		for _, jump := range []int64{day, -day, 0} {
			by.Store(jump)
			f.echoes(s)
			again := f.session() // the same account, on the same clock
			f.echoes(again)
		}
		if n := len(as.grants("refresh_token")); n > 0 && time.Since(begin) < 2*time.Second {
			t.Errorf("%d refreshes", n)
		}
		by.Store(-day)
		time.Sleep(3100 * time.Millisecond)
		f.echoes(s)
		if n := len(as.grants("refresh_token")); n != 1 || len(f.opened()) != 1 {
			t.Errorf("%d refreshes, %d pages", n, len(f.opened()))
		}
		e.Nobody = true
		for _, jump := range []int64{day, -day} {
			before := len(as.grants("refresh_token"))
			by.Store(jump)
			later := headfast(t, mcp.URL, e)
			session := later.session()
			for range 3 {
				later.echoes(session)
			}
			if n := len(as.grants("refresh_token")) - before; n > 1 && time.Since(begin) < 6*time.Second {
				t.Errorf("started under a clock off by %d ms: %d refreshes", jump, n)
			}
		}
	})
}
