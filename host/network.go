package host

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// network sends a request over the transport of its origin.
type network struct{ open, guarded transports }

// transports are those of all origins. One with a client certificate has one of its own, so that neither the
// certificate nor a connection that it opened serves another origin.
type transports struct {
	common *http.Transport
	own    map[string]*http.Transport
}

// newTransport makes what Options ask for, with the variables of env.
func newTransport(o Options, env func(string) (string, bool)) (http.RoundTripper, error) {
	if o.Transport != nil {
		if o.Proxy != "" || len(o.CAFiles) > 0 || len(o.ClientCertificates) > 0 {
			return nil, errors.New("headfast: Proxy, CAFiles and ClientCertificates are for the client's own Transport; set them on yours")
		}
		return o.Transport, nil
	}
	proxy, err := newProxies(o.Proxy, env)
	if err != nil {
		return nil, err
	}
	roots, err := rootCAs(o.CAFiles, env)
	if err != nil {
		return nil, err
	}
	dialer := &net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	n := newNetwork(dialer, proxy, roots)
	for _, c := range o.ClientCertificates {
		for _, of := range []*transports{&n.open, &n.guarded} {
			if err := of.add(c, proxy); err != nil {
				return nil, err
			}
		}
	}
	return n, nil
}

func newNetwork(dialer *net.Dialer, proxy proxies, roots *x509.CertPool) *network {
	guarded := *dialer
	guarded.ControlContext = controlPrivate
	return &network{
		open:    transports{baseTransport(dialer, proxy, roots), map[string]*http.Transport{}},
		guarded: transports{baseTransport(&guarded, proxy, roots), map[string]*http.Transport{}},
	}
}

// CloseIdleConnections gives back the connections that nothing uses.
func (n *network) CloseIdleConnections() {
	for _, of := range []transports{n.open, n.guarded} {
		of.common.CloseIdleConnections()
		for _, t := range of.own {
			t.CloseIdleConnections()
		}
	}
}

// baseTransport has room for many requests to one server. Without TLS it never speaks HTTP/2: that would
// take a guess, or a request that the server did not ask for.
func baseTransport(dialer *net.Dialer, proxy proxies, roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		Proxy:                  proxy.forRequest,
		GetProxyConnectHeader:  tunnelBegins,
		OnProxyConnectResponse: tunnelAnswered,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &metered{Conn: conn}, nil
		},
		TLSClientConfig:        &tls.Config{RootCAs: roots, GetClientCertificate: noCertificate},
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    64,
		MaxResponseHeaderBytes: 256 << 10,
		IdleConnTimeout:        60 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
	}
}

// metered is a connection that knows whether anything was written to it since it was last asked.
type metered struct {
	net.Conn
	written atomic.Int64
	// idle says that no answer is due.
	idle atomic.Bool
}

// Read ends a connection on which a server says something that nobody asked for: net/http would print it to the
// program's log, and it may hold the key that was sent. What comes together with an answer, or within TLS, cannot be
// told from it here: then the log leaves it out.
func (m *metered) Read(b []byte) (int, error) {
	n, err := m.Conn.Read(b)
	keepQuiet()
	if n > 0 && m.idle.Load() {
		return 0, io.EOF
	}
	return n, err
}

// Write counts bytes as written while it is not known that they were not.
func (m *metered) Write(b []byte) (int, error) {
	m.written.Add(int64(len(b)))
	n, err := m.Conn.Write(b)
	m.written.Add(int64(n - len(b)))
	return n, err
}

// meterOf finds the metered connection below TLS, where it is one of ours.
func meterOf(conn net.Conn) *metered {
	for {
		switch c := conn.(type) {
		case *metered:
			return c
		case *tls.Conn:
			conn = c.NetConn()
		default:
			return nil
		}
	}
}
