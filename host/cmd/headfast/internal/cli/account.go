package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
)

// accountView is a sign-in in JSON: never a token, but what tells it from others.
type accountView struct {
	Key         string `json:"key"`
	URL         string `json:"url"`
	Profile     string `json:"profile"`
	Issuer      string `json:"issuer"`
	Resource    string `json:"resource"`
	Client      string `json:"client"`
	Scope       string `json:"scope"`
	Scheme      string `json:"scheme"`
	Fingerprint string `json:"fingerprint"`
	// Expires is RFC 3339, ExpiresIn in seconds, below 0 where it is over; both are left out where nobody has said.
	Expires   string `json:"expires,omitempty"`
	ExpiresIn *int64 `json:"expiresIn,omitempty"`
	Renews    bool   `json:"renews"`
	Problem   string `json:"problem,omitempty"`
}

func viewAccount(a host.Account, now time.Time) accountView {
	v := accountView{Key: a.Key, URL: a.URL, Profile: a.Profile, Issuer: a.Issuer, Resource: a.Resource, Client: a.Client, Scope: a.Scope,
		Scheme: a.Scheme, Renews: a.Refreshes, Problem: a.Problem}
	if a.Fingerprint != "" {
		v.Fingerprint = "...." + a.Fingerprint
	}
	if a.Expires > 0 {
		at := time.UnixMilli(a.Expires)
		left := int64(at.Sub(now).Seconds())
		v.Expires, v.ExpiresIn = at.UTC().Format(time.RFC3339), &left
	}
	return v
}

func viewAccounts(all []host.Account, now time.Time) []accountView {
	views := []accountView{}
	for _, a := range all {
		views = append(views, viewAccount(a, now))
	}
	return views
}

// accountLines tell of one sign-in, a fact in each line.
func (a *app) accountLines(x host.Account, now time.Time) string {
	s := a.out
	var b strings.Builder
	b.WriteString(join("  ", s.Bold(x.URL), s.Cyan(profileName(x.Profile))) + "\n")
	if x.Problem != "" {
		b.Reset()
		fmt.Fprintf(&b, "%s\n  %s  it cannot be read: %s\n", s.Bold(x.Key), s.Red("x"), term.Line(x.Problem))
		return b.String()
	}
	for _, fact := range [][2]string{{"issuer", x.Issuer}, {"client", x.Client}, {"scope", x.Scope}, {"token", tokenFacts(x, now)}, {"key", x.Key}} {
		if fact[1] == "" {
			fact[1] = "-"
		}
		fmt.Fprintf(&b, "  %-6s  %s\n", fact[0], term.Line(fact[1]))
	}
	return b.String()
}

func profileName(profile string) string {
	if profile == "" {
		return ""
	}
	return "profile " + profile
}

// tokenFacts is a token in a sentence's words: "Bearer ....7f3c, expires in 58 min, renews by itself".
func tokenFacts(x host.Account, now time.Time) string {
	if x.Scheme == "" {
		return "none: only the client's registration is kept"
	}
	value := x.Scheme
	if x.Fingerprint != "" {
		value += " ...." + x.Fingerprint
	}
	renews := "does not renew by itself"
	if x.Refreshes {
		renews = "renews by itself"
	}
	return join(", ", value, expiry(x.Expires, now), renews)
}

// expiry says when a token ends, as people say it.
func expiry(at int64, now time.Time) string {
	if at == 0 {
		return "its end is not known"
	}
	left := time.UnixMilli(at).Sub(now)
	if left <= 0 {
		return "expired " + span(-left) + " ago"
	}
	return "expires in " + span(left)
}

func span(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	case d < 48*time.Hour:
		return fmt.Sprintf("%.0f h", d.Hours())
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}

// anyProfile is for accountsOf.
const anyProfile = "\x00"

// accountsOf are the sign-ins to a server under one profile. A key is not told by what is shown of a server, but its
// address is; the query, which may have a secret, is part of neither.
func accountsOf(all []host.Account, x *host.Explanation, profile string) (found []host.Account) {
	address, _, _ := strings.Cut(x.URL, "?")
	for _, a := range all {
		if a.URL == address && (profile == anyProfile || a.Profile == profile) {
			found = append(found, a)
		}
	}
	return found
}

// signsIn says that an entry's mode leads to a token.
func signsIn(auth msg.Auth) bool { return auth.Mode == "oauth" || auth.Mode == "both" }

// learn tells of the token that the session uses as of a header: it may have been had, or renewed, only now.
func (t *target) learn(ctx context.Context) {
	if t.session == nil || t.explain.Transport == stdio || !signsIn(t.session.State().Auth) {
		return
	}
	x, err := t.config.Explain(ctx, t.explain.Server, host.WithProfile(t.flags.profile))
	if err != nil {
		return // what was known before the session is told
	}
	t.explain.Account, t.doc.Auth = x.Account, viewAuth(x.Auth)
}

// token is the account whose token goes with the requests; nil where none does.
func (t *target) token() *host.Account {
	if x := t.explain.Account; x != nil && x.Scheme != "" {
		return x
	}
	return nil
}
