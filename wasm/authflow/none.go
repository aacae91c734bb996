package authflow

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// needsNone is a server that answers without a token, and has nobody who signs people in.
func (f *flow) needsNone() *msg.Error {
	return problem.New(problem.Usage, `"`+f.a.plan.Server+`" needs no sign-in`,
		f.a.plan.URL.Authority()+" answered without one, and names nobody who signs people in.", "Use it as it is.")
}

// noSignIn is a server at which none of the addresses of a sign-in exists, not even those that nobody named.
func (f *flow) noSignIn(r *reply) *msg.Error {
	body := "Nobody is named who signs people in for it, and at the address that was usual before 2025-06-18 it answered "
	if r.Failure != nil {
		body += "nothing."
	} else {
		body += number(r.Status) + "."
	}
	hint := "Look whether its url is right at " + problem.At(f.a.plan.URLWhere) + "; else ask its operator how one signs in."
	switch f.need.Status {
	case 401, 403:
		body += " Without a credential the server itself answers " + number(f.need.Status) + "."
		hint = "It most likely wants a key: ask its operator for one, and put it into the headers of " + problem.At(f.a.plan.Where) + "."
	}
	return problem.New(problem.Discovery, f.a.plan.URL.Authority()+" has no sign-in (OAuth)", body, hint)
}
