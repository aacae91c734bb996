package resolve

// Verdict is what a 401 or 403 leads to.
type Verdict uint8

const (
	// TellRefused: the configured header was refused; nothing else is tried.
	TellRefused Verdict = iota
	// TellMissing: a credential is wanted, and there is no way to one.
	TellMissing
	// TellOffer: the server offers sign-in, which the entry does not ask for: a person may.
	TellOffer
	// GetToken: by what is stored, or by a grant that needs no person, or by asking one.
	GetToken
	// MoreScope: the token lacks scope, and another may be had.
	MoreScope
	// TellForbidden: the token is good and does not allow this.
	TellForbidden
)

// Refusal is what is known where the server has refused a request.
type Refusal struct {
	// Status is 401 or 403.
	Status uint32
	// Offered says that the challenge points to protected-resource metadata, or that it asks for a bearer token;
	// Scope that it says insufficient_scope.
	Offered, Scope bool
	// Token says that a token was sent, Header that a configured credential was.
	Token, Header bool
	// Tries counts the tokens that were had for this very request.
	Tries int
}

// mostTries bounds the authorizations for one request ("Step-Up Authorization Flow", 2026-07-28).
const mostTries = 3

// Judge decides about a refusal, with the reason. asked is SignIn.Asked; may says that there is a SignIn at all. It is
// total: every combination has one verdict.
func Judge(may, asked bool, r Refusal) (Verdict, string) {
	switch {
	case !may && r.Header:
		return TellRefused, "a header is configured, so no sign-in is begun"
	case !may:
		return TellMissing, "the entry allows no sign-in"
	case r.Tries >= mostTries:
		return TellForbidden, "three tokens were had for this request, and none was enough"
	case r.Status == 403 && r.Scope && r.Token && r.Tries < mostTries-1:
		return MoreScope, "the token lacks scope, and the challenge says which"
	case r.Status == 403:
		return TellForbidden, "403 without insufficient_scope is no question of signing in"
	case r.Token:
		return GetToken, "the token was refused: it is renewed, or another is had"
	case asked:
		return GetToken, "the entry asks for sign-in, and the server for a token"
	case r.Offered:
		return TellOffer, "the server offers sign-in, and the entry does not ask for it"
	}
	return TellMissing, "the server offers no sign-in"
}
