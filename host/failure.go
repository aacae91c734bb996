package host

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"

	"github.com/headfast/headfast/jsbridge/msg"
)

// classify says why an exchange failed, for the core to judge.
func classify(ctx context.Context, err error, sent bool) *msg.Failure {
	f := &msg.Failure{Kind: failKind(ctx, err), Detail: detail(err), Sent: sent}
	switch f.Kind {
	case msg.FailDNS, msg.FailRefused, msg.FailTLS, msg.FailPlain:
		f.Sent = false
	}
	return f
}

func failKind(ctx context.Context, err error) string {
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case ctx.Err() != nil:
		return msg.FailAborted
	case errors.As(err, &dns):
		return msg.FailDNS
	case errors.Is(err, syscall.ECONNREFUSED):
		return msg.FailRefused
	case errors.Is(err, http.ErrSchemeMismatch):
		return msg.FailPlain
	case isTLS(err):
		return msg.FailTLS
	case errors.Is(err, os.ErrDeadlineExceeded):
		return msg.FailTimeout
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return msg.FailReset
	case errors.As(err, &op) && op.Op == "dial":
		return msg.FailConnect
	}
	return msg.FailReset
}

func isTLS(err error) bool {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid) || errors.As(err, &verify) ||
		errors.As(err, &record) || errors.As(err, &alert)
}

// detail is the innermost message: net/http's outer ones repeat the whole URL.
func detail(err error) string {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return dns.Err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it closed the connection in the middle of its answer"
	case errors.Is(err, io.EOF):
		return "it closed the connection without an answer"
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return strings.TrimPrefix(err.Error(), "net/http: ")
}
