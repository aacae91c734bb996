package host

import (
	"context"
	"errors"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// Code is a stable code of what can go wrong, such as HeaderRefused. It is an error, so that
// errors.Is(err, host.HeaderRefused) asks for it.
type Code string

func (c Code) Error() string { return string(c) }

// The codes. Their meanings are in package wasm/problem and in the README.
const (
	HeaderRefused     Code = problem.HeaderRefused
	VariableUnset     Code = problem.VariableUnset
	NoCredential      Code = problem.NoCredential
	AuthRequired      Code = problem.AuthRequired
	WrongPath         Code = problem.WrongPath
	Blocked           Code = problem.Blocked
	Unreachable       Code = problem.Unreachable
	TLSFailed         Code = problem.TLS
	Redirected        Code = problem.Redirected
	NotMCP            Code = problem.NotMCP
	CutOff            Code = problem.CutOff
	TooLarge          Code = problem.TooLarge
	ProtocolBroken    Code = problem.Protocol
	ServerError       Code = problem.ServerError
	ToolFailed        Code = problem.ToolFailed
	HTTPStatus        Code = problem.HTTPStatus
	NoRevision        Code = problem.Revision
	ForeignEndpoint   Code = problem.ForeignEndpoint
	SessionEnded      Code = problem.SessionEnded
	Unsupported       Code = problem.Unsupported
	InputNeeded       Code = problem.InputNeeded
	ProcessFailed     Code = problem.ProcessFailed
	ToolInvalid       Code = problem.ToolInvalid
	SignInFailed      Code = problem.SignInFailed
	DiscoveryFailed   Code = problem.Discovery
	NotRegistered     Code = problem.Registration
	TokenRefused      Code = problem.TokenRefused
	ScopeMissing      Code = problem.ScopeMissing
	UnsafeAddress     Code = problem.Unsafe
	StoreLocked       Code = problem.StoreLocked
	StoreFailed       Code = problem.StoreFailed
	KeyMissing        Code = problem.KeyMissing
	NoConfig          Code = problem.NoConfig
	NotJSON           Code = problem.NotJSON
	WrongTopKey       Code = problem.WrongTopKey
	BadField          Code = problem.BadField
	BadURL            Code = problem.BadURL
	BadHeader         Code = problem.BadHeader
	NoSuchServer      Code = problem.NoSuchServer
	DuplicateName     Code = problem.DuplicateName
	Cleartext         Code = problem.Cleartext
	TransportMissing  Code = problem.TransportMissing
	CredentialMissing Code = problem.CredentialMissing
	HelperFailed      Code = problem.HelperFailed
	NotAgreed         Code = problem.NotAgreed
	SecretInFile      Code = problem.SecretInFile
	Usage             Code = problem.Usage
	Cancelled         Code = problem.Cancelled
	Internal          Code = problem.Internal
)

// Error is a typed reason: what happened, to which server, from which file and line, and what to do. It
// carries no secret.
type Error struct {
	reason
	// Outcome says whether the request may have run: "server_error", "not_sent", "unknown" or
	// "cancelled"; empty where there was no request.
	Outcome string
	cause   error
}

// reason is embedded for its fields: Code, Party, Title, Body, Hint, Server, URL, Status, Where, RPCCode and
// RPCData.
type reason = msg.Error

// Error is one line: code, title, facts, hint.
func (e *Error) Error() string {
	parts := []string{e.Code + ": " + e.Title + "."}
	for _, p := range []string{e.Body, e.Hint} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// Unwrap is the context's error where the caller gave up.
func (e *Error) Unwrap() error { return e.cause }

// Is matches a Code.
func (e *Error) Is(target error) bool {
	var code Code
	return errors.As(target, &code) && string(code) == e.Code
}

func failure(e *msg.Error, outcome string) error {
	if e == nil {
		return nil
	}
	return &Error{reason: *e, Outcome: outcome}
}

// ended is the error of a verb that is done.
func ended(ctx context.Context, d *msg.Done) error {
	if d.Error == nil {
		return nil
	}
	e := &Error{reason: *d.Error, Outcome: d.Outcome}
	if d.Outcome == msg.OutcomeCancelled {
		e.cause = ctx.Err()
	}
	return e
}
