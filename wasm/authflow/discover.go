package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/provider"
	"github.com/headfast/headfast/wasm/weburl"
)

// discover is the way from the MCP server to its authorization server ("Authorization Server Discovery", 2026-07-28):
// the challenge's document, else the one at the server's path, else the one at its root.
func (f *flow) discover() {
	f.unlock() // what follows may take a person's time
	f.unlock, f.quiet = func() {}, false
	if f.a.set.ServerMetadata != "" {
		f.resource = f.a.mcp()
		f.askServer(f.a.set.Issuer, []string{f.a.set.ServerMetadata})
		return
	}
	at := oauth.Address{Origin: f.a.plan.URL.Origin(), Path: f.a.plan.URL.Path}
	candidates := at.ResourceMetadata()
	if f.ask.Metadata != "" {
		u, e := f.safe(f.ask.Metadata, "resource_metadata of the challenge")
		if e != nil {
			f.fail(e)
			return
		}
		candidates = once(append([]string{u.String()}, candidates...))
	}
	f.askResource(candidates)
}

// mcp is the server's address as a resource identifier: without a slash that nobody wrote (RFC 8707 section 2;
// "Canonical Server URI", 2026-07-28).
func (a *Account) mcp() string {
	u := a.plan.URL
	if u.Path == "/" {
		return u.Origin() + u.Query
	}
	return u.String()
}

// askResource asks for protected-resource metadata at one address after the other (RFC 9728 section 3).
func (f *flow) askResource(candidates []string) {
	if len(candidates) == 0 {
		f.withoutResource()
		return
	}
	u, err := weburl.Parse(candidates[0])
	if err != nil {
		f.askResource(candidates[1:])
		return
	}
	f.get(u, "asks the server who signs people in for it (its protected-resource metadata)", func(r *reply) {
		doc, err := f.document(r)
		if err == nil {
			f.prm, err = oauth.ParseResource(doc)
		}
		f.down = f.down || r.Failure != nil || r.Status >= 500 || r.Status == 429
		if err != nil {
			f.note("it does not say there who signs people in: " + err.Error())
			f.askResource(candidates[1:])
			return
		}
		f.checkResource()
	})
}

// document is the content of an answer that may be a document of metadata.
func (f *flow) document(r *reply) ([]byte, error) {
	switch {
	case r.Failure != nil:
		return nil, oauth.Unreadable("nothing answers there (" + r.Failure.Kind + ")")
	case !r.ok():
		return nil, oauth.Unreadable("the answer is " + number(r.Status))
	}
	return r.Body, nil
}

// checkResource is RFC 9728 section 3.3: the document must be this server's. A resource that is the server's origin, or
// a folder above its path, is taken too: it is how a server speaks for all that is below it.
func (f *flow) checkResource() {
	switch {
	case f.prm.Resource == "":
		f.fail(f.a.badResource("it names no resource"))
	case !f.covers(f.prm.Resource):
		f.fail(f.a.badResource(`it is for "` + f.a.quote(f.prm.Resource) + `", and the server is at ` + f.a.plan.Show))
	default:
		f.resource = f.prm.Resource
		f.note("the token will be for " + f.resource)
		f.chooseServer()
	}
}

func (f *flow) covers(resource string) bool {
	if strings.Contains(resource, "#") {
		return false
	}
	u, err := weburl.Parse(resource)
	if err != nil || !u.SameOrigin(f.a.plan.URL) {
		return false
	}
	if u.Path == f.a.plan.URL.Path {
		return u.Query == "" || u.Query == f.a.plan.URL.Query
	}
	return u.Query == "" && strings.HasPrefix(f.a.plan.URL.Path, strings.TrimSuffix(u.Path, "/")+"/")
}

