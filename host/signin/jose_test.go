package signin_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

// jwk is a public key (RFC 7517), ES256 or RS256.
type jwk struct {
	Type  string `json:"kty"`
	KeyID string `json:"kid,omitempty"`
	Curve string `json:"crv,omitempty"`
	X     string `json:"x,omitempty"`
	Y     string `json:"y,omitempty"`
	N     string `json:"n,omitempty"`
	E     string `json:"e,omitempty"`
	// D is there where a private key is sent, which must not be.
	D string `json:"d,omitempty"`
}

type jwtHeader struct {
	Type      string `json:"typ"`
	Algorithm string `json:"alg"`
	KeyID     string `json:"kid,omitempty"`
	Key       *jwk   `json:"jwk,omitempty"`
}

var b64 = base64.RawURLEncoding

// newKey makes a key for ES256.
func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

// publicJWK is the key's public half.
func publicJWK(key *ecdsa.PrivateKey) jwk {
	point, err := key.PublicKey.Bytes() // 4, x, y
	if err != nil {
		panic(err) // a key that newKey made has a point
	}
	return jwk{Type: "EC", Curve: "P-256", X: b64.EncodeToString(point[1:33]), Y: b64.EncodeToString(point[33:])}
}

// public is a *ecdsa.PublicKey, a *rsa.PublicKey, or nil.
func (k jwk) public() any {
	switch {
	case k.Type == "EC" && k.Curve == "P-256":
		x, errX := b64.DecodeString(k.X)
		y, errY := b64.DecodeString(k.Y)
		if errX != nil || errY != nil || len(x) != 32 || len(y) != 32 {
			return nil
		}
		key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
		if err != nil {
			return nil
		}
		return key
	case k.Type == "RSA":
		n, errN := b64.DecodeString(k.N)
		e, errE := b64.DecodeString(k.E)
		if errN != nil || errE != nil {
			return nil
		}
		return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	}
	return nil
}

// thumbprint is RFC 7638's, of a key for ES256.
func (k jwk) thumbprint() string {
	sum := sha256.Sum256(fmt.Appendf(nil, `{"crv":%q,"kty":%q,"x":%q,"y":%q}`, k.Curve, k.Type, k.X, k.Y))
	return b64.EncodeToString(sum[:])
}

// signJWT makes a JWT with ES256.
func signJWT(key *ecdsa.PrivateKey, header jwtHeader, claims any) (string, error) {
	header.Algorithm = "ES256"
	head, err := json.Marshal(header)
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	input := b64.EncodeToString(head) + "." + b64.EncodeToString(body)
	sum := sha256.Sum256([]byte(input))
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	if err != nil {
		return "", err
	}
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return input + "." + b64.EncodeToString(signature), nil
}

var errJWT = errors.New("the JWT is not signed as it says")

// openJWT checks a signature with the key that find picks, and reads the claims.
func openJWT(text string, find func(jwtHeader) any, claims any) (jwtHeader, error) {
	var header jwtHeader
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return header, errJWT
	}
	signature, err := b64.DecodeString(parts[2])
	if err != nil {
		return header, err
	}
	if err := unpack(parts[0], &header); err != nil {
		return header, err
	}
	sum := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	good := false
	switch key := find(header).(type) {
	case *ecdsa.PublicKey:
		good = header.Algorithm == "ES256" && len(signature) == 64 &&
			ecdsa.Verify(key, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	case *rsa.PublicKey:
		good = header.Algorithm == "RS256" && rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], signature) == nil
	}
	if !good {
		return header, errJWT
	}
	return header, unpack(parts[1], claims)
}

func unpack(part string, into any) error {
	raw, err := b64.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}
