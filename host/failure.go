package host

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// classify says why an exchange failed, for the core to judge.
func classify(ctx context.Context, err error, seen steps) *msg.Failure {
	f := &msg.Failure{Sent: seen.sent}
	f.Kind, f.Detail = reasonOf(ctx, err, seen)
	if f.Kind == msg.FailTLS || seen.stage != stageAnswered && unprocessed(err) {
		f.Sent = false
	}
	return f
}

func reasonOf(ctx context.Context, err error, seen steps) (kind, detail string) {
	if ctx.Err() != nil {
		return msg.FailAborted, "aborted"
	}
	if errors.As(err, &errPrivate{}) {
		return msg.FailPrivate, errPrivate{}.Error()
	}
	if said := proxyTrouble(seen, err); said != "" {
		if timedOut(err) {
			return msg.FailTimeout, said
		}
		return msg.FailProxy, said
	}
	if said := tlsTrouble(seen, err, time.Now()); said != "" {
		return msg.FailTLS, said
	}
	kind = networkKind(err, seen)
	said := certificateMissed(seen)
	switch {
	case kind != msg.FailReset || said == "":
		return kind, words(err)
	case !seen.sent:
		kind = msg.FailTLS
	}
	return kind, words(err) + "; " + said
}

func networkKind(err error, seen steps) string {
	var dns *net.DNSError
	var bound *overBound
	switch {
	case errors.As(err, &dns):
		return msg.FailDNS
	case errors.As(err, &bound):
		return bound.kind
	case strings.Contains(err.Error(), "response headers exceeded"): // net/http has no type for it
		return msg.FailLimit
	case errors.Is(err, syscall.ECONNREFUSED) && !seen.sent:
		return msg.FailRefused
	case speaksHTTP(err):
		return msg.FailPlain
	case timedOut(err):
		return msg.FailTimeout
	case seen.stage < stageConnected:
		return msg.FailConnect
	}
	return msg.FailReset
}

func timedOut(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// unprocessed says that an HTTP/2 server told us that it will not act on the request: its stream is above
// the last one of GOAWAY, or was refused (RFC 9113, sections 6.8 and 8.7). net/http has no type for that. If
// its words change, the request counts as sent, as any other.
func unprocessed(err error) bool {
	said := innermost(err).Error()
	return strings.HasPrefix(said, "http2: Transport: cannot retry err ") || strings.HasPrefix(said, "http2: Transport received GOAWAY from server ")
}

// words are the innermost message: net/http's outer ones repeat the whole URL.
func words(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return dns.Err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it closed the connection in the middle of its answer"
	case errors.Is(err, io.EOF):
		return "it closed the connection without an answer"
	}
	return strings.TrimPrefix(innermost(err).Error(), "net/http: ")
}

func innermost(err error) error {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err
}
