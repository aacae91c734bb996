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
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/host/store"
	"github.com/headfast/headfast/jsbridge/msg"
)

// signs has a driver answer one Sign.
func signs(t *testing.T, o Options, s msg.Sign) *msg.Signed {
	t.Helper()
	if o.Accounts == nil {
		o.Accounts = store.Memory()
	}
	c := &Client{options: o, queue: newQueue(), signingState: newSigningState()}
	s.ID = 1
	c.sign(&s)
	c.running.Wait()
	items, taken := c.queue.take(nil, nil)
	release(taken)
	if len(items) != 1 || items[0].Signed == nil || items[0].Signed.ID != 1 {
		t.Fatalf("%d answers", len(items))
	}
	return items[0].Signed
}

func pkcs8(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return inPEM("PRIVATE KEY", der)
}

func inPEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// signingKeys are one of each kind that is known, with the algorithms that it can do.
func signingKeys(t *testing.T) (ec256, ec384 *ecdsa.PrivateKey, rsaKey *rsa.PrivateKey, ed ed25519.PrivateKey) {
	t.Helper()
	var err [4]error
	ec256, err[0] = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ec384, err[1] = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	rsaKey, err[2] = rsa.GenerateKey(rand.Reader, 2048)
	_, ed, err[3] = ed25519.GenerateKey(rand.Reader)
	for _, e := range err {
		if e != nil {
			t.Fatal(e)
		}
	}
	return
}

// verifies checks a signature with the standard library, and by the public key that was told.
func verifies(t *testing.T, algorithm string, public crypto.PublicKey, data, sig []byte) bool {
	t.Helper()
	sum := sha256.Sum256(data)
	halves := func(size int) (r, s *big.Int) {
		if len(sig) != 2*size {
			t.Errorf("%s: %d bytes", algorithm, len(sig))
			return new(big.Int), new(big.Int)
		}
		return new(big.Int).SetBytes(sig[:size]), new(big.Int).SetBytes(sig[size:])
	}
	switch algorithm {
	case "ES256":
		r, s := halves(32)
		return ecdsa.Verify(public.(*ecdsa.PublicKey), sum[:], r, s)
	case "ES384":
		r, s := halves(48)
		long := sha512.Sum384(data)
		return ecdsa.Verify(public.(*ecdsa.PublicKey), long[:], r, s)
	case "RS256":
		return rsa.VerifyPKCS1v15(public.(*rsa.PublicKey), crypto.SHA256, sum[:], sig) == nil
	case "PS256":
		return rsa.VerifyPSS(public.(*rsa.PublicKey), crypto.SHA256, sum[:], sig, &rsa.PSSOptions{SaltLength: 32}) == nil
	case "EdDSA":
		return ed25519.Verify(public.(ed25519.PublicKey), data, sig)
	}
	return false
}

// readJWK is the public key of a JWK (RFC 7518 section 6, RFC 8037 section 2).
func readJWK(t *testing.T, text string) crypto.PublicKey {
	t.Helper()
	var k struct{ Kty, Crv, X, Y, N, E, D string }
	if err := json.Unmarshal([]byte(text), &k); err != nil || k.D != "" {
		t.Fatalf("%v, or a private half", err)
	}
	raw := func(s string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	switch k.Kty {
	case "EC":
		curve := map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384()}[k.Crv]
		public, err := ecdsa.ParseUncompressedPublicKey(curve, append([]byte{4}, append(raw(k.X), raw(k.Y)...)...))
		if err != nil {
			t.Fatal(err)
		}
		return public
	case "RSA":
		return &rsa.PublicKey{N: new(big.Int).SetBytes(raw(k.N)), E: int(new(big.Int).SetBytes(raw(k.E)).Int64())}
	}
	return ed25519.PublicKey(raw(k.X))
}

