package authflow

import (
	"strconv"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/weburl"
)

type header = msg.Header

const dpop = "DPoP"

// dpopKey is the driver's name for the key that this account's proofs are signed with.
func (a *Account) dpopKey() string { return "dpop:" + a.key }

// prove finds out the public key before the first proof.
func (f *flow) prove(next func()) { f.a.prove(f.step(next), func(why string) { f.fail(f.noKey(why)) }) }

func (a *Account) prove(next func(), failed func(why string)) {
	if a.jwk != "" {
		next()
		return
	}
	a.out.Sign(&msg.Sign{Key: a.dpopKey(), Algorithm: "ES256"}, func(s *msg.Signed) {
		if s.Failure != nil || s.JWK == "" {
			failed(failureText(s.Failure))
			return
		}
		a.jwk, a.alg = s.JWK, "ES256"
		next()
	})
}

func failureText(f *msg.Failure) string {
	if f == nil {
		return "there is none"
	}
	return f.Detail
}

func (f *flow) noKey(why string) *msg.Error {
	return problem.New(problem.KeyMissing, "The key that signs cannot be used", f.a.quote(why)+".", "Check oauth.privateKey: a key in PEM (PKCS 8) at env:NAME or file:PATH.")
}

// proof is a DPoP proof for one request (RFC 9449 section 4.2); the driver signs it. token is the one it goes with.
func (a *Account) proof(method, address, origin, token string) *msg.Proof {
	if a.jwk == "" {
		return nil
	}
	head := append(append([]byte(`{"typ":"dpop+jwt","alg":"`+a.alg+`","jwk":`), a.jwk...), '}')
	body := jsontext.AppendString([]byte(`{"jti":`), a.out.Secret())
	body = append(body, `,"htm":"`+method+`","htu":`...)
	body = jsontext.AppendString(body, withoutQuery(address))
	body = strconv.AppendInt(append(body, `,"iat":`...), a.out.Wall()/1000, 10)
	if token != "" {
		sum := oauth.SHA256([]byte(token))
		body = append(body, `,"ath":"`+base64url(sum[:])+`"`...)
	}
	if nonce := a.nonces[origin]; nonce != "" {
		body = jsontext.AppendString(append(body, `,"nonce":`...), nonce)
	}
	return &msg.Proof{Key: a.dpopKey(), Input: base64url(head) + "." + base64url(append(body, '}'))}
}

func withoutQuery(address string) string {
	u, err := weburl.Parse(address)
	if err != nil {
		return address
	}
	u.Query = ""
	return u.String()
}

// mostNonces bounds the origins whose nonces are remembered, longestNonce one of them.
const (
	mostNonces   = 16
	longestNonce = 1024
)

// setNonce remembers a server's DPoP-Nonce (RFC 9449 section 8.2).
func (a *Account) setNonce(origin, nonce string) {
	if nonce == "" || len(nonce) > longestNonce || len(a.nonces) >= mostNonces && a.nonces[origin] == "" {
		return
	}
	a.nonces[origin] = nonce
}

// Nonce remembers what an answer of the MCP server said.
func (a *Account) Nonce(nonce string) { a.setNonce(a.plan.URL.Origin(), nonce) }

// Prepared calls then when a token that came from the store can be used: a DPoP token wants its key.
func (a *Account) Prepared(then func()) {
	if a.rec.Type != dpop || a.jwk != "" {
		then()
		return
	}
	a.prove(then, func(string) {
		a.rec.Access = "" // it cannot be used; another may be had
		then()
	})
}

// assertionLife is how long a client assertion is good, in seconds.
const assertionLife = 300

// assertion signs who this client is (RFC 7523 section 3; OpenID Connect Core section 9). The audience is the issuer
// (RFC 7523bis, and the extension "OAuth Client Credentials").
func (f *flow) assertion(id string, next func(jwt string)) {
	a := f.a
	a.out.Sign(&msg.Sign{Key: a.set.PrivateKey, Algorithm: a.set.Algorithm}, func(s *msg.Signed) {
		if f.over {
			return
		}
		if s.Failure != nil || s.Algorithm == "" {
			f.fail(f.noKey(failureText(s.Failure)))
			return
		}
		input := f.assertionInput(id, s.Algorithm)
		a.out.Sign(&msg.Sign{Key: a.set.PrivateKey, Algorithm: s.Algorithm, Data: []byte(input)}, func(s *msg.Signed) {
			switch {
			case f.over:
			case s.Failure != nil:
				f.fail(f.noKey(failureText(s.Failure)))
			default:
				next(input + "." + base64url(s.Signature))
			}
		})
	})
}

func (f *flow) assertionInput(id, alg string) string {
	audience := f.a.rec.Issuer
	if f.meta != nil {
		audience = f.meta.Issuer
	}
	head := jsontext.AppendString([]byte(`{"typ":"JWT","alg":`), alg)
	if kid := f.a.set.KeyID; kid != "" {
		head = jsontext.AppendString(append(head, `,"kid":`...), kid)
	}
	now := f.a.out.Wall() / 1000
	body := jsontext.AppendString([]byte(`{"iss":`), id)
	body = jsontext.AppendString(append(body, `,"sub":`...), id)
	body = jsontext.AppendString(append(body, `,"aud":`...), audience)
	body = jsontext.AppendString(append(body, `,"jti":`...), f.a.out.Secret())
	body = strconv.AppendInt(append(body, `,"iat":`...), now, 10)
	body = strconv.AppendInt(append(body, `,"exp":`...), now+assertionLife, 10)
	return base64url(append(head, '}')) + "." + base64url(append(body, '}'))
}
