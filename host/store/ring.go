package store

import (
	"context"
	"errors"
	"strings"

	"github.com/zalando/go-keyring"
)

// ring is a keychain, as go-keyring has it.
type ring interface {
	// present says whether there is a keychain, open or not. Where that cannot be told there is one: it is no reason
	// to write in plain text.
	present(ctx context.Context) bool
	// Get fails with keyring.ErrNotFound where the keychain opens and has no such item.
	Get(service, item string) (string, error)
	Set(service, item, text string) error
}

// osRing is the operating system's.
type osRing struct{}

func (osRing) present(ctx context.Context) bool { return present(ctx) }

func (osRing) Get(service, item string) (text string, err error) {
	defer survive(&err)
	return keyring.Get(service, item)
}

func (osRing) Set(service, item, text string) (err error) {
	defer survive(&err)
	return keyring.Set(service, item, text)
}

// survive makes an error of a panic: go-keyring 0.2.8 has one when the bus goes while a dialog is up.
func survive(err *error) {
	if recover() != nil {
		*err = errBroken
	}
}

// redacted is an error that does not repeat a secret.
func redacted(err error, secret string) error {
	if strings.Contains(err.Error(), secret) {
		return errors.New("it did not take the key")
	}
	return err
}
