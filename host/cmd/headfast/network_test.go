package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTLS: --cacert has a certificate trusted, and --cert is shown to the server of the configuration.
func TestTLS(t *testing.T) {
	t.Parallel()
	shown := make(chan int, 99)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		shown <- len(r.TLS.PeerCertificates)
		w.WriteHeader(http.StatusTeapot)
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{ClientAuth: tls.RequestClientCert}
	s.StartTLS()
	t.Cleanup(s.Close)
	p := at(t, bare(s.URL+"/mcp"))
	write(t, p.dir, "ca.pem", "CERTIFICATE", s.Certificate().Raw)
	key, err := tlsKey(s)
	if err != nil {
		t.Fatal(err)
	}
	write(t, p.dir, "key.pem", "PRIVATE KEY", key)
	p.run("tools").want(4, "HF108")
	p.run("tools", "--cacert", "ca.pem").want(7, "HF116", "418")
	if n := <-shown; n != 0 {
		t.Errorf("%d certificates were shown", n)
	}
	for len(shown) > 0 {
		<-shown
	}
	p.run("tools", "--cacert", "ca.pem", "--cert", "ca.pem", "--key", "key.pem").want(7, "HF116")
	if n := <-shown; n != 1 {
		t.Errorf("%d certificates were shown", n)
	}
	p.run("tools", "--cacert", "ca.pem", "--cert", "ca.pem", "--key", "gone.pem").want(2, "HF301", "gone.pem")
}

func write(t *testing.T, dir, name, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestProxy: --proxy is where requests go, and none is nowhere else.
func TestProxy(t *testing.T) {
	t.Parallel()
	hosts := make(chan string, 99)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hosts <- r.Host
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(proxy.Close)
	p := at(t, bare("http://far.example/mcp"))
	p.run("tools", "--proxy", proxy.URL).want(7, "418")
	if h := <-hosts; h != "far.example" {
		t.Errorf("%s was asked for", h)
	}
	p.env = append(p.env, "HTTP_PROXY="+proxy.URL)
	n := len(hosts)
	if o := p.run("tools", "--proxy", "none", "--timeout", "3s"); o.code != 4 || len(hosts) != n || strings.Contains(o.err, "418") {
		t.Errorf("%d: %s", o.code, o.err)
	}
}

// tlsKey is the key of a test server, as PKCS #8.
func tlsKey(s *httptest.Server) ([]byte, error) {
	return x509.MarshalPKCS8PrivateKey(s.TLS.Certificates[0].PrivateKey)
}
