package signin_test

import (
	"context"
	"errors"
	"os"
	"sync"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/store"
)

// killing is a store whose process ends at a point of its work.
type killing struct {
	store.Store
	at int

	mu     sync.Mutex
	points []string
}

// point is one; it may be the last.
func (k *killing) point(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.points = append(k.points, name)
	if len(k.points) == k.at {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {}
	}
}

func (k *killing) seen() []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]string(nil), k.points...)
}

func (k *killing) Get(ctx context.Context, key string) (string, bool, error) {
	k.point("before Get")
	defer k.point("after Get")
	return k.Store.Get(ctx, key)
}

func (k *killing) Put(ctx context.Context, key, value string) error {
	k.point("before Put")
	defer k.point("after Put")
	return k.Store.Put(ctx, key, value)
}

func (k *killing) Lock(ctx context.Context, key string) (func(), error) {
	k.point("before Lock")
	defer k.point("after Lock")
	unlock, err := k.Store.Lock(ctx, key)
	if err != nil {
		return nil, err
	}
	return func() {
		k.point("before Unlock")
		defer k.point("after Unlock")
		unlock()
	}, nil
}

func asError(err error, e **host.Error) bool { return errors.As(err, e) }
