package oauth

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/jsontext"
)

// FuzzChallenges: reading is bounded, no field changes how another is read, and what is written again is read alike.
func FuzzChallenges(f *testing.F) {
	for _, line := range corpus(f, "testdata/challenges.txt") {
		if field, ok := strings.CutPrefix(line, "< "); ok {
			f.Add(literal(f, field), `Bearer scope="x"`)
		}
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		all := ParseChallenges([]string{one, two})
		apart := append(ParseChallenges([]string{one}), ParseChallenges([]string{two})...)
		if len(all) > mostChallenges || !reflect.DeepEqual(all, apart[:min(len(apart), mostChallenges)]) {
			t.Fatalf("together %s, apart %s", show(all), show(apart))
		}
		size := 0
		for _, c := range all {
			size += len(c.Scheme) + len(c.Token)
			for _, p := range c.Params {
				size += len(p.Name) + len(p.Value)
			}
			if c.Scheme == "" || len(c.Params) > mostParams {
				t.Fatal(show(all))
			}
			if again := ParseChallenges([]string{write(c)}); len(again) != 1 || !reflect.DeepEqual(again[0], c) {
				t.Fatalf("%q is read as %s, written from %s", write(c), show(again), show([]Challenge{c}))
			}
		}
		if size > len(one)+len(two) {
			t.Fatal("more comes out than went in")
		}
		heard(t, ReadNeed(all), all)
	})
}

// write is a challenge as RFC 9110 section 11.6.1 has it.
func write(c Challenge) string {
	text, separator := c.Scheme, " "
	if c.Token != "" {
		text, separator = text+" "+c.Token, ", "
	}
	for _, p := range c.Params {
		text += separator + p.Name + `="` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(p.Value) + `"`
		separator = ", "
	}
	return text
}

// heard checks that what is needed comes from one challenge of ours, of parameters that are there once.
func heard(t *testing.T, n Need, all []Challenge) {
	t.Helper()
	if n.Metadata+n.Scope+n.Error+n.Description == "" {
		return
	}
	for _, c := range all {
		ours := strings.EqualFold(c.Scheme, "Bearer") || strings.EqualFold(c.Scheme, "DPoP")
		if ours && c.only("resource_metadata") == n.Metadata && c.only("scope") == n.Scope && c.only("error") == n.Error && c.only("error_description") == n.Description {
			return
		}
	}
	t.Fatalf("%s is of no challenge of %s", wanted(n), show(all))
}

// FuzzMetadata: a document that is read has each member once, and encoding/json reads the same.
func FuzzMetadata(f *testing.F) {
	for _, o := range oddBodies(f) {
		if len(o.body) < 10_000 {
			f.Add(o.body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if r, err := ParseResource(body); err == nil {
			alike(t, body, "resource", r.Resource)
			alikeAll(t, body, "authorization_servers", r.Servers)
			alikeAll(t, body, "scopes_supported", r.Scopes)
		} else {
			reason(t, err)
		}
		if s, err := ParseServer(body); err == nil {
			alike(t, body, "issuer", s.Issuer)
			alike(t, body, "token_endpoint", s.Token)
			alikeAll(t, body, "code_challenge_methods_supported", s.Challenges)
		} else {
			reason(t, err)
		}
	})
}

// reason checks that an error is a clause of ours.
func reason(t *testing.T, err error) {
	t.Helper()
	if _, ok := err.(Unreadable); !ok || len(err.Error()) > 100 || !strings.HasPrefix(err.Error(), "it") || !printable(err.Error()) {
		t.Fatalf("%T %q", err, err)
	}
}

// member is what encoding/json finds, which compares names exactly in a map.
func member(t *testing.T, body []byte, name string, into any) {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(body), "\ufeff")), &all); err != nil {
		t.Fatalf("%q is read, and encoding/json says %v", body, err)
	}
	if raw, ok := all[name]; ok {
		if err := json.Unmarshal(raw, into); err != nil {
			t.Fatalf("%s of %q is read, and encoding/json says %v", name, body, err)
		}
	}
}

func alike(t *testing.T, body []byte, name, got string) {
	t.Helper()
	var want string
	if member(t, body, name, &want); got != want || len(got) > longest {
		t.Fatalf("%s of %q is %q, and for encoding/json %q", name, body, got, want)
	}
}

func alikeAll(t *testing.T, body []byte, name string, got []string) {
	t.Helper()
	var want []string
	if member(t, body, name, &want); !slices.Equal(got, want) || len(got) > mostStrings {
		t.Fatalf("%s of %q is %q, and for encoding/json %q", name, body, got, want)
	}
}

