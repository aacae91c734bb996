package signin_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// mustNotHave fails where a request carries a secret, as it is or in another dress.
func mustNotHave(t *testing.T, all []request, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		for _, where := range carrying(all, secret) {
			t.Errorf("a secret that ends in %q came with %s", secret[max(0, len(secret)-4):], where)
		}
	}
}

// carrying says in which requests a secret came, and where in them.
func carrying(all []request, secret string) (found []string) {
	dresses := dressed(secret)
	has := func(text string) bool {
		return slices.ContainsFunc(dresses, func(d string) bool { return strings.Contains(text, d) })
	}
	for i, r := range all {
		at := func(part string) {
			found = append(found, fmt.Sprintf("request %d, %s %s: %s", i, r.Method, r.Path, part))
		}
		if has(r.Path) || has(r.Query) {
			at("its address")
		}
		for name, values := range r.Header {
			for _, value := range values {
				if has(value) || has(unbasic(value)) {
					at("its header " + name)
				}
			}
		}
		if has(string(r.Body)) {
			at("its body")
		}
	}
	return found
}

// dressed is a secret as it is, percent-encoded, in base64 at each of the three places it can have, and as in JSON.
func dressed(secret string) []string {
	inJSON, _ := json.Marshal(secret)
	out := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(inJSON), `"`)}
	for shift := range 3 {
		whole := base64.StdEncoding.EncodeToString(append(make([]byte, shift), secret...))
		// The first and the last characters have bits of the neighbours.
		if middle := strings.TrimRight(whole, "="); len(middle) > 12 {
			middle = middle[4 : len(middle)-2]
			out = append(out, middle, strings.NewReplacer("+", "-", "/", "_").Replace(middle))
		}
	}
	return out
}

// unbasic is what Basic credentials say.
func unbasic(header string) string {
	scheme, rest, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return ""
	}
	raw, err := base64.StdEncoding.DecodeString(rest)
	if err != nil {
		return ""
	}
	return string(raw)
}
