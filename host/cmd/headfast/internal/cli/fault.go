package cli

import (
	"context"
	"errors"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// fault is why a run failed: the core's typed reason, or one of the command line's own.
type fault struct {
	reason
	outcome string
}

// reason is embedded for its fields: Code, Title, Body, Hint, Where and their like.
type reason = msg.Error

func (f *fault) Error() string { return f.Title }

func newFault(code, title, body, hint string) *fault {
	return &fault{reason: *problem.New(code, title, body, hint)}
}

func usage(title, hint string) *fault { return newFault(problem.Usage, title, "", hint) }

// asFault is any error as a fault; what has no code is a defect.
func asFault(err error) *fault {
	var f *fault
	var e *host.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.As(err, &e):
		return fromHost(e)
	case errors.Is(err, context.Canceled):
		return newFault(problem.Cancelled, "Cancelled", "", "")
	}
	return newFault(problem.Internal, "Headfast has a defect", err.Error()+".", "Report it with the command line that you typed.")
}

func fromHost(e *host.Error) *fault {
	return &fault{outcome: e.Outcome, reason: reason{
		Code: e.Code, Party: e.Party, Severity: e.Severity, Title: e.Title, Body: e.Body, Hint: e.Hint,
		Server: e.Server, URL: e.URL, Status: e.Status, Where: e.Where, RPCCode: e.RPCCode, RPCData: e.RPCData,
	}}
}