// FuzzAnswers: an answer is one of three, a token can stand in a header, a refusal in a sentence, and what is written
// again is read alike.
func FuzzAnswers(f *testing.F) {
	for _, o := range oddBodies(f) {
		if len(o.body) < 10_000 {
			f.Add(o.body, strings.HasPrefix(o.contentType, "application/x-www-form-urlencoded"))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, asForm bool) {
		kind := "application/json"
		if asForm {
			kind = "application/x-www-form-urlencoded"
		}
		token, refusal, err := ParseToken(kind, body)
		one(t, token != nil, refusal, err)
		if token != nil {
			goodToken(t, token)
		}
		client, refusal, err := ParseRegistration(kind, body)
		one(t, client != nil, refusal, err)
		if client != nil && (client.ID == "" || !printable(client.ID+client.Secret) || client.SecretExpires < 0) {
			t.Fatalf("%+v", client)
		}
		device, refusal, err := ParseDevice(kind, body)
		one(t, device != nil, refusal, err)
		if device != nil && (device.Interval < 1 || device.ExpiresIn < 0 || device.UserCode == "" || !printable(device.UserCode)) {
			t.Fatalf("%+v", device)
		}
		if again := ParseRefusal(kind, body); !reflect.DeepEqual(refusal, again) {
			t.Fatalf("%+v, and alone %+v", refusal, again)
		}
	})
}

// one checks that an answer is exactly one thing.
func one(t *testing.T, good bool, refusal *Refusal, err error) {
	t.Helper()
	n := 0
	for _, is := range []bool{good, refusal != nil, err != nil} {
		if is {
			n++
		}
	}
	if n != 1 {
		t.Fatalf("%v %+v %v", good, refusal, err)
	}
	if err != nil {
		reason(t, err)
	}
	if refusal != nil && (isCode(refusal.Code) != refusal.Code || len(refusal.Description) > longest) {
		t.Fatalf("%+v", refusal)
	}
	if said := Says(AtToken, 200, refusal, err, "x"); !good && !printable(said) {
		t.Fatalf("%q", said)
	}
}

func goodToken(t *testing.T, token *Token) {
	t.Helper()
	if token.Access == "" || !visible(token.Access) || len(token.Access) > longestToken || token.ExpiresIn < 0 || token.ExpiresIn > longestLife {
		t.Fatalf("%+v", token)
	}
	text := []byte(`{"access_token":` + quote(token.Access) + `,"refresh_token":` + quote(token.Refresh) + `,"token_type":` + quote(token.Type) +
		`,"id_token":` + quote(token.ID) + `,"issued_token_type":` + quote(token.Issued))
	if token.HasScope {
		text = append(text, `,"scope":`+quote(token.Scope)...)
	}
	whole := *token
	whole.ExpiresIn = 0
	again, _, err := ParseToken("application/json", append(text, '}'))
	if err != nil || *again != whole {
		t.Fatalf("%+v is read again as %+v, %v", whole, again, err)
	}
}

func quote(s string) string { return string(jsontext.AppendString(nil, s)) }

// FuzzCallback: a redirect is read as net/url reads it, nothing in it is there twice, and written again it is read alike.
func FuzzCallback(f *testing.F) {
	for _, query := range []string{"code=a%2Bb+c&state=s&iss=https%3A%2F%2Fas", "error=access_denied&error_description=%3Cscript%3E&state=s", "code=a&code=b", "state=%zz", "&&=&code", "iss=", "c%6fde=x"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		c, err := ParseCallback(query)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "the redirect has ") || len(err.Error()) > 100 {
				t.Fatal(err)
			}
			return
		}
		form, written := Form{}, c.IssuerFits("https://as", true)
		for name, value := range map[string]string{"code": c.Code, "state": c.State, "iss": c.Issuer, "error": c.Error, "error_description": c.Description} {
			form.Set(name, value)
			if strings.Contains(query, ";") {
				continue // net/url refuses it
			}
			theirs, err := url.ParseQuery(query)
			if got := theirs[name]; err != nil || len(got) > 1 || theirs.Get(name) != value {
				t.Fatalf("%s of %q is %q, and for net/url %q, %v", name, query, value, got, err)
			}
		}
		again, err := ParseCallback(string(form.Bytes()))
		if err != nil || again.Code != c.Code || again.State != c.State || again.Issuer != c.Issuer || again.Error != c.Error || again.Description != c.Description ||
			again.IssuerFits("https://as", true) != written {
			t.Fatalf("%+v is read again as %+v, %v", c, again, err)
		}
	})
}
