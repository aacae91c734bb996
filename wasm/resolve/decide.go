package resolve

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/problem"
)

// Decide applies the decision table to an entry as it is written, before any expansion. The first rule
// that fits wins; the others are told with why they lost.
func Decide(entry *config.Entry) msg.Auth {
	auth := msg.Auth{Header: make([]msg.HeaderUse, len(entry.Headers))}
	var credentials []string
	for i, h := range entry.Headers {
		use := msg.HeaderUse{Name: h.Name, Where: h.Value.Where, Variables: h.Value.Variables(), Credential: IsCredential(entry, h.Name)}
		auth.Header[i] = use
		if use.Credential {
			credentials = append(credentials, h.Name)
		}
	}
	if len(entry.Helper) > 0 {
		credentials = append(credentials, "headersHelper")
	}
	for _, r := range table(entry, credentials) {
		if auth.Mode == "" && r.fits {
			auth.Mode, auth.Reason = r.mode, r.why
			auth.Rules = append(auth.Rules, msg.Rule{Name: r.name, Won: true, Why: r.why})
			continue
		}
		auth.Rules = append(auth.Rules, msg.Rule{Name: r.name, Why: r.lost(auth.Mode != "")})
	}
	return auth
}

// rule is one row of the decision table.
type rule struct {
	name, mode string
	fits       bool
	why, else_ string
}

func (r rule) lost(decided bool) string {
	if r.fits && decided {
		return "would fit, but a rule before it decided"
	}
	return r.else_
}

// table is the decision table, in order: what the entry says, then what it has.
func table(entry *config.Entry, credentials []string) []rule {
	asked := entry.Auth.Text
	at := problem.At(entry.Auth.Where)
	return []rule{
		{"auth-says", asked, asked != "auto", `"auth": "` + asked + `" at ` + at, "the entry does not say which auth it wants"},
		{"configured-header", "headers", len(credentials) > 0, problem.Join(credentials) + has(credentials) + " configured, so nothing else is tried",
			"no configured header is a credential"},
		{"configured-oauth", "oauth", entry.OAuth != nil, "an oauth block is configured and no credential is", "no oauth block is configured"},
		{"nothing-configured", "none", true, "no credential is configured", ""},
	}
}

func has(names []string) string {
	if len(names) == 1 {
		return " is"
	}
	return " are"
}

func ruleName(a msg.Auth) string {
	for _, r := range a.Rules {
		if r.Won {
			return r.Name
		}
	}
	return ""
}
