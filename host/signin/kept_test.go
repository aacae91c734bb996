package signin_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/headfast/headfast/host/store"
)

// kept is what a store has of a sign-in, by the names that are in it.
type kept struct {
	Issuer     string `json:"issuer"`
	Client     string `json:"client_id"`
	Secret     string `json:"client_secret"`
	Scope      string `json:"scope"`
	Access     string `json:"access_token"`
	Refresh    string `json:"refresh_token"`
	OldRefresh string `json:"old_refresh_token"`
	Type       string `json:"token_type"`
	Expires    int64  `json:"expires"`
}

// keptIn reads the one sign-in of a store.
func keptIn(t *testing.T, s store.Store) (key string, k kept) {
	t.Helper()
	keys, err := s.Keys(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range keys {
		if strings.HasPrefix(one, "dpop:") {
			continue
		}
		if key != "" {
			t.Fatalf("the store has %q", keys)
		}
		key = one
	}
	text, found, err := s.Get(context.Background(), key)
	if err != nil || !found {
		return key, k
	}
	if err := json.Unmarshal([]byte(text), &k); err != nil {
		t.Fatal(err)
	}
	return key, k
}

// secrets are those of the sign-in.
func (k kept) secrets() (all []string) {
	for _, one := range []string{k.Access, k.Refresh, k.OldRefresh, k.Secret} {
		if one != "" {
			all = append(all, one)
		}
	}
	return all
}

// mustNotTell fails where Headfast said a secret to its user.
func (f *fast) mustNotTell(secrets ...string) {
	f.t.Helper()
	said := f.told()
	for _, secret := range secrets {
		for _, dress := range dressed(secret) {
			if strings.Contains(said, dress) {
				at := strings.Index(said, dress)
				f.t.Errorf("a secret that ends in %q was told: …%s", secret[max(0, len(secret)-4):], said[max(0, at-200):at])
			}
		}
	}
}
