package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// names are what a line of a file may be, and what it may say.
var names = map[string]*regexp.Regexp{
	"name":               regexp.MustCompile(`^[A-Z][\w ]+$`),
	"host":               regexp.MustCompile(`^(\*\.)?([a-z0-9-]+\.|\*\.)*[a-z0-9-]+\.[a-z]+$`),
	"path":               regexp.MustCompile(`^/([a-z]+/)+$`),
	"issuer":             regexp.MustCompile(`^https://[a-z.]+(/\*)? https://[a-z.]+$`),
	"issuer_slash":       regexp.MustCompile(`^yes$`),
	Registration:         regexp.MustCompile(`^(no|allowlist|closed)$`),
	OmitResource:         regexp.MustCompile(`^yes$`),
	ScopeSuffix:          regexp.MustCompile(`^/\.[a-z]+$`),
	ExactRedirect:        regexp.MustCompile(`^yes$`),
	AuthMethod:           regexp.MustCompile(`^client_secret_(post|basic)$`),
	Secret:               regexp.MustCompile(`^yes$`),
	ChallengeMethod:      regexp.MustCompile(`^S256$`),
	AuthorizeParams:      regexp.MustCompile(`^[a-z_]+=[a-z]+(&[a-z_]+=[a-z]+)*$`),
	TokenErrorStatus:     regexp.MustCompile(`^200$`),
	"source":             regexp.MustCompile(`^https://\S+$`),
	"advice-" + topic[0]: sentence, "advice-" + topic[1]: sentence, "advice-" + topic[2]: sentence, "advice-" + topic[3]: sentence, "advice-" + topic[4]: sentence,
}

var (
	topic    = []string{AboutRegistration, AboutResource, AboutRedirect, AboutScope, AboutToken}
	sentence = regexp.MustCompile(`^[A-Z][ -~]{20,220}\.$`)
)

// loosening are the lines that let something pass which is refused of others: a path, which anybody can have, is not
// enough for them.
var loosening = []string{"issuer", "issuer_slash", OmitResource, ChallengeMethod, AuthMethod, AuthorizeParams, ScopeSuffix}

func TestFiles(t *testing.T) {
	paths, err := filepath.Glob("data/*.txt")
	if err != nil || len(paths) != len(files) {
		t.Fatalf("data has %d files and files.go %d: %v", len(paths), len(files), err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil || !slices.Contains(files, string(text)) {
			t.Errorf("%s is not in files.go: %v", path, err)
		}
		seen := map[string]int{}
		for n, l := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			name, value, _ := strings.Cut(l, ": ")
			seen[name]++
			if may := names[name]; !strings.HasPrefix(l, "#") && (may == nil || !may.MatchString(value)) {
				t.Errorf("%s:%d: %q", path, n+1, l)
			}
		}
		if seen["name"] != 1 || seen["source"] == 0 || seen["host"]+seen["path"] == 0 || seen["host"]*seen["path"] != 0 {
			t.Errorf("%s has %v", path, seen)
		}
		for name, n := range seen {
			if n > 1 && !slices.Contains([]string{"host", "path", "issuer", "source"}, name) || seen["path"] > 0 && slices.Contains(loosening, name) {
				t.Errorf("%s: %s must not be there", path, name)
			}
		}
	}
}

func TestOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/login/oauth": "GitHub", "https://GitHub.com": "GitHub", "https://acme.ghe.com/login/oauth": "GitHub", "https://github.com:443": "GitHub",
		"https://login.microsoftonline.com/1/v2.0": "Microsoft Entra ID", "https://tenant.ciamlogin.com/": "Microsoft Entra ID",
		"https://cognito-idp.us-east-2.amazonaws.com/us-east-2_x": "Amazon Cognito", "https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token": "Amazon Cognito",
		"https://acme.auth0.com/": "Auth0", "https://acme.us.auth0.com/": "Auth0", "https://acme.okta.com/oauth2/default": "Okta",
		"https://kc.example/realms/acme": "Keycloak", "https://kc.example:8443/auth/realms/acme": "Keycloak",
		"https://login.microsoftonline.com/realms/x": "Microsoft Entra ID",

		"http://github.com/login/oauth": "", "https://github.com:8443/": "", "https://github.com.evil.example/": "", "https://notgithub.com/": "", "https://evil.example/github.com": "",
		"https://evil.example/?https://github.com": "", "https://github.com@evil.example/": "", "https://evil.example#github.com": "", "https://github.com./": "",
		"https://auth0.com/": "", "https://okta.com/": "", "https://evilauth0.com/": "", "https://x.login.microsoftonline.com/": "",
		"https://cognito-idp.amazonaws.com/": "", "https://x.cognito-idp.us-east-2.amazonaws.com/": "", "https://cognito-idp.evil.us-east-2.amazonaws.com/": "",
		"https://s3.us-east-2.amazonaws.com/": "", "https://kc.example/x/realms/acme": "", "https://kc.example/%72ealms/acme": "", "": "", "github.com": "",
	} {
		name := ""
		if p := Of(address); p != nil {
			name = p.Name
		}
		if name != want {
			t.Errorf("%s is %q, want %q", address, name, want)
		}
	}
	var unknown *Provider
	if unknown.Quirk(Registration)+unknown.Advice(AboutToken) != "" || unknown.Issuer("https://a", "https://a/") || !unknown.Issuer("https://a", "https://a") {
		t.Error("of an unknown one nothing is known")
	}
}

func TestIssuer(t *testing.T) {
	for _, c := range []struct {
		asked, stated string
		may           bool
	}{
		{"https://accounts.google.com/", "https://accounts.google.com", true}, {"https://accounts.google.com", "https://accounts.google.com/", true},
		{"https://accounts.google.com//", "https://accounts.google.com", false}, {"https://accounts.google.com/", "https://evil.example", false},
		{"https://mcp.slack.com", "https://slack.com", true}, {"https://slack.com", "https://mcp.slack.com", false}, {"https://mcp.slack.com/", "https://slack.com", false},
		{"https://auth.atlassian.com/abc", "https://auth.atlassian.com", true}, {"https://auth.atlassian.com/a/b", "https://auth.atlassian.com", false},
		{"https://auth.atlassian.com/", "https://auth.atlassian.com", true}, {"https://auth.atlassian.com/abc", "https://evil.example", false},
		{"https://acme.us.auth0.com", "https://acme.us.auth0.com/", true}, {"https://acme.us.auth0.com", "https://evil.us.auth0.com/", false},
		{"https://github.com/login/oauth", "https://github.com/login/oauth/", false}, {"https://github.com/login/oauth", "https://github.com", false},
	} {
		if got := Of(c.asked).Issuer(c.asked, c.stated); got != c.may {
			t.Errorf("%s may call itself %s: %v", c.asked, c.stated, got)
		}
	}
}
