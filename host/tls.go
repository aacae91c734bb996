package host

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// caVariables name a PEM file each: OpenSSL's and Go's variable, and Node's.
var caVariables = []string{"SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"}

// rootCAs are the system's authorities and those of the files; nil is the system's.
func rootCAs(files []string, env func(string) (string, bool)) (*x509.CertPool, error) {
	from := make([]string, len(files))
	for _, name := range caVariables {
		if path, _ := env(name); path != "" {
			files, from = append(files[:len(files):len(files)], path), append(from, " (from the variable "+name+")")
		}
	}
	if len(files) == 0 {
		return nil, nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, fmt.Errorf("headfast: the system's certificates cannot be read: %w", err)
	}
	for i, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("headfast: CA file%s: %w", from[i], err)
		}
		if !pool.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("headfast: CA file %s%s has no PEM certificate", path, from[i])
		}
	}
	return pool, nil
}

// add gives an origin its client certificate.
func (n *transports) add(c ClientCertificate, proxy proxies) error {
	origin, err := certificateOrigin(c.Origin, proxy)
	if err != nil {
		return err
	}
	if n.own[origin] != nil {
		return fmt.Errorf("headfast: two client certificates for %s", origin)
	}
	pair, err := keyPair(c)
	if err != nil {
		return err
	}
	t := n.common.Clone()
	t.TLSClientConfig.GetClientCertificate = func(wanted *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		progressOf(wanted.Context()).asked(true)
		return &pair, nil
	}
	n.own[origin] = t
	return nil
}

// noCertificate answers a server that asks for a certificate where none is configured.
func noCertificate(wanted *tls.CertificateRequestInfo) (*tls.Certificate, error) {
	progressOf(wanted.Context()).asked(false)
	return &tls.Certificate{}, nil
}

// certificateOrigin checks and normalizes ClientCertificate.Origin. A proxy that is spoken to over TLS
// could ask for the certificate itself, and net/http would give it.
func certificateOrigin(text string, proxy proxies) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return "", fmt.Errorf("headfast: a client certificate's origin must be https://host or https://host:port, not %q", text)
	}
	if through, err := proxy(u); err != nil || through != nil && through.Scheme == "https" {
		return "", fmt.Errorf("headfast: the client certificate for %s cannot be used through a proxy that is itself spoken to over TLS", originOf(u))
	}
	return originOf(u), nil
}

// originOf is a URL's origin with its port.
func originOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

func keyPair(c ClientCertificate) (tls.Certificate, error) {
	var none tls.Certificate
	certificate, err := os.ReadFile(c.CertFile)
	if err != nil {
		return none, fmt.Errorf("headfast: client certificate: %w", err)
	}
	key, err := os.ReadFile(c.KeyFile)
	if err != nil {
		return none, fmt.Errorf("headfast: client certificate's key: %w", err)
	}
	if encrypted(key) {
		return none, fmt.Errorf("headfast: the key in %s is encrypted; write it without a passphrase: openssl pkey -in %s -out FILE", c.KeyFile, filepath.Base(c.KeyFile))
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return none, fmt.Errorf("headfast: %s and %s are no client certificate with its key: %w", c.CertFile, c.KeyFile, unprefixed{err})
	}
	return pair, nil
}

// unprefixed is crypto/tls's error without the package's name.
type unprefixed struct{ error }

func (e unprefixed) Error() string { return strings.TrimPrefix(e.error.Error(), "tls: ") }
func (e unprefixed) Unwrap() error { return e.error }

// encrypted finds the keys that want a passphrase: PKCS #8 says so in its type (RFC 7468, section 11), the
// older form in a header (RFC 1421, section 4.6.1.1).
func encrypted(text []byte) bool {
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "ENCRYPTED PRIVATE KEY" || strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED") {
			return true
		}
	}
	return false
}