func (a *Account) badResource(why string) *msg.Error {
	return problem.New(problem.Discovery, "What the server says about sign-in is not for this server", "Its protected-resource metadata cannot be used: "+why+". Nobody was sent anywhere.",
		"Check url; or tell the server's operator (RFC 9728 section 3.3).")
}

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
	if want := f.a.set.Issuer; want != "" && issuer != want {
		f.fail(problem.New(problem.Discovery, "The server is not signed in to where the entry says", "oauth.issuer is "+f.a.quote(want)+"; the server names "+f.a.quote(issuer)+".",
			"Correct oauth.issuer, or remove it."))
		return
	}
	u, e := f.safe(issuer, "authorization_servers")
	if e != nil {
		f.fail(e)
		return
	}
	f.note("the server says that " + issuer + " signs people in for it: that is its authorization server")
	f.askServer(issuer, oauth.Address{Origin: u.Origin(), Path: u.Path}.ServerMetadata())
}

// withoutResource is a server of before 2025-06-18: it is its own authorization server ("Server Metadata Discovery",
// 2025-03-26), with default endpoints where it has no metadata.
func (f *flow) withoutResource() {
	if f.prm == nil && (f.ask.Metadata != "" || f.down) {
		f.fail(problem.New(problem.Discovery, "The server does not say who signs people in for it", f.a.plan.URL.Authority()+" names a document about that, or has one, and it cannot be had.",
			"See --trace for what it answered; try again, or tell the server's operator."))
		return
	}
	f.legacy = f.prm == nil
	f.resource = f.a.mcp()
	f.note("the server names nobody who signs people in: it is asked itself, as servers of before 2025-06-18 do it")
	origin := f.a.plan.URL.Origin()
	f.askServer(origin, oauth.Address{Origin: origin}.ServerMetadata())
}

// askServer asks for an authorization server's metadata at one address after the other (RFC 8414 section 3).
func (f *flow) askServer(issuer string, candidates []string) {
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

// checkServer is RFC 8414 section 3.3: the issuer must be the one that was asked for, byte by byte.
func (f *flow) checkServer(issuer string, meta *oauth.Server) {
	if issuer == "" { // the entry names the document itself
		issuer = meta.Issuer
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

// chooseScope is "Scope Selection Strategy" (2026-07-28), after what the entry says: the challenge's, else what the
// resource supports, else none; never what the authorization server supports. A step-up adds to what was asked before.
func (f *flow) chooseScope() string {
	var scopes []string
	switch {
	case f.a.set.HasScopes:
		scopes = f.a.set.Scopes
	case f.ask.Scope != "":
		scopes = strings.Fields(f.ask.Scope)
	case f.prm != nil:
		scopes = f.prm.Scopes
	}
	if f.need.More {
		scopes = append(strings.Fields(f.a.rec.Scope), append(strings.Fields(f.ask.Scope), scopes...)...)
	}
	if !f.a.set.HasScopes && len(scopes) > 0 && contains(f.meta.Scopes, "offline_access") && f.a.set.Grant == "authorization_code" {
		scopes = append(scopes, "offline_access")
	}
	return scopeOf(scopes)
}

// longestScope bounds what is asked for and kept, in bytes.
const longestScope = 4096

// scopeOf joins scopes, each once, that may be ones (RFC 6749 section 3.3), as far as they fit.
func scopeOf(scopes []string) string {
	out := ""
	for _, s := range once(scopes) {
		if len(out)+len(s) < longestScope && legal(s) {
			out = strings.TrimPrefix(out+" "+s, " ")
		}
	}
	return out
}

func legal(scope string) bool {
	for i := 0; i < len(scope); i++ {
		if c := scope[i]; c <= ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return scope != ""
}

// scopeAsked says that the scope that is missing has been asked for before: to ask again would lead nowhere.
func (f *flow) scopeAsked() bool {
	had := strings.Fields(f.a.rec.Scope)
	for _, s := range strings.Fields(f.ask.Scope) {
		if !contains(had, s) {
			return false
		}
	}
	return true // also where it does not say what it wants
}

func once(all []string) (kept []string) {
	for _, s := range all {
		if !contains(kept, s) {
			kept = append(kept, s)
		}
	}
	return kept
}

func contains(all []string, s string) bool {
	for _, one := range all {
		if one == s {
			return true
		}
	}
	return false
}
