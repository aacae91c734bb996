package vectors

import (
	"strings"
	"testing"
)

// otherwise are issuers that some would take for https://as.acme.test.
var otherwise = []string{
	"https://as.acme.test/", "https://AS.acme.test", "HTTPS://as.acme.test", "https://as.acme.test:443", "https://as.acme.test/%2e", "https://as.acme.test/.", "https://as.acme%2Etest",
	"https://as.acme.test?", "https://as.acme.test#", " https://as.acme.test", "https://as.acme.test ", "http://as.acme.test", "https://as.acme.test.", "https://evil.test", "", "as.acme.test",
}

// TestIssuerOfMetadata: metadata of any other issuer than was asked for, to the letter, is not used (RFC 8414 section
// 3.3).
func TestIssuerOfMetadata(t *testing.T) {
	for _, issuer := range otherwise {
		s := look(play(t, "signin", `{"issuer": "https://as.acme.test"`, `{"issuer": "`+inJSON(issuer)+`"`))
		if s.awaits != 0 || len(s.opened) != 0 || len(s.posted) != 0 || s.problem != "HF131" {
			t.Errorf("%q: %d listeners, opened %q, posted %q, %s", issuer, s.awaits, s.opened, s.posted, s.problem)
		}
	}
}

// TestIssuerOfRedirect is the table of RFC 9207 section 2.4: what is announced, what comes, whether it is used. Nothing
// of a redirect that is not used is shown, and no code leaves.
func TestIssuerOfRedirect(t *testing.T) {
	const said, sent = `"authorization_response_iss_parameter_supported": true`, `&iss=https%3A%2F%2Fas.acme.test"`
	const genuine = `error=access_denied&error_description=no+thanks`
	for _, announced := range []bool{true, false} {
		meta := said
		if !announced {
			meta = `"x": true`
		}
		for _, row := range []struct {
			iss string
			ok  bool
		}{{sent, true}, {`"`, !announced}} {
			s := look(play(t, "signin-document", said, meta, sent, row.iss))
			if used := len(s.posted) == 1; used != row.ok {
				t.Errorf("announced %v, %q: posted %q", announced, row.iss, s.posted)
			}
		}
		for _, issuer := range otherwise {
			iss := `&iss=` + strings.NewReplacer("%", "%25", "#", "%23", " ", "%20", ":", "%3A", "/", "%2F", "?", "%3F").Replace(issuer) + `"`
			s := look(play(t, "signin-document", said, meta, sent, iss))
			if len(s.posted) != 0 || s.problem != "HF130" {
				t.Errorf("announced %v, code with %q: posted %q, %s", announced, issuer, s.posted, s.problem)
			}
			s = look(play(t, "signin-declined", said, meta, sent, iss, genuine, `error=CANARY&error_uri=https://CANARY/&error_description=CANARY`))
			if strings.Contains(s.whole, "CANARY") || s.problem != "HF130" {
				t.Errorf("announced %v, error with %q: %s\n%s", announced, issuer, s.problem, s.whole)
			}
		}
	}
}

// TestResource: protected-resource metadata is this server's or nobody's (RFC 9728 section 3.3); a server may speak for
// what is below it.
func TestResource(t *testing.T) {
	rows := map[string]bool{
		"https://api.acme.test/mcp": true, "https://api.acme.test": true, "https://api.acme.test/": true, "https://API.acme.test/mcp": true, "https://api.acme.test:443/mcp": true,
		"https://evil.test/mcp": false, "https://api.acme.test:8443/mcp": false, "http://api.acme.test/mcp": false, "https://api.acme.test/mcp2": false, "https://api.acme.test/mc": false,
		"https://api.acme.test/mcp/": false, "https://api.acme.test/mcp/x": false, "https://api.acme.test/mcp#x": false, "https://api.acme.test/mcp#": false, "https://api.acme.test/mcp?x=1": false,
		"https://api.acme.test?x=1": false, "https://user@api.acme.test/mcp": false, "https://x.api.acme.test/mcp": false, "https://acme.test/mcp": false, "//api.acme.test/mcp": false,
		"api.acme.test": false, "": false, "urn:x": false, "https://api.acme.test.evil.test/mcp": false, "https://api.acme.test/%6dcp": false, "https://api.acme.test/x/../mcp2": false,
	}
	for resource, ok := range rows {
		s := look(play(t, "signin", `{"resource": "https://api.acme.test/mcp"`, `{"resource": "`+inJSON(resource)+`"`))
		asked := strings.Contains(strings.Join(s.asked, " "), "https://as.acme.test/")
		if asked != ok || !ok && (s.problem != "HF131" || s.awaits != 0) {
			t.Errorf("%q: the authorization server was asked: %v, want %v; %s", resource, asked, ok, s.problem)
		}
	}
}
