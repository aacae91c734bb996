package store

import (
	"context"
	"errors"

	"github.com/headfast/headfast/jsbridge/msg"
)

// What is wrong with an entry, for errors.Is.
var (
	// ErrDamaged: the file is cut off or is not what was written. Put sets it aside before it writes another.
	ErrDamaged = errors.New("it is cut off or damaged")
	// ErrNewer: the file is of a format that this version does not know. It stays untouched.
	ErrNewer = errors.New("a newer version of Headfast wrote it")
	// ErrOtherKey: the keychain no longer has the key. Put sets the entry aside before it writes another.
	ErrOtherKey = errors.New("it is encrypted under a key that the OS keychain does not have")
	// ErrSealed: File cannot read what Keychain wrote.
	ErrSealed = errors.New("it is encrypted under a key in the OS keychain")
	// ErrTooLarge: the key or the value exceeds MaxKey or MaxValue.
	ErrTooLarge = errors.New("it is too large")
)

// Why a keychain does not open.
var (
	errAbsent     = errors.New("there is none that can be reached from here")
	errUnanswered = errors.New("it did not answer in time")
	errBroken     = errors.New("it went away while it was asked")
	errForgetful  = errors.New("it did not keep what it was given")
)

// errShared: a folder is not made its owner's only, since it has other uses.
var errShared = errors.New("others may look into the folder, and it holds other files: name a folder of its own")

// errOpen: a folder cannot be made its owner's only.
var errOpen = errors.New("the file system lets other users of this machine into the folder")

// Error says why a store could not do what it was asked. There is no value of the store in it.
type Error struct {
	kind, what string
	cause      error
}

// Kind is msg.FailLocked where a keychain does not open, msg.FailAborted or msg.FailTimeout where the context ended
// first, else msg.FailStore.
func (e *Error) Kind() string { return e.kind }

// Error is one line, for people.
func (e *Error) Error() string { return e.what + ": " + e.cause.Error() }

// Unwrap is one of the errors of this package, the context's or the operating system's.
func (e *Error) Unwrap() error { return e.cause }

// fail says what could not be done. An *Error as the cause is passed on as it is: it says more.
func fail(what string, cause error) error {
	var known *Error
	if errors.As(cause, &known) {
		return known
	}
	kind := msg.FailStore
	switch {
	case errors.Is(cause, context.Canceled):
		kind = msg.FailAborted
	case errors.Is(cause, context.DeadlineExceeded):
		kind = msg.FailTimeout
	}
	return &Error{kind: kind, what: what, cause: cause}
}

func locked(cause error) error {
	return &Error{kind: msg.FailLocked, what: "the OS keychain does not open", cause: cause}
}

// check holds an entry to the bounds.
func check(key, value string) error {
	if len(key) > MaxKey || len(value) > MaxValue {
		return fail("the sign-in cannot be kept", ErrTooLarge)
	}
	return nil
}
