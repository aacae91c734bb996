package host

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// sign answers a Sign.
func (c *Client) sign(s *msg.Sign) {
	c.work(s.ID, func(ctx context.Context) msg.Input {
		signed := &msg.Signed{ID: s.ID}
		key, err := c.key(ctx, s.Key)
		if err == nil {
			signed.Algorithm, err = algorithmOf(key, s.Algorithm)
		}
		if err == nil {
			signed.JWK, err = jwk(key.Public())
		}
		if err == nil && len(s.Data) > 0 {
			signed.Signature, err = signature(key, signed.Algorithm, s.Data)
		}
		if err != nil {
			signed = &msg.Signed{ID: s.ID, Failure: &msg.Failure{Kind: keyKind(err), Detail: err.Error()}}
		}
		return msg.Input{Signed: signed}
	})
}

func keyKind(err error) string {
	if k := storeKind(err); k == msg.FailLocked {
		return k
	}
	return msg.FailKey
}

// key finds a key by its name, as msg.Sign has it.
func (c *Client) key(ctx context.Context, name string) (crypto.Signer, error) {
	kind, rest, _ := strings.Cut(name, ":")
	switch kind {
	case "env":
		text, found := c.options.Env(rest)
		if !found {
			return nil, errors.New(rest + " is not set")
		}
		return parseKey(text)
	case "file":
		text, found, err := readFile(rest)
		if err == nil && !found {
			err = errors.New("there is no file " + rest)
		}
		if err != nil {
			return nil, err
		}
		return parseKey(text)
	case "dpop":
		return c.ownKey(ctx, name)
	}
	return nil, errors.New("there is no such kind of key")
}

// ownKey is a key that was made for an account, or is made now: one, of all that share the store.
func (c *Client) ownKey(ctx context.Context, name string) (crypto.Signer, error) {
	text, found, err := c.options.Accounts.Get(ctx, name)
	if err == nil && !found {
		unlock, bad := c.options.Accounts.Lock(ctx, name)
		if bad != nil {
			return nil, bad
		}
		defer unlock()
		text, found, err = c.options.Accounts.Get(ctx, name)
	}
	if err != nil {
		return nil, err
	}
	if found {
		return parseKey(text)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	text = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	return key, c.options.Accounts.Put(ctx, name, text)
}

// parseKey reads PEM: PKCS 8, or what openssl writes for EC and RSA. The error has nothing of the text.
func parseKey(text string) (crypto.Signer, error) {
	block, rest := pem.Decode([]byte(text))
	for block != nil && block.Type == "EC PARAMETERS" { // openssl ecparam -genkey writes the curve's name first
		block, rest = pem.Decode(rest)
	}
	if block == nil {
		return nil, errors.New("it is no PEM")
	}
	var key any
	var err error
	switch block.Type {
	case "EC PRIVATE KEY":
		key, err = x509.ParseECPrivateKey(block.Bytes)
	case "RSA PRIVATE KEY":
		key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "PRIVATE KEY":
		key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	default:
		return nil, errors.New("its PEM holds no private key that is not encrypted")
	}
	signer, ok := key.(crypto.Signer)
	if err != nil || !ok {
		return nil, errors.New("its private key cannot be read")
	}
	return signer, nil
}

// algorithmOf is the wanted algorithm where the key can do it, or the key's own (RFC 7518 section 3.1, RFC 8037).
func algorithmOf(key crypto.Signer, wanted string) (string, error) {
	var can []string
	switch k := key.Public().(type) {
	case *ecdsa.PublicKey:
		can = map[elliptic.Curve][]string{elliptic.P256(): {"ES256"}, elliptic.P384(): {"ES384"}}[k.Curve]
	case *rsa.PublicKey:
		can = []string{"RS256", "PS256"}
	case ed25519.PublicKey:
		can = []string{"EdDSA"}
	}
	for _, a := range can {
		if a == wanted || wanted == "" {
			return a, nil
		}
	}
	return "", errors.New("the key cannot sign " + wanted)
}

// jwk is the public key's required members in the order of RFC 7638 section 3.2.
func jwk(public crypto.PublicKey) (string, error) {
	b64 := base64.RawURLEncoding.EncodeToString
	var out []byte
	var err error
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		raw, bad := k.Bytes()
		if bad != nil {
			return "", bad
		}
		half := (len(raw) - 1) / 2
		out, err = json.Marshal(struct {
			Crv string `json:"crv"`
			Kty string `json:"kty"`
			X   string `json:"x"`
			Y   string `json:"y"`
		}{k.Params().Name, "EC", b64(raw[1 : 1+half]), b64(raw[1+half:])})
	case *rsa.PublicKey:
		out, err = json.Marshal(struct {
			E   string `json:"e"`
			Kty string `json:"kty"`
			N   string `json:"n"`
		}{b64(big.NewInt(int64(k.E)).Bytes()), "RSA", b64(k.N.Bytes())})
	case ed25519.PublicKey:
		out, err = json.Marshal(struct {
			Crv string `json:"crv"`
			Kty string `json:"kty"`
			X   string `json:"x"`
		}{"Ed25519", "OKP", b64(k)})
	default:
		err = errors.New("the key is of a kind that is not known")
	}
	return string(out), err
}

// signature is a JWS signature (RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1).
func signature(key crypto.Signer, algorithm string, data []byte) ([]byte, error) {
	switch algorithm {
	case "EdDSA":
		return key.Sign(rand.Reader, data, crypto.Hash(0))
	case "ES384":
		sum := sha512.Sum384(data)
		return ecdsaSignature(key, sum[:], 48)
	}
	sum := sha256.Sum256(data)
	switch algorithm {
	case "ES256":
		return ecdsaSignature(key, sum[:], 32)
	case "PS256":
		return key.Sign(rand.Reader, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: crypto.SHA256})
	}
	return key.Sign(rand.Reader, sum[:], crypto.SHA256)
}

// ecdsaSignature is r and s, each of that many bytes.
func ecdsaSignature(key crypto.Signer, sum []byte, size int) ([]byte, error) {
	private, ok := key.(*ecdsa.PrivateKey)
	if !ok {
		return nil, errors.New("the key cannot sign that")
	}
	r, s, err := ecdsa.Sign(rand.Reader, private, sum)
	if err != nil {
		return nil, err
	}
	return append(r.FillBytes(make([]byte, size)), s.FillBytes(make([]byte, size))...), nil
}

// proofHeader is a DPoP proof with its signature (RFC 9449 section 4.2).
func (c *Client) proofHeader(ctx context.Context, p *msg.Proof) (string, error) {
	key, err := c.key(ctx, p.Key)
	if err != nil {
		return "", err
	}
	sig, err := signature(key, "ES256", []byte(p.Input))
	if err != nil {
		return "", err
	}
	return p.Input + "." + base64.RawURLEncoding.EncodeToString(sig), nil
}