// TestSign: each algorithm, from each form that a key has, by a variable and by a file.
func TestSign(t *testing.T) {
	ec256, ec384, rsaKey, ed := signingKeys(t)
	sec1, err := x509.MarshalECPrivateKey(ec256)
	if err != nil {
		t.Fatal(err)
	}
	// What openssl writes before an EC key.
	parameters := inPEM("EC PARAMETERS", []byte{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07})
	data := []byte("header.payload")
	for name, one := range map[string]struct {
		text      string
		wanted    string
		algorithm string
		public    crypto.PublicKey
	}{
		"P-256":                 {pkcs8(t, ec256), "", "ES256", ec256.Public()},
		"P-256 by name":         {pkcs8(t, ec256), "ES256", "ES256", ec256.Public()},
		"P-256, SEC 1":          {inPEM("EC PRIVATE KEY", sec1), "", "ES256", ec256.Public()},
		"P-256, as openssl has": {parameters + inPEM("EC PRIVATE KEY", sec1), "", "ES256", ec256.Public()},
		"P-384":                 {pkcs8(t, ec384), "", "ES384", ec384.Public()},
		"RSA":                   {pkcs8(t, rsaKey), "", "RS256", rsaKey.Public()},
		"RSA, PKCS 1":           {inPEM("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey)), "", "RS256", rsaKey.Public()},
		"RSA, PS256":            {pkcs8(t, rsaKey), "PS256", "PS256", rsaKey.Public()},
		"Ed25519":               {pkcs8(t, ed), "", "EdDSA", ed.Public()},
	} {
		file := filepath.Join(t.TempDir(), "key.pem")
		if err := os.WriteFile(file, []byte(one.text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, where := range []string{"env:KEY", "file:" + file} {
			o := Options{Env: vars(map[string]string{"KEY": one.text})}
			for range 20 { // a half that begins with zeros must keep its length
				got := signs(t, o, msg.Sign{Key: where, Algorithm: one.wanted, Data: data})
				if got.Failure != nil || got.Algorithm != one.algorithm || !verifies(t, one.algorithm, one.public, data, got.Signature) {
					t.Fatalf("%s: %+v", name, got)
				}
				if told := readJWK(t, got.JWK); !told.(interface{ Equal(crypto.PublicKey) bool }).Equal(one.public) {
					t.Fatalf("%s: the JWK is another key's: %s", name, got.JWK)
				}
				if strings.Contains(one.algorithm, "RS") {
					break
				}
			}
		}
	}
}

// TestSignJWK: the public key alone, in the order of a thumbprint (RFC 7638 section 3.2).
func TestSignJWK(t *testing.T) {
	ec256, _, rsaKey, ed := signingKeys(t)
	for text, order := range map[string]string{pkcs8(t, ec256): `{"crv":"P-256","kty":"EC","x":"`, pkcs8(t, rsaKey): `{"e":"AQAB","kty":"RSA","n":"`, pkcs8(t, ed): `{"crv":"Ed25519","kty":"OKP","x":"`} {
		got := signs(t, Options{Env: vars(map[string]string{"KEY": text})}, msg.Sign{Key: "env:KEY"})
		if got.Failure != nil || !strings.HasPrefix(got.JWK, order) || len(got.Signature) > 0 {
			t.Errorf("%+v", got)
		}
	}
}

// TestSignFails: what cannot be used is told without anything of it.
func TestSignFails(t *testing.T) {
	ec256, _, _, ed := signingKeys(t)
	p521, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := pkcs8(t, ec256)
	line := strings.Split(good, "\n")[1]
	large := filepath.Join(t.TempDir(), "large.pem")
	if err := os.WriteFile(large, []byte(strings.Repeat(good, 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(ec256.Public())
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Env: vars(map[string]string{
		"BARE": line, "CUT": good[:len(good)/2], "BROKEN": strings.Replace(good, line, line[1:]+"A", 1), "PUBLIC": inPEM("PUBLIC KEY", public), "P521": pkcs8(t, p521),
		"LOCKED": strings.ReplaceAll(good, "PRIVATE", "ENCRYPTED PRIVATE"), "EMPTY": "", "GOOD": good, "ED": pkcs8(t, ed),
	})}
	for _, s := range []msg.Sign{{Key: "env:BARE"}, {Key: "env:CUT"}, {Key: "env:BROKEN"}, {Key: "env:PUBLIC"}, {Key: "env:P521"}, {Key: "env:LOCKED"}, {Key: "env:EMPTY"}, {Key: "env:UNSET"},
		{Key: "env:GOOD", Algorithm: "RS256"}, {Key: "env:GOOD", Algorithm: "ES384"}, {Key: "env:GOOD", Algorithm: "none"}, {Key: "env:GOOD", Algorithm: "HS256"}, {Key: "env:ED", Algorithm: "ES256"},
		{Key: "file:" + filepath.Join(t.TempDir(), "none.pem")}, {Key: "file:" + t.TempDir()}, {Key: "file:" + large}, {Key: line}, {Key: ""}, {Key: "https://example.com/key"}} {
		s.Data = []byte("data")
		got := signs(t, o, s)
		if got.Failure == nil || got.Failure.Kind != msg.FailKey || got.Failure.Detail == "" || len(got.Signature) > 0 {
			t.Errorf("%.20s %s: %+v", s.Key, s.Algorithm, got)
			continue
		}
		for i := 0; i+12 <= len(line); i += 8 {
			if strings.Contains(got.Failure.Detail, line[i:i+12]) {
				t.Errorf("%s: the key is told: %s", s.Key, got.Failure.Detail)
			}
		}
	}
}

// TestOwnKey: a key of an account is made once, kept, and the same after a restart; one that cannot be kept is not used.
func TestOwnKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "accounts")
	s := msg.Sign{Key: "dpop:mcp.acme.example-0123", Algorithm: "ES256", Data: []byte("proof")}
	first := signs(t, Options{Accounts: store.File(dir)}, s)
	second := signs(t, Options{Accounts: store.File(dir)}, s)
	if first.Failure != nil || first.JWK == "" || first.JWK != second.JWK {
		t.Fatalf("%+v, then %+v", first, second)
	}
	if !verifies(t, "ES256", readJWK(t, first.JWK), s.Data, second.Signature) {
		t.Error("it was another key")
	}
	other := s
	other.Key = "dpop:mcp.acme.example-4567"
	if signs(t, Options{Accounts: store.File(dir)}, other).JWK == first.JWK {
		t.Error("two accounts have one key")
	}
	if got := signs(t, Options{Accounts: unwritable{store.Memory()}}, s); got.Failure == nil || got.JWK != "" {
		t.Errorf("a key that could not be kept was used: %+v", got)
	}
}

type unwritable struct{ store.Store }

func (unwritable) Put(context.Context, string, string) error {
	return errors.New("no space left on device")
}

// slowGet gives other clients time to look for the same key.
type slowGet struct{ store.Store }

func (s slowGet) Get(ctx context.Context, key string) (string, bool, error) {
	value, found, err := s.Store.Get(ctx, key)
	time.Sleep(20 * time.Millisecond)
	return value, found, err
}

// TestOwnKeyOnce: clients that share a store and need an account's first key in the same moment get one and the same.
func TestOwnKeyOnce(t *testing.T) {
	shared := slowGet{store.File(filepath.Join(t.TempDir(), "accounts"))}
	told := make(chan string, 8)
	for range cap(told) {
		go func() {
			told <- signs(t, Options{Accounts: shared}, msg.Sign{Key: "dpop:a", Algorithm: "ES256"}).JWK
		}()
	}
	first := <-told
	for range cap(told) - 1 {
		if next := <-told; next != first || next == "" {
			t.Errorf("%q and %q", first, next)
		}
	}
}
