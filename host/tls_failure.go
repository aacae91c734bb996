package host

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"reflect"
	"strings"
	"time"
)

// tlsTrouble says what is wrong with a certificate or a handshake; "" where it is neither. Whatever it says
// of, the server has not seen the request.
func tlsTrouble(seen steps, err error, now time.Time) string {
	if said := certificateTrouble(err, now); said != "" {
		return said
	}
	if said := alertTrouble(seen, err); said != "" {
		return said
	}
	var record tls.RecordHeaderError
	var network net.Error
	switch {
	case seen.stage != stageHandshake, speaksHTTP(err):
		return ""
	case errors.As(err, &record):
		return "what answers there does not speak TLS"
	case errors.As(err, &network), strings.Contains(words(err), "closed the connection"):
		return ""
	}
	return strings.TrimPrefix(words(err), "tls: ")
}

// speaksHTTP says that the answer to the handshake was plain HTTP, by the first bytes of what should be a TLS record.
func speaksHTTP(err error) bool {
	var record tls.RecordHeaderError
	return errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/"
}

func certificateTrouble(err error, now time.Time) string {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verify *tls.CertificateVerificationError
	switch {
	case errors.As(err, &name):
		return "the certificate is for " + namesOf(name.Certificate) + ", not for " + name.Host
	case errors.As(err, &unknown):
		return "the certificate is signed by an unknown authority, " + issuerOf(unknown.Cert) +
			"; if you trust that, give its certificate in a file: --cacert (in Go Options.CAFiles)"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return outOfDate(invalid.Cert, now)
	case errors.As(err, &verify):
		return strings.TrimPrefix(words(err), "x509: ")
	}
	return ""
}

// clockDoubt is how long after its end a certificate may more likely be good and this machine's clock wrong.
const clockDoubt = 25 * time.Hour

func outOfDate(c *x509.Certificate, now time.Time) string {
	const layout = "2006-01-02 15:04 MST"
	said, doubt := "the certificate has expired on "+c.NotAfter.UTC().Format(layout), now.Sub(c.NotAfter) < clockDoubt
	if now.Before(c.NotBefore) {
		said, doubt = "the certificate is not valid before "+c.NotBefore.UTC().Format(layout), true
	}
	if doubt {
		said += "; is this machine's clock right? It says " + now.UTC().Format(layout)
	}
	return said
}

// namesOf are the first names of a certificate.
func namesOf(c *x509.Certificate) string {
	names := append([]string(nil), c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return "no host at all"
	}
	const most = 4
	if len(names) > most {
		names = append(names[:most], "others")
	}
	return strings.Join(names, ", ")
}

func issuerOf(c *x509.Certificate) string {
	switch {
	case c == nil || c.Issuer.String() == "":
		return "without a name"
	case string(c.RawIssuer) == string(c.RawSubject):
		return "itself"
	case c.Issuer.CommonName != "":
		return c.Issuer.CommonName
	}
	return c.Issuer.String()
}

// TLS alerts (RFC 8446, appendix B.2) by which a server ends a handshake.
const (
	alertHandshakeFailure    = 40
	alertBadCertificate      = 42
	alertCertificateUnknown  = 46
	alertUnknownCA           = 48
	alertAccessDenied        = 49
	alertProtocolVersion     = 70
	alertCertificateRequired = 116
)

// alertTrouble reads the alert that a server ended a handshake with. In TLS 1.3 it judges the client's
// certificate when the client has begun to send; the server's program has seen nothing of it then, for the
// handshake comes first. A later alert is a broken connection as any other.
func alertTrouble(seen steps, err error) string {
	alert := alertOf(err)
	late := seen.stage >= stageConnected && (seen.reused || seen.stage == stageAnswered)
	if alert < 0 || late && alert != alertCertificateRequired {
		return ""
	}
	switch {
	case seen.wanted && ofCertificate(alert):
		return certificateWanted(seen) + ": " + strings.TrimPrefix(words(err), "tls: ")
	case seen.stage >= stageConnected:
		return ""
	case alert == alertProtocolVersion:
		return "the server speaks neither TLS 1.2 nor TLS 1.3"
	}
	return "the server ended the TLS handshake: " + strings.TrimPrefix(words(err), "tls: ")
}

// ofCertificate says whether an alert may be about the client's certificate.
func ofCertificate(alert int) bool {
	switch alert {
	case alertHandshakeFailure, alertAccessDenied, alertUnknownCA, alertCertificateRequired:
		return true
	}
	return alert >= alertBadCertificate && alert <= alertCertificateUnknown
}

func certificateWanted(seen steps) string {
	if seen.offered {
		return "the server does not accept the client certificate"
	}
	return "the server requires a client certificate, and none is configured for it, with --cert and --key (in Go Options.ClientCertificates)"
}

// certificateMissed is for a server that asked for a client certificate and whose connection broke before its first
// answer: net/http often meets the end of the connection before it has read the alert. It may be for another
// reason, so it is told as what it looks like, and whether the request was sent stays as it is.
func certificateMissed(seen steps) string {
	if !seen.wanted || seen.reused || seen.stage != stageConnected {
		return ""
	}
	return "it looks as if " + certificateWanted(seen)
}

// alertOf is the number of the alert that the other side sent, or -1. crypto/tls does not export its type,
// which is a uint8.
func alertOf(err error) int {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" {
		return -1
	}
	if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
		return int(v.Uint())
	}
	return -1
}
