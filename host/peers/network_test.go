package peers

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/internal/testbed"
)

// nowhere is a network fault: nothing was sent, so nothing can have run, and the key stayed here.
type nowhere struct {
	name string
	url  func(t *testing.T) string
	code host.Code
	says string
	// outcome is not_sent where it is empty.
	outcome string
}

// TestFaultsOfTheNetwork are faults before a server has read anything.
func TestFaultsOfTheNetwork(t *testing.T) {
	for _, n := range []nowhere{
		{name: "tls-unknown-ca", url: tlsServer(validFor("127.0.0.1", time.Hour)), code: host.TLSFailed, says: "unknown authority"},
		{name: "tls-expired", url: tlsServer(validFor("127.0.0.1", -time.Hour)), code: host.TLSFailed, says: "expired"},
		{name: "tls-wrong-host", url: tlsServer(validFor("192.0.2.7", time.Hour)), code: host.TLSFailed, says: "192.0.2.7"},
		{name: "tls-on-a-plain-server", url: plainAsTLS, code: host.TLSFailed, says: "does not speak TLS"},
		{name: "plain-on-a-tls-server", url: tlsAsPlain, code: host.HTTPStatus, says: "400", outcome: serverError},
		{name: "dns", url: func(*testing.T) string { return "http://server.of.nobody.invalid/mcp" }, code: host.Unreachable, says: "DNS"},
		{name: "refused", url: func(t *testing.T) string { return fmt.Sprintf("http://127.0.0.1:%d/mcp", freePort(t)) }, code: host.Unreachable, says: "refused"},
	} {
		t.Run(n.name, func(t *testing.T) {
			t.Parallel()
			if n.outcome == "" {
				n.outcome = notSent
			}
			e := keyed("http", n.url(t), canary)
			t.Run("go", func(t *testing.T) { n.byGo(t, e) })
			t.Run("cli", func(t *testing.T) { n.byCLI(t, e) })
			t.Run("node", func(t *testing.T) { n.byNode(t, e) })
		})
	}
}

func (n nowhere) byGo(t *testing.T, e entry) {
	c, _ := client(t, host.Options{})
	begin := time.Now()
	_, err := dial(t, c, e)
	within(t, begin, 10*time.Second)
	var reason *host.Error
	if !errors.As(err, &reason) || !errors.Is(err, n.code) || reason.Outcome != n.outcome || !strings.Contains(err.Error(), n.says) {
		t.Errorf("got %v, not %s with %q", err, n.code, n.says)
	}
	forbid(t, fmt.Sprint(err), canary)
}

func (n nowhere) byCLI(t *testing.T, e entry) {
	o := headfast(t, configText(t, "peer", e), "tools", "peer", "--json", "--trace", "--timeout", "8s")
	forbid(t, o.all(), canary)
	exit := exitConnect
	if n.code == host.HTTPStatus {
		exit = exitServer
	}
	if d := o.document(t); d.Error == nil || d.Error.Code != string(n.code) || d.Error.Outcome != n.outcome || o.code != exit {
		t.Errorf("exit %d: %s", o.code, o.stdout)
	}
}

func (n nowhere) byNode(t *testing.T, e entry) {
	v, out := inNode(t, errand{Config: configText(t, "peer", e)})
	forbid(t, out, canary)
	if v.Error == nil || v.Error.Code != string(n.code) || v.Error.Outcome != n.outcome {
		t.Errorf("got %s", out)
	}
}

// tlsServer is a server with this certificate; a request that reaches it fails the test.
func tlsServer(certificate func(*testing.T) tls.Certificate) func(*testing.T) string {
	return func(t *testing.T) string {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			t.Errorf("%s %s was sent in spite of the certificate", r.Method, r.URL)
		}))
		server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate(t)}}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		t.Cleanup(server.Close)
		return server.URL + "/mcp"
	}
}

// validFor makes a certificate that signs itself: for this address, until so long from now.
func validFor(ip string, left time.Duration) func(*testing.T) tls.Certificate {
	return func(t *testing.T) tls.Certificate {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "peers"}, IPAddresses: []net.IP{net.ParseIP(ip)},
			NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(left),
		}
		der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	}
}

func plainAsTLS(t *testing.T) string {
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "http:", "https:", 1) + "/mcp"
}

func tlsAsPlain(t *testing.T) string {
	return strings.Replace(tlsServer(validFor("127.0.0.1", time.Hour))(t), "https:", "http:", 1)
}

// TestKeyThatTheServerEchoes has a server put the key into its answer, as some do: the words come through,
// the key does not.
func TestKeyThatTheServerEchoes(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, "no such key: %s", r.Header.Get("X-API-Key"))
	}))
	t.Cleanup(server.Close)
	e := keyed("http", server.URL+"/mcp", canary)
	c, _ := client(t, host.Options{})
	_, err := dial(t, c, e)
	o := headfast(t, configText(t, "peer", e), "tools", "peer", "--trace")
	_, out := inNode(t, errand{Config: configText(t, "peer", e)})
	for _, text := range []string{fmt.Sprint(err), o.all(), out} {
		forbid(t, text, canary)
		if !strings.Contains(text, "HF101") || !strings.Contains(text, "no such key") {
			t.Errorf("got %s", text)
		}
	}
}

// TestServerKilledInTheMiddleOfACall ends a server's process while a call runs: the call may have run, so
// it is "unknown"; it is not sent again; one to the dead server is "not sent".
func TestServerKilledInTheMiddleOfACall(t *testing.T) {
	for _, kind := range []string{"modern", "legacy", "legacy-json", "sse"} {
		t.Run(kind, func(t *testing.T) {
			port := freePort(t)
			server := start(t, port, nil, testbed.Need(t, cli), "demo-server", "--port", fmt.Sprint(port))
			transport := map[bool]string{true: "sse", false: "http"}[kind == "sse"]
			c, seen := client(t, host.Options{})
			session, err := dial(t, c, keyed(transport, fmt.Sprintf("http://127.0.0.1:%d/%s", port, kind), reportKey))
			if err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(300*time.Millisecond, server.Kill)
			begin := time.Now()
			_, err = session.Call(context.Background(), "slow", map[string]any{"ms": 30_000})
			within(t, begin, 5*time.Second)
			requireOutcome(t, err, host.CutOff, unknown)
			if sent := seen.find("POST", "tools/call", "sent"); len(sent) != 1 {
				t.Errorf("the call was sent %d times", len(sent))
			}
			// The first call after it may be written to a connection that is about to break, and says so.
			_, err = session.Call(t.Context(), "echo", nil)
			if errors.Is(err, host.CutOff) {
				_, err = session.Call(t.Context(), "echo", nil)
			}
			var reason *host.Error
			if !errors.As(err, &reason) || reason.Outcome != notSent {
				t.Errorf("a call to a dead server gives %#v", err)
			}
		})
	}
}

func requireOutcome(t *testing.T, err error, code host.Code, outcome string) {
	t.Helper()
	var reason *host.Error
	if !errors.As(err, &reason) || !errors.Is(err, code) || reason.Outcome != outcome {
		t.Errorf("got %v, not %s with outcome %q", err, code, outcome)
	}
}
