package host

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// TestCAFiles: an authority is trusted that the options or the variables name, and no other.
func TestCAFiles(t *testing.T) {
	a, b := newAuthority(t), newAuthority(t)
	server := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{a.valid(t)}}, false, func(http.ResponseWriter, *http.Request) {})
	for name, o := range map[string]Options{
		"option":              {CAFiles: []string{b.file, a.file}},
		"SSL_CERT_FILE":       {Env: vars(map[string]string{"SSL_CERT_FILE": a.file})},
		"NODE_EXTRA_CA_CERTS": {Env: vars(map[string]string{"NODE_EXTRA_CA_CERTS": a.file}), CAFiles: []string{b.file}},
	} {
		t.Run(name, func(t *testing.T) { perform(t, o).post(server.URL).works(t) })
	}
	for _, o := range []Options{{}, {CAFiles: []string{b.file}}} {
		perform(t, o).post(server.URL).want(t, msg.FailTLS, false, "unknown authority, Test authority", "--cacert")
	}
}

// TestCAFilesUnusable: what cannot be read or holds no certificate is an error of Open's that names the file.
func TestCAFilesUnusable(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    Options
		says []string
	}{
		{Options{CAFiles: []string{empty}}, []string{empty, "no PEM certificate"}},
		{Options{CAFiles: []string{"/nowhere/ca.pem"}}, []string{"/nowhere/ca.pem", "no such file"}},
		{Options{Env: vars(map[string]string{"SSL_CERT_FILE": empty})}, []string{empty, "SSL_CERT_FILE"}},
		{Options{Env: vars(map[string]string{"NODE_EXTRA_CA_CERTS": "/nowhere/ca.pem"})}, []string{"/nowhere/ca.pem", "NODE_EXTRA_CA_CERTS"}},
		{Options{Transport: http.DefaultTransport, CAFiles: []string{empty}}, []string{"Transport"}},
	} {
		_, err := opened(c.o)
		wrong := fmt.Sprint(err)
		for _, s := range c.says {
			if !strings.Contains(wrong, s) {
				t.Errorf("%q does not say %q", wrong, s)
			}
		}
	}
}

// TestClientCertificate: it is offered to its own origin, and to no other that asks.
func TestClientCertificate(t *testing.T) {
	a := newAuthority(t)
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	offered := 0
	config := &tls.Config{Certificates: []tls.Certificate{a.valid(t)}, ClientAuth: tls.RequestClientCert, ClientCAs: pool}
	for _, h2 := range []bool{false, true} {
		serve := func(w http.ResponseWriter, r *http.Request) { offered = len(r.TLS.PeerCertificates) }
		own, other := tlsServer(t, config.Clone(), h2, serve), tlsServer(t, config.Clone(), h2, serve)
		certFile, keyFile := files(t, a.valid(t))
		p := perform(t, Options{CAFiles: []string{a.file}, ClientCertificates: []ClientCertificate{{own.URL, certFile, keyFile}}})
		for range 2 {
			p.post(own.URL + "/mcp").works(t)
			if offered != 1 {
				t.Error("it is not offered to its origin")
			}
			p.post(other.URL + "/mcp").works(t)
			p.post(strings.Replace(own.URL, "127.0.0.1", "[::1]", 1)) // another origin, where nobody listens
			if offered != 0 {
				t.Error("it is offered to another origin")
			}
		}
	}
}

// TestClientCertificateRefused: a server that requires a certificate, or does not accept the one it is offered, says
// so in TLS 1.3 only when the request may be on its way; its program has not seen it all the same.
func TestClientCertificateRefused(t *testing.T) {
	a, b := newAuthority(t), newAuthority(t)
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	certFile, keyFile := files(t, b.valid(t))
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		for _, h2 := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, h2 %v", tls.VersionName(version), h2), func(t *testing.T) {
				server := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{a.valid(t)}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool,
					MinVersion: version, MaxVersion: version}, h2, unwanted(t))
				with := Options{CAFiles: []string{a.file}, ClientCertificates: []ClientCertificate{{server.URL, certFile, keyFile}}}
				for _, got := range []struct {
					outcome
					says string
				}{
					{perform(t, Options{CAFiles: []string{a.file}}).post(server.URL), "requires a client certificate"},
					{perform(t, with).post(server.URL), "does not accept the client certificate"},
				} {
					// The connection's end may overtake the alert; then nobody can know that the request was not seen.
					if f := got.failure; version == tls.VersionTLS13 && f != nil && f.Kind == msg.FailReset {
						got.want(t, msg.FailReset, true, "it looks as if the server "+got.says)
						continue
					}
					got.want(t, msg.FailTLS, false, got.says)
				}
			})
		}
	}
}

