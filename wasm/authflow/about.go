package authflow

import records "github.com/headfast/headfast/wasm/record"

var _, _ records.Owner = (*fetch)(nil), (*probe)(nil)

// About tells of the request that is just handed out.
func (x *fetch) About() records.About {
	return records.About{Redact: x.f.a.redact, SignIn: true, Limit: exchangeTime}
}

// About tells of the question to the server, with which goes what is configured.
func (p *probe) About() records.About {
	return records.About{Redact: p.a.redact, Wire: p.a.plan.Wire, Variable: p.a.plan.Variable, Uses: p.a.plan.Auth.Header, Limit: exchangeTime}
}
