package authflow

import (
	"encoding/hex"
	"strings"

	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/resolve"
)

// Key is what an account is known by here. It stands for the server's address, the profile, the configured client or
// workload, and the headers that are configured beside the token, since one of them may choose a tenant.
func Key(plan *resolve.Plan, profile string) string {
	return key(plan, profile, plan.SignIn.Assertion, plan.SignIn.IDToken)
}

// storeKey is what the store knows an account by: without what a platform renews again and again, since each renewal
// would leave another entry there.
func storeKey(plan *resolve.Plan, profile string) string { return key(plan, profile, "", "") }

func key(plan *resolve.Plan, profile, assertion, idToken string) string {
	s := plan.SignIn
	grant := s.Grant
	if grant == "device_code" {
		grant = "authorization_code" // the same person's sign-in, had in another way
	}
	parts := []string{plan.URL.String(), profileOf(plan, profile), grant, s.ClientID, s.Issuer, s.ServerMetadata, s.Resource,
		assertion, idToken, s.IDPToken, s.IDPClientID, s.PrivateKey}
	for _, h := range plan.Headers {
		parts = append(parts, strings.ToLower(h.Name), h.Value)
	}
	if s.DPoP {
		parts = append(parts, "dpop") // what was had without is no token for this entry
	}
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(oauth.Escape(p))
		b.WriteByte('\n')
	}
	sum := oauth.SHA256([]byte(b.String()))
	return plan.URL.Host + "-" + hex.EncodeToString(sum[:8])
}

// alone says that the entry's grant needs no person. Such a token can be had again at any time, so it is kept nowhere:
// the store has only where it was had, so that what is secret goes nowhere else from then on.
func (a *Account) alone() bool {
	return a.set.Grant != "authorization_code" && a.set.Grant != "device_code"
}

// text is a record as the store is to have it.
func (a *Account) text(rec *record) string {
	if !a.alone() {
		return rec.encode()
	}
	kept := *rec
	kept.clearTokens()
	kept.Client.Secret = ""
	return kept.encode()
}

// Kept says that the store knows the account by this key.
func (a *Account) Kept(key string) bool { return a.key == key }