// TestClientCertificateUnusable: each is an error of Open's that names the file or the origin.
func TestClientCertificateUnusable(t *testing.T) {
	a := newAuthority(t)
	cert, key := files(t, a.valid(t))
	_, otherKey := files(t, a.valid(t))
	pkcs8 := writePEM(t, "pkcs8.pem", "ENCRYPTED PRIVATE KEY", []byte("fake"))
	old := filepath.Join(t.TempDir(), "old.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}, Bytes: []byte("fake")})
	if err := os.WriteFile(old, text, 0o600); err != nil {
		t.Fatal(err)
	}
	const origin = "https://mcp.acme.example"
	for _, c := range []struct {
		what  string
		given []ClientCertificate
		proxy string
		says  []string
	}{
		{"no certificate", []ClientCertificate{{origin, "/nowhere/cert.pem", key}}, "", []string{"/nowhere/cert.pem", "no such file"}},
		{"no key", []ClientCertificate{{origin, cert, "/nowhere/key.pem"}}, "", []string{"/nowhere/key.pem", "no such file"}},
		{"another key", []ClientCertificate{{origin, cert, otherKey}}, "", []string{cert, otherKey, "does not match"}},
		{"exchanged", []ClientCertificate{{origin, key, cert}}, "", []string{cert, key}},
		{"encrypted", []ClientCertificate{{origin, cert, pkcs8}}, "", []string{pkcs8, "encrypted", "openssl pkey"}},
		{"encrypted, old form", []ClientCertificate{{origin, cert, old}}, "", []string{old, "encrypted"}},
		{"plain origin", []ClientCertificate{{"http://mcp.acme.example", cert, key}}, "", []string{"https://host"}},
		{"a path", []ClientCertificate{{origin + "/mcp", cert, key}}, "", []string{"https://host", "/mcp"}},
		{"no origin", []ClientCertificate{{"", cert, key}}, "", []string{"https://host"}},
		{"twice", []ClientCertificate{{origin, cert, key}, {"https://MCP.acme.example:443/", cert, key}}, "", []string{"two client certificates for https://mcp.acme.example:443"}},
		{"TLS proxy", []ClientCertificate{{origin, cert, key}}, "https://proxy.example", []string{origin, "proxy"}},
	} {
		_, err := opened(Options{ClientCertificates: c.given, Proxy: c.proxy})
		wrong := fmt.Sprint(err)
		for _, s := range c.says {
			if !strings.Contains(wrong, s) {
				t.Errorf("%s: %q does not say %q", c.what, wrong, s)
			}
		}
	}
}

// TestTLSFailures: each reason has its own words, nothing is sent, and nothing is tried without TLS.
func TestTLSFailures(t *testing.T) {
	a := newAuthority(t)
	const day = 24 * time.Hour
	for _, c := range []struct {
		name        string
		certificate tls.Certificate
		says        []string
		never       string
	}{
		{"expired long ago", a.sign(t, -100*day, -50*day, "127.0.0.1"), []string{"has expired on 2"}, "clock"},
		{"expired an hour ago", a.sign(t, -100*day, -time.Hour, "127.0.0.1"), []string{"has expired on 2", "clock right? It says 2"}, ""},
		{"not valid yet", a.sign(t, 50*day, 100*day, "127.0.0.1"), []string{"not valid before 2", "clock right? It says 2"}, ""},
		{"another name", a.sign(t, -day, day, "mcp.acme.example", "192.0.2.7"), []string{"is for mcp.acme.example, 192.0.2.7, not for 127.0.0.1"}, ""},
		{"many names", a.sign(t, -day, day, "a.example", "b.example", "c.example", "d.example", "e.example"), []string{"d.example, others, not for 127.0.0.1"}, "e.example"},
		{"no name", a.sign(t, -day, day), []string{"no host at all"}, ""},
		{"unknown authority", newAuthority(t).valid(t), []string{"unknown authority, Test authority", "--cacert"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{c.certificate}}, true, unwanted(t))
			got := perform(t, Options{CAFiles: []string{a.file}}).post(server.URL)
			got.want(t, msg.FailTLS, false, c.says...)
			if c.never != "" && strings.Contains(got.failure.Detail, c.never) {
				t.Errorf("%q says %q", got.failure.Detail, c.never)
			}
		})
	}
}

// TestTLSHandshakeFailures are not of a certificate.
func TestTLSHandshakeFailures(t *testing.T) {
	a := newAuthority(t)
	old := tlsServer(t, &tls.Config{Certificates: []tls.Certificate{a.valid(t)}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, false, unwanted(t))
	got := perform(t, Options{CAFiles: []string{a.file}}).post(old.URL)
	got.want(t, msg.FailTLS, false)
	if !slices.ContainsFunc([]string{"TLS 1.2", "protocol version"}, func(s string) bool { return strings.Contains(got.failure.Detail, s) }) {
		t.Errorf("an old server: %q", got.failure.Detail)
	}
}
