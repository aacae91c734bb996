package resolve

import "github.com/headfast/headfast/jsbridge/msg"

// Stored takes it that a token of this issuer is kept for the server: it is used, since a person signed in before,
// though the entry says nothing of that.
func (p *Plan) Stored(issuer string) {
	if p.SignIn == nil || p.SignIn.Asked || p.Rule == "stored-token" {
		return
	}
	why := "nothing is configured, and you are signed in with " + issuer
	rules := make([]msg.Rule, 0, len(p.Auth.Rules)+1)
	for _, r := range p.Auth.Rules {
		if r.Won {
			rules = append(rules, msg.Rule{Name: "stored-token", Won: true, Why: why})
			r.Won, r.Why = false, "would fit, but a rule before it decided"
		}
		rules = append(rules, r)
	}
	p.Auth.Rules, p.Auth.Mode, p.Auth.Reason, p.Rule = rules, "oauth", why, "stored-token"
}
