package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// secret is a folder's key.
type secret struct {
	// item is what the keychain calls it, id what records call it.
	item, id string
	aead     cipher.AEAD
}

// newSecret gives a new key in base64, as the keychain gets it.
func newSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return base64.StdEncoding.EncodeToString(key)
}

// parseSecret fails with errNoKey for what newSecret did not make: a keychain on macOS that was locked has been seen
// to keep an empty item.
func parseSecret(item, text string) (*secret, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != 32 {
		return nil, errNoKey
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte("headfast key\n"), key...))
	return &secret{item: item, id: hex.EncodeToString(sum[:8]), aead: aead}, nil
}

// bound ties a value to its key, so that no entry can be passed off as another.
func bound(key string) []byte { return []byte("headfast account\n" + key) }

func (s *secret) seal(key, value string) record {
	return record{key: key, sealed: s.id, value: s.aead.Seal(nil, nil, []byte(value), bound(key))}
}

func (s *secret) open(r record) (string, error) {
	value, err := s.aead.Open(nil, nil, r.value, bound(r.key))
	if err != nil {
		return "", ErrDamaged
	}
	return string(value), nil
}
