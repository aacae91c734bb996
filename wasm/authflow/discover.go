package authflow

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/trace"
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
		if r.Failure != nil {
			f.silence = r.Failure
		} else {
			f.answered = true
		}
		if r.Failure != nil || r.Status >= 500 || r.Status == 429 {
			f.down, f.failed = true, r.Status
		}
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
	case !covers(f.prm.Resource, f.a.plan.URL):
		f.fail(f.a.badResource(`it is for "` + f.a.quote(f.prm.Resource) + `", and the server is at ` + f.a.plan.Show))
	default:
		f.resource = f.prm.Resource
		f.note("the token will be for " + f.resource)
		f.chooseServer()
	}
}

// covers says whether a resource identifier is the server's, or of a folder above it.
func covers(resource string, server weburl.URL) bool {
	if strings.Contains(resource, "#") {
		return false
	}
	u, err := weburl.Parse(resource)
	if err != nil || !u.SameOrigin(server) {
		return false
	}
	if u.Path == server.Path {
		return u.Query == "" || u.Query == server.Query
	}
	return u.Query == "" && strings.HasPrefix(server.Path, strings.TrimSuffix(u.Path, "/")+"/")
}

func (a *Account) badResource(why string) *msg.Error {
	return problem.New(problem.Discovery, "What the server says about sign-in is not for this server", "Its protected-resource metadata cannot be used: "+why+". Nobody was sent anywhere.",
		"Check url; or tell the server's operator (RFC 9728 section 3.3).")
}

// unsaid is a server whose document about sign-in cannot be had.
func (f *flow) unsaid() *msg.Error {
	if f.failed >= 500 {
		return problem.New(problem.Discovery, "The server cannot say now who signs people in for it", f.a.plan.URL.Authority()+" answered "+number(f.failed)+" where it should say so.",
			"Nothing is wrong with your configuration: try again later.")
	}
	return problem.New(problem.Discovery, "The server does not say who signs people in for it", f.a.plan.URL.Authority()+" names a document about that, and it cannot be had.",
		"See --trace for what it answered; try again, or tell the server's operator.")
}

// unreached is a server that gave no answer at all.
func (f *flow) unreached() *msg.Error {
	return problem.New(problem.Unreachable, "Nothing answers at "+f.a.plan.URL.Authority(),
		"It was asked who signs people in for it: "+trace.Line(f.a.redact.Text(f.silence.Detail))+".", "Look whether the server is up, and at its url.")
}

// withoutResource is a server of before 2025-06-18: it is its own authorization server ("Server Metadata Discovery",
// 2025-03-26), with default endpoints where it has no metadata.
func (f *flow) withoutResource() {
	if f.silence != nil && !f.answered && f.ask.Metadata == "" {
		f.fail(f.unreached())
		return
	}
	if f.prm == nil && (f.ask.Metadata != "" || f.down) {
		f.fail(f.unsaid())
		return
	}
	f.legacy = f.prm == nil
	f.resource = f.a.mcp()
	f.note("the server names nobody who signs people in: it is asked itself, as servers of before 2025-06-18 do it")
	origin := f.a.plan.URL.Origin()
	f.askServer(origin, oauth.Address{Origin: origin}.ServerMetadata())
}
