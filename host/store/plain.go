package store

import (
	"context"

	"github.com/headfast/headfast/jsbridge/msg"
)

// plain leaves values as they are.
type plain struct{}

func (plain) ready(context.Context) error { return nil }

func (plain) seal(_ context.Context, key, value string) (record, error) {
	return record{key: key, value: []byte(value)}, nil
}

func (plain) open(_ context.Context, r record) (string, error) {
	if r.sealed != "" {
		return "", &Error{kind: msg.FailLocked, what: "the sign-in cannot be read from here", cause: ErrSealed}
	}
	return string(r.value), nil
}
