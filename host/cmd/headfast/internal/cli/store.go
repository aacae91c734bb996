package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/headfast/headfast/host/store"
)

// storeVariable names another folder for sign-ins, or memory, which keeps them for one run.
const (
	storeVariable = "HEADFAST_STORE"
	storeMemory   = "memory"
)

// accounts is the store of sign-ins. It is opened when the core first asks for something in it: a command that touches
// no account must not have a keychain ask the person to unlock it.
type accounts struct {
	once  sync.Once
	inner store.Store
	err   error
	// damaged says that an entry was asked for whose file is damaged.
	damaged atomic.Bool
}

var _ store.Store = (*accounts)(nil)

func (s *accounts) open(ctx context.Context) (store.Store, error) {
	s.once.Do(func() {
		dir := os.Getenv(storeVariable)
		if dir == storeMemory {
			s.inner = store.Memory()
			return
		}
		if dir != "" {
			if dir, s.err = filepath.Abs(dir); s.err != nil {
				return
			}
		}
		s.inner, s.err = store.Default(context.WithoutCancel(ctx), dir)
	})
	return s.inner, s.err
}

// forgo has the store be empty: what only lists entries must not have a keychain ask the person.
func (s *accounts) forgo() { s.once.Do(func() { s.inner = store.Memory() }) }

// Get is store.Store's, as are the other methods.
func (s *accounts) Get(ctx context.Context, key string) (string, bool, error) {
	inner, err := s.open(ctx)
	if err != nil {
		return "", false, err
	}
	value, found, err := inner.Get(ctx, key)
	if errors.Is(err, store.ErrDamaged) {
		s.damaged.Store(true)
	}
	return value, found, err
}

func (s *accounts) Put(ctx context.Context, key, value string) error {
	inner, err := s.open(ctx)
	if err != nil {
		return err
	}
	return inner.Put(ctx, key, value)
}

func (s *accounts) Delete(ctx context.Context, key string) error {
	inner, err := s.open(ctx)
	if err != nil {
		return err
	}
	return inner.Delete(ctx, key)
}

func (s *accounts) Keys(ctx context.Context) ([]string, error) {
	inner, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	return inner.Keys(ctx)
}

func (s *accounts) Lock(ctx context.Context, key string) (func(), error) {
	inner, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	return inner.Lock(ctx, key)
}

func (s *accounts) Describe() string {
	inner, err := s.open(context.Background())
	if err != nil {
		return "no store: " + err.Error()
	}
	return inner.Describe()
}

// forgetful says that the store ends with the run.
func (s *accounts) forgetful() bool { return os.Getenv(storeVariable) == storeMemory }
