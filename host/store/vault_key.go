package store

import (
	"context"
	"crypto/rand"
	"errors"

	"github.com/zalando/go-keyring"
)

// load gets the key out of the keychain. It fails with errNoKey where it is not there.
func (v *vault) load(ctx context.Context) (*secret, error) {
	item, err := v.item()
	if err != nil {
		return nil, err
	}
	if !v.ring.present(ctx) {
		return nil, locked(errAbsent)
	}
	text, err := v.ring.Get(v.service, item)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, errNoKey
	}
	if err != nil {
		return nil, locked(err)
	}
	s, err := parseSecret(item, text)
	if err == nil {
		v.known.Store(s)
	}
	return s, err
}

func (v *vault) loadOrMake(ctx context.Context) (*secret, error) {
	s, err := v.load(ctx)
	if !errors.Is(err, errNoKey) && !errors.Is(err, ErrDamaged) {
		return s, err
	}
	unlock, err := v.folder.lock(ctx, marker+lockSuffix)
	if err != nil {
		return nil, err
	}
	defer unlock()
	s, err = v.load(ctx)
	if errors.Is(err, errNoKey) || errors.Is(err, ErrDamaged) {
		return v.make(ctx)
	}
	return s, err
}

// make gives the keychain a new key, under a new name: one that turns up again later is not written over. It looks
// whether the key is there, since security(1) can fail and not say so.
func (v *vault) make(ctx context.Context) (*secret, error) {
	if !v.ring.present(ctx) {
		return nil, locked(errAbsent)
	}
	item, text := "accounts "+rand.Text(), newSecret()
	if err := v.ring.Set(v.service, item, text); err != nil {
		return nil, locked(redacted(err, text))
	}
	kept, err := v.ring.Get(v.service, item)
	if err != nil || kept != text {
		return nil, locked(errForgetful)
	}
	if err := v.setItem(item); err != nil {
		return nil, err
	}
	return v.load(ctx)
}
