package authflow

import (
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/resolve"
	"github.com/headfast/headfast/wasm/weburl"
)

// Offers asks who signs people in for the plan's server, and goes no further: nobody is registered and nobody sent
// anywhere. challenges are the values of WWW-Authenticate that the server answered with, id is the verb's, for the driver.
// Nothing that is configured goes with it. then is told the issuers that the server names (RFC 9728 section 2), none
// where it names none that may be gone to; whoever does not wait any more calls what is returned.
func Offers(out Outside, plan *resolve.Plan, id uint32, challenges []string, then func(issuers []string)) (cancel func()) {
	f := &flow{a: &Account{out: out, plan: plan, nonces: map[string]string{}, redact: &plan.Redact}, need: Need{Session: id}, fetches: map[*fetch]bool{}}
	candidates := oauth.Address{Origin: plan.URL.Origin(), Path: plan.URL.Path}.ResourceMetadata()
	if named := oauth.ReadNeed(oauth.ParseChallenges(challenges)).Metadata; named != "" {
		if u, err := safe(named, plan.URL); err == nil {
			candidates = once(append([]string{u.String()}, candidates...))
		} else {
			f.note("the challenge names a document that is not gone to: " + err.Error())
		}
	}
	f.offered(candidates, then)
	return func() {
		f.over = true
		for x := range f.fetches {
			x.timer.Stop()
			x.abort()
		}
	}
}

// offered asks at one address after the other until a document is this server's.
func (f *flow) offered(candidates []string, then func([]string)) {
	if len(candidates) == 0 {
		then(nil)
		return
	}
	u, err := weburl.Parse(candidates[0])
	if err != nil {
		f.offered(candidates[1:], then)
		return
	}
	f.get(u, "asks the server who signs people in for it (its protected-resource metadata)", func(r *reply) {
		text, err := f.document(r)
		if err == nil {
			f.prm, err = oauth.ParseResource(text)
		}
		if err != nil || !covers(f.prm.Resource, f.a.plan.URL) {
			f.offered(candidates[1:], then)
			return
		}
		var issuers []string
		for _, issuer := range f.prm.Servers[:min(len(f.prm.Servers), mostIssuers)] {
			if _, err := safe(issuer, f.a.plan.URL); err == nil {
				issuers = append(issuers, f.a.redact.Text(issuer))
			}
		}
		then(issuers)
	})
}

// mostIssuers bounds what is told of a document.
const mostIssuers = 20
