package store

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// patienceWithPerson is how long a keychain may take: it may have put up a dialog for a password.
const patienceWithPerson = 2 * time.Minute

// errNoKey: the keychain opens and does not have the folder's key.
var errNoKey = errors.New("the OS keychain does not have the key")

// vault is a sealer with the folder's key out of the keychain. It remembers the key, so that nobody is asked again
// where the keychain locks itself in between.
type vault struct {
	folder  *folder
	service string
	ring    ring
	wait    time.Duration
	known   atomic.Pointer[secret]
	// slot is taken while the keychain is asked: by one at a time, for as long as it takes.
	slot chan struct{}
}

func (v *vault) ready(ctx context.Context) error {
	_, err := v.current(ctx)
	return err
}

func (v *vault) seal(ctx context.Context, key, value string) (record, error) {
	s, err := v.current(ctx)
	if err != nil {
		return record{}, err
	}
	return s.seal(key, value), nil
}

func (v *vault) open(ctx context.Context, r record) (string, error) {
	if r.sealed == "" {
		return plain{}.open(ctx, r)
	}
	s := v.known.Load()
	if s == nil || s.id != r.sealed {
		var err error
		if s, err = v.ask(ctx, v.load); err != nil && !errors.Is(err, errNoKey) {
			return "", err
		}
	}
	if s == nil || s.id != r.sealed {
		return "", ErrOtherKey
	}
	return s.open(r)
}

// current is the key to encrypt with: the one that the marker names, or a new one where the keychain has none.
func (v *vault) current(ctx context.Context) (*secret, error) {
	if s := v.known.Load(); s != nil {
		if item, err := v.item(); err == nil && item == s.item {
			return s, nil
		}
	}
	return v.ask(ctx, v.loadOrMake)
}

// ask has one caller at a time go to the keychain. go-keyring cannot be stopped: where it outlasts the wait it goes on,
// and what it finds is there for the next.
func (v *vault) ask(ctx context.Context, what func(context.Context) (*secret, error)) (*secret, error) {
	waiting, cancel := context.WithTimeout(ctx, v.wait)
	defer cancel()
	select {
	case v.slot <- struct{}{}:
	case <-waiting.Done():
		return nil, unanswered(ctx)
	}
	type answer struct {
		s   *secret
		err error
	}
	answered := make(chan answer, 1)
	go func() {
		defer func() { <-v.slot }()
		lasting, cancel := context.WithTimeout(context.WithoutCancel(ctx), v.wait)
		defer cancel()
		s, err := what(lasting)
		answered <- answer{s, err}
	}()
	select {
	case a := <-answered:
		return a.s, a.err
	case <-waiting.Done():
		return nil, unanswered(ctx)
	}
}

// unanswered tells a caller who gave up from a keychain that took too long.
func unanswered(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fail("the OS keychain has not answered yet", err)
	}
	return locked(errUnanswered)
}
