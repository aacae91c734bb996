package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
)

// chooseServer takes the issuer that the entry wants, the one that signed in before, or the first.
func (f *flow) chooseServer() {
	if len(f.prm.Servers) == 0 {
		f.withoutResource()
		return
	}
	issuer := f.prm.Servers[0]
	for _, want := range []string{f.a.rec.Issuer, f.a.set.Issuer} {
		for _, s := range f.prm.Servers {
			if want != "" && s == want {
				issuer = s
			}
		}
	}
	u, e := f.safe(issuer, "authorization_servers")
	if e != nil {
		f.fail(e)
		return
	}
	f.note("the server says that " + issuer + " signs people in for it: that is its authorization server")
	f.askServer(issuer, oauth.Address{Origin: u.Origin(), Path: u.Path}.ServerMetadata())
}

// askServer asks for an authorization server's metadata at one address after the other (RFC 8414 section 3).
func (f *flow) askServer(issuer string, candidates []string) {
	if e := f.elsewhere(issuer); e != nil {
		f.fail(e)
		return
	}
	if len(candidates) == 0 {
		f.withoutMetadata(issuer)
		return
	}
	named := f.a.set.ServerMetadata != ""
	u, e := f.safe(candidates[0], "the authorization server's metadata")
	if named {
		u, e = f.trusted(candidates[0], "oauth.authServerMetadataUrl")
	}
	if e != nil {
		f.fail(e)
		return
	}
	f.getFrom(u, "asks the authorization server for the addresses of its pages (its metadata)", named, func(r *reply) {
		doc, err := f.document(r)
		var meta *oauth.Server
		if err == nil {
			meta, err = oauth.ParseServer(doc)
		}
		if err != nil {
			f.note("its metadata is not there: " + err.Error())
			f.silent = r.Failure
			f.askServer(issuer, candidates[1:])
			return
		}
		f.checkServer(issuer, meta)
	})
}

// elsewhere refuses another authorization server than the entry names, however one came to it: what is secret is for
// that one alone.
func (f *flow) elsewhere(issuer string) *msg.Error {
	want := f.a.set.Issuer
	if want == "" || issuer == want {
		return nil
	}
	return problem.New(problem.Discovery, "The server names another sign-in than the entry allows", "oauth.issuer is "+f.a.quote(want)+"; the server leads to "+f.a.quote(issuer)+".",
		"Correct oauth.issuer, or remove it.")
}

// checkServer is RFC 8414 section 3.3: the issuer must be the one that was asked for, byte by byte.
func (f *flow) checkServer(issuer string, meta *oauth.Server) {
	if issuer == "" { // the entry names the document itself
		issuer = meta.Issuer
	}
	if e := f.elsewhere(meta.Issuer); e != nil && !provider.Of(f.a.set.Issuer).Issuer(f.a.set.Issuer, meta.Issuer) {
		f.fail(e)
		return
	}
	if !provider.Of(issuer).Issuer(issuer, meta.Issuer) && !(f.legacy && meta.Issuer == issuer+"/") {
		f.fail(problem.New(problem.Discovery, "The authorization server is not who it should be", "Asked for "+f.a.quote(issuer)+`, its metadata says it is "`+f.a.quote(meta.Issuer)+
			`". Nothing of it was used.`, "Tell the operator: both must be the same to the letter (RFC 8414 section 3.3). If you know that it is right, name the document in oauth.authServerMetadataUrl."))
		return
	}
	for _, e := range []struct{ text, what string }{{meta.Authorize, "authorization_endpoint"}, {meta.Token, "token_endpoint"},
		{meta.Register, "registration_endpoint"}, {meta.Revoke, "revocation_endpoint"}, {meta.Device, "device_authorization_endpoint"}} {
		if e.text == "" {
			continue
		}
		if _, bad := f.safe(e.text, e.what); bad != nil {
			f.fail(bad)
			return
		}
	}
	f.note("the authorization server says that it is " + meta.Issuer + ", as it should")
	if meta.Issuer == f.a.rec.Issuer && f.a.rec.Refresh != "" && f.fruitless() && !f.need.Anew {
		f.fail(f.a.TokenRefused(401, f.need.Said))
		return
	}
	f.meta, f.known = meta, provider.Of(meta.Issuer)
	f.grant()
}

// withoutMetadata takes the default endpoints of 2025-03-26 where the server has no metadata of any kind; else there is
// nothing to sign in with.
func (f *flow) withoutMetadata(issuer string) {
	if f.silent != nil {
		f.fail(problem.New(problem.Unreachable, "Nothing answers where the server has people sign in", f.a.quote(issuer)+": "+f.silent.Kind+", "+f.a.quote(f.silent.Detail)+".", "Try again later."))
		return
	}
	if at := f.a.set.ServerMetadata; at != "" {
		f.fail(problem.New(problem.Discovery, "The document that the entry names is no metadata of an authorization server", f.a.quote(at)+" has none that can be read.",
			"Correct oauth.authServerMetadataUrl; see --trace for what it answered."))
		return
	}
	if !f.legacy {
		f.fail(problem.New(problem.Discovery, "The authorization server has no metadata", f.a.quote(issuer)+" answers at none of its well-known addresses with a document that can be read.",
			"See --trace for what it answered; tell its operator, or name the document in oauth.authServerMetadataUrl."))
		return
	}
	if s := f.a.set; s.Grant != "authorization_code" || s.ClientSecret != "" || s.PrivateKey != "" {
		f.fail(problem.New(problem.Discovery, "The server does not say where a token is to be had", f.a.plan.URL.Authority()+" has no metadata about sign-in; what is secret goes to no address that is only guessed.",
			"Name the authorization server's metadata in oauth.authServerMetadataUrl."))
		return
	}
	if f.need.Status/100 == 2 {
		f.fail(f.needsNone())
		return
	}
	f.guessed = true
	f.note("nobody says where to sign in: the addresses that MCP had before 2025-06-18 are tried")
	f.meta = &oauth.Server{Issuer: issuer, Authorize: issuer + "/authorize", Token: issuer + "/token", Register: issuer + "/register",
		Challenges: []string{"S256"}, HasChallenges: true, AuthMethods: []string{"none"}, HasMethods: true}
	f.grant()
}

// grant goes on as the entry wants to get a token.
func (f *flow) grant() {
	f.dpop = f.ask.DPoP && !f.ask.Bearer || f.a.set.DPoP || f.prm != nil && f.prm.DPoPBound
	f.scope = f.chooseScope()
	if f.meta.Token == "" {
		f.fail(problem.New(problem.Discovery, "The authorization server has no token endpoint", f.a.quote(f.meta.Issuer)+" names none in its metadata.", "Tell its operator."))
		return
	}
	for _, e := range []*msg.Error{f.moved(), f.entrusted(), f.tooSoon()} {
		if e != nil {
			f.fail(e)
			return
		}
	}
	next := f.authorize
	switch f.a.set.Grant {
	case "client_credentials":
		next = f.clientCredentials
	case "jwt_bearer":
		next = f.workload
	case "enterprise":
		next = f.enterprise
	case "device_code":
		next = f.device
	}
	if f.dpop {
		f.prove(next)
		return
	}
	next()
}
