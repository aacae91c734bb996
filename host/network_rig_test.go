package host

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// fakeKey is what every request of these tests carries as its configured header.
const fakeKey = "fake-key-for-tests-0000"

// performer performs exchanges as a Client does, without a core.
type performer struct {
	t testing.TB
	c *Client
}

// outcome is what a core would have been told of one exchange.
type outcome struct {
	status  uint32
	body    []byte
	failure *msg.Failure
}

// opened makes the transport of these options; its variables are those of Env, or none.
func opened(o Options) (http.RoundTripper, error) {
	if o.Env == nil {
		o.Env = vars(nil)
	}
	return newTransport(o, o.Env)
}

// perform opens the network of these options.
func perform(t testing.TB, o Options) performer {
	t.Helper()
	transport, err := opened(o)
	if err != nil {
		t.Fatal(err)
	}
	if n, ok := transport.(*network); ok {
		t.Cleanup(n.CloseIdleConnections)
	}
	o.Transport = transport
	return performer{t, &Client{options: o, inside: map[uint32]bool{}}}
}

func (p performer) network() *network { return p.c.options.Transport.(*network) }

// post sends a request of MCP's usual shape.
func (p performer) post(url string) outcome {
	return p.send(p.t.Context(), msg.HTTP{ID: 1, Method: "POST", URL: url, Body: []byte(`{"jsonrpc":"2.0"}`), Headers: []msg.Header{{Name: "X-API-Key", Value: fakeKey}}})
}

// send performs one exchange and demands exactly one End.
func (p performer) send(ctx context.Context, h msg.HTTP) (got outcome) {
	p.t.Helper()
	c := &Client{options: p.c.options, queue: newQueue(), inside: p.c.inside}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		(&exchange{client: c, http: &h}).run(ctx)
	}()
	ends := 0
	for running := true; running; {
		select {
		case <-c.queue.wake:
		case <-ended:
			running = false
		case <-time.After(bound):
			p.t.Fatalf("%s %s does not end", h.Method, h.URL)
		}
		items, taken := c.queue.take(nil, nil)
		for _, in := range items {
			switch {
			case in.Head != nil:
				got.status = in.Head.Status
			case in.Body != nil:
				got.body = append(got.body, in.Body.Data...)
			case in.End != nil:
				got.failure = in.End.Failure
				ends++
			}
		}
		release(taken)
	}
	if ends != 1 {
		p.t.Fatalf("%d ends", ends)
	}
	return got
}

// want checks a failure; the texts must be in its detail.
func (o outcome) want(t testing.TB, kind string, sent bool, says ...string) {
	t.Helper()
	if o.failure == nil {
		t.Errorf("no failure but status %d, %q; want %s", o.status, o.body, kind)
		return
	}
	if o.failure.Kind != kind || o.failure.Sent != sent {
		t.Errorf("got %+v; want %s, sent %v", *o.failure, kind, sent)
	}
	for _, s := range says {
		if !strings.Contains(o.failure.Detail, s) {
			t.Errorf("%q does not say %q", o.failure.Detail, s)
		}
	}
}

// works demands an answer of 200.
func (o outcome) works(t testing.TB) {
	t.Helper()
	if o.failure != nil || o.status != http.StatusOK {
		t.Errorf("status %d, %+v, %q", o.status, o.failure, o.body)
	}
}

func vars(m map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := m[name]; return v, ok }
}

// authority signs certificates for tests.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	file        string
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-9000 * time.Hour), NotAfter: time.Now().Add(9000 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate, key, writePEM(t, "ca.pem", "CERTIFICATE", der)}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func writePEM(t testing.TB, name, kind string, der []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sign makes a certificate for these names, valid from and until so long from now.
func (a *authority) sign(t testing.TB, from, until time.Duration, names ...string) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "leaf"}, NotBefore: time.Now().Add(from), NotAfter: time.Now().Add(until),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// valid is a certificate without fault for 127.0.0.1 and mcp.acme.example.
func (a *authority) valid(t testing.TB) tls.Certificate {
	return a.sign(t, -time.Hour, time.Hour, "127.0.0.1", "::1", "mcp.acme.example")
}

// files writes a certificate and its key as two PEM files.
func files(t testing.TB, c tls.Certificate) (certFile, keyFile string) {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return writePEM(t, "cert.pem", "CERTIFICATE", c.Certificate[0]), writePEM(t, "key.pem", "PRIVATE KEY", key)
}

// tlsServer serves under a TLS configuration; HTTP/2 where asked.
func tlsServer(t testing.TB, config *tls.Config, h2 bool, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(handler)
	s.TLS, s.EnableHTTP2 = config, h2
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// unwanted fails the test for any request that arrives.
func unwanted(t testing.TB) http.HandlerFunc {
	return func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s %s arrived", r.Method, r.URL) }
}

// listen accepts raw connections on loopback, each on a goroutine of its own.
func listen(t testing.TB, serve func(*net.TCPConn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				serve(conn.(*net.TCPConn))
			}()
		}
	}()
	return l.Addr().String()
}

// closedPort is an address at which nobody listens.
func closedPort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
