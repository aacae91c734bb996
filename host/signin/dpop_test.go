package signin_test

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"sync"
	"time"
)

// proof are the claims of a DPoP proof (RFC 9449 section 4.2).
type proof struct {
	ID     string `json:"jti"`
	Method string `json:"htm"`
	URL    string `json:"htu"`
	Issued int64  `json:"iat"`
	Hash   string `json:"ath,omitempty"`
	Nonce  string `json:"nonce,omitempty"`
}

// prove makes a proof, for a token where there is one.
func prove(key *ecdsa.PrivateKey, method, address, token, nonce string) (string, error) {
	p := proof{ID: rand.Text(), Method: method, URL: address, Issued: time.Now().Unix(), Nonce: nonce}
	if token != "" {
		p.Hash = tokenHash(token)
	}
	public := publicJWK(key)
	return signJWT(key, jwtHeader{Type: "dpop+jwt", Key: &public}, p)
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return b64.EncodeToString(sum[:])
}

// proofs are those that a server has seen: none is good twice (RFC 9449 section 11.1).
type proofs struct {
	mu   sync.Mutex
	seen map[string]bool
}

var errNonce = errors.New("use_dpop_nonce")

// check reads the proof of a request at a public address (RFC 9449 section 4.3). It gives errNonce where only the
// nonce is not what is wanted.
func (p *proofs) check(r *http.Request, address, token, thumbprint, nonce string) error {
	given := r.Header.Values("Dpop")
	if len(given) != 1 {
		return errors.New("there is not one proof")
	}
	var said proof
	header, err := openJWT(given[0], func(h jwtHeader) any {
		if h.Key == nil || h.Key.D != "" {
			return nil
		}
		return h.Key.public()
	}, &said)
	if err != nil {
		return err
	}
	age := time.Since(time.Unix(said.Issued, 0))
	switch {
	case header.Type != "dpop+jwt":
		return errors.New("the proof's typ is " + header.Type)
	case header.Key.thumbprint() != thumbprint:
		return errors.New("the token is another key's")
	case said.Method != r.Method || said.URL != address:
		return errors.New("the proof is for " + said.Method + " " + said.URL)
	case said.Hash != tokenHash(token):
		return errors.New("the proof is for another token")
	case age > time.Minute || age < -time.Minute:
		return errors.New("the proof is too old or too new")
	case said.ID == "" || !p.first(said.ID):
		return errors.New("the proof was used before")
	case said.Nonce != nonce:
		return errNonce
	}
	return nil
}

func (p *proofs) first(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen[id] {
		return false
	}
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	p.seen[id] = true
	return true
}
