package resolve

import "github.com/headfast/headfast/wasm/weburl"

// Bare is the plan for another address of the same server, with nothing that is configured: no header goes there, no
// program is run for one, and no token is had.
func (p *Plan) Bare(u weburl.URL) *Plan {
	bare := *p
	bare.URL, bare.Show, bare.Wire = u, p.Shown(u), ""
	bare.Headers, bare.Helper, bare.SignIn = nil, nil, nil
	bare.Auth.Header, bare.Auth.Origin, bare.Rule = nil, u.Origin(), "probe"
	return &bare
}
