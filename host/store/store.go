// Package store keeps sign-ins for the Go driver: opaque values under opaque keys, in memory, in files that only
// their owner can read, or in such files encrypted under a key that the operating system's keychain holds. What is
// kept, when and for whom is the core's to decide.
//
//	s, err := store.Default(ctx, "")
//	unlock, err := s.Lock(ctx, key)
//	defer unlock()
//	value, found, err := s.Get(ctx, key)
//	err = s.Put(ctx, key, renewed)
package store

import (
	"context"
	"os"
	"path/filepath"
)

// The bounds of an entry, in bytes.
const (
	MaxKey   = 64 << 10
	MaxValue = 1 << 20
)

// Store keeps values under keys. Its methods are safe for concurrent use, and those of File, Keychain and Default by
// several processes too. Every error is an *Error. A context ends waiting; it does not end writing that has begun.
type Store interface {
	// Get gives the value under key; found is false where there is none.
	Get(ctx context.Context, key string) (value string, found bool, err error)
	// Put keeps value under key, whole or not at all, and durably before it returns. After an error, what was there
	// before still is; only where the disk failed to say that it has the new value is that there already.
	Put(ctx context.Context, key, value string) error
	// Delete forgets key and all that was ever kept for it, also what is damaged. No such key is no error.
	Delete(ctx context.Context, key string) error
	// Keys gives all keys in order. It leaves out entries so damaged that their key is lost; a key whose value
	// cannot be read is there, and Get says why.
	Keys(ctx context.Context) ([]string, error)
	// Lock waits to be the only one that has key, of all that share the store. A process that dies gives it back.
	// It fails where Put would for want of a keychain that opens, so that nobody signs in for nothing.
	Lock(ctx context.Context, key string) (unlock func(), err error)
	// Describe names the store in a sentence: "the OS keychain", "the folder /home/ann/.config/headfast/accounts".
	Describe() string
}

// Service is the name under which the command line keeps its key in the OS keychain.
const Service = "headfast"

// DefaultDir is headfast/accounts below os.UserConfigDir.
func DefaultDir() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fail("there is no folder for sign-ins", err)
	}
	return filepath.Join(base, "headfast", "accounts"), nil
}

// Default keeps sign-ins in dir, or in DefaultDir where that is empty: encrypted where there is an OS keychain, else
// as File does. A folder that was encrypted once stays so: where its keychain is gone or does not open, calls fail
// with msg.FailLocked, and nothing is written in plain text.
func Default(ctx context.Context, dir string) (Store, error) {
	if dir == "" {
		var err error
		if dir, err = DefaultDir(); err != nil {
			return nil, err
		}
	}
	return choose(ctx, dir, osRing{}), nil
}

func choose(ctx context.Context, dir string, r ring) Store {
	f := newFolder(dir)
	if marked(f) || r.present(ctx) {
		return sealed(f, Service, r)
	}
	return plainly(f)
}
