package authflow

import "github.com/headfast/headfast/jsbridge/msg"

// How long after a sign-in a person is not asked for another, in milliseconds, since the one before was of no use: while
// its token is good by what was said of it, and where it is over already.
const (
	soon       = 300_000
	soonAtMost = 60_000
)

// justSignedIn says that a person signed in only just: a server that refuses what came of that, again and again, must
// not have them do nothing else.
func (a *Account) justSignedIn() bool {
	within := int64(soon)
	if a.ends != 0 && a.out.Now() >= a.ends {
		within = soonAtMost
	}
	since := a.out.Wall() - a.rec.SignedIn
	return a.rec.SignedIn != 0 && since >= 0 && since < within
}

// tooSoon says that a person signed in to this issuer only just, and wants no other scope and did not ask to be asked
// again. Where the authorization server itself has ended the sign-in, there is no token, and they are asked.
func (f *flow) tooSoon() *msg.Error {
	a := f.a
	if a.rec.Access == "" || f.need.Anew || f.need.More || f.meta.Issuer != a.rec.Issuer || !a.justSignedIn() {
		return nil
	}
	e := a.TokenRefused(401, f.need.Said)
	e.Body += " You signed in for it less than five minutes ago, so you are not asked again."
	e.Hint = "Tell the server's operator. To sign in all the same: headfast login " + a.plan.Server
	return e
}
