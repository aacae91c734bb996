package cli

import (
	"context"
	"os"
	"sync"

	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/wasm/problem"
)

// agreements is the store of what the person has agreed to. One that fails stops nothing: the person is asked, and told.
type agreements struct {
	app   *app
	once  sync.Once
	inner store.Store
	err   error
}

var _ store.Store = (*agreements)(nil)

// open is the store, beside that of sign-ins.
func (s *agreements) open() (store.Store, error) {
	s.once.Do(func() {
		if dir := os.Getenv(storeVariable); dir == storeMemory {
			s.inner = store.Memory()
		} else {
			s.inner, s.err = store.Trust(dir)
		}
	})
	return s.inner, s.err
}

// Get is store.Store's, as are the other methods.
func (s *agreements) Get(ctx context.Context, key string) (value string, found bool, err error) {
	inner, err := s.open()
	if err == nil {
		value, found, err = inner.Get(ctx, key)
	}
	if err != nil && ctx.Err() == nil {
		s.app.warn(problem.Warn(problem.StoreFailed, "What you have agreed to cannot be read", err.Error()+".", "Mend the file, or forget it: headfast trust revoke --all."))
	}
	return value, found, err
}

func (s *agreements) Put(ctx context.Context, key, value string) error {
	inner, err := s.open()
	if err == nil {
		err = inner.Put(ctx, key, value)
	}
	if err != nil {
		s.app.warn(problem.Warn(problem.StoreFailed, "What you have agreed to could not be kept", err.Error()+".", "You will be asked again. "+storeVariable+"=FOLDER names another folder."))
	}
	return err
}

func (s *agreements) Delete(ctx context.Context, key string) error {
	inner, err := s.open()
	if err == nil {
		err = inner.Delete(ctx, key)
	}
	return err
}

func (s *agreements) Keys(ctx context.Context) (keys []string, err error) {
	inner, err := s.open()
	if err == nil {
		keys, err = inner.Keys(ctx)
	}
	return keys, err
}

func (s *agreements) Lock(ctx context.Context, key string) (unlock func(), err error) {
	inner, err := s.open()
	if err == nil {
		unlock, err = inner.Lock(ctx, key)
	}
	return unlock, err
}

func (s *agreements) Describe() string {
	inner, err := s.open()
	if err != nil {
		return "no store: " + err.Error()
	}
	return inner.Describe()
}
