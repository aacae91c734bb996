package store

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// Memory keeps values as long as the process lives, for that process only.
func Memory() Store {
	return &memory{values: map[string]string{}, locks: map[string]chan struct{}{}}
}

type memory struct {
	mu     sync.Mutex
	values map[string]string
	// locks has a channel of one for each key; who has put something into it has the key.
	locks map[string]chan struct{}
}

func (m *memory) Get(_ context.Context, key string) (string, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, found := m.values[key]
	return value, found, nil
}

func (m *memory) Put(_ context.Context, key, value string) error {
	if err := check(key, value); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values[key] = value
	return nil
}

func (m *memory) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.values, key)
	return nil
}

func (m *memory) Keys(context.Context) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.values)), nil
}

func (m *memory) Lock(ctx context.Context, key string) (func(), error) {
	lock := m.lock(key)
	select {
	case lock <- struct{}{}:
		return sync.OnceFunc(func() { <-lock }), nil
	case <-ctx.Done():
		return nil, fail("the sign-in is in use", ctx.Err())
	}
}

func (m *memory) lock(key string) chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.locks[key] == nil {
		m.locks[key] = make(chan struct{}, 1)
	}
	return m.locks[key]
}

func (m *memory) Describe() string { return "the memory of this process" }
