package machine

import (
	"encoding/base64"
	"encoding/binary"

	"github.com/headfast/headfast/wasm/oauth"
)

// secrets makes what nobody may guess (PKCE's verifiers, states, jtis) from the driver's entropy: the hash of the
// entropy and a counter, of which no two are alike and none tells of another.
type secrets struct {
	seed [32]byte
	n    uint64
}

func newSecrets(entropy []byte) (s secrets) {
	// The ids of requests, which servers see, are made of the entropy too: the hash keeps them apart.
	s.seed = oauth.SHA256(append([]byte("headfast secrets "), entropy...))
	return s
}

// Secret is the next one: 32 bytes as 43 characters of base64url (RFC 7636 section 4.1).
func (m *Machine) Secret() string {
	m.secrets.n++
	sum := oauth.SHA256(binary.BigEndian.AppendUint64(m.secrets.seed[:len(m.secrets.seed):len(m.secrets.seed)], m.secrets.n))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
