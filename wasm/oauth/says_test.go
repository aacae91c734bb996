package oauth

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/trace"
)

// TestSentences compares what people read of every odd body with what stands there; -update writes it anew.
func TestSentences(t *testing.T) {
	const golden = "testdata/sentences.txt"
	sentences := "# What people read of each of ../../testdata/oauth-bodies: the sentence, and the hint where there is one.\n"
	for _, o := range oddBodies(t) {
		_, refusal, unreadable := o.read()
		if o.status/100 == 2 && refusal == nil && unreadable == nil {
			continue // nobody reads of it
		}
		said := Says(o.kind, o.status, refusal, unreadable, o.excerpt(refusal))
		if strings.Contains(said, "at-1") || strings.Contains(said, "s-1") {
			t.Errorf("%s: a secret in %s", o.file, said)
		}
		sentences += "\n" + strings.TrimSuffix(filepath.Base(o.file), ".txt") + "\n    " + said + "\n"
		if hint := Hint(o.kind, o.status); hint != "" {
			sentences += "    " + hint + "\n"
		}
	}
	old, err := os.ReadFile(golden)
	if *update {
		err = os.WriteFile(golden, []byte(sentences), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	differs(t, golden, string(old), sentences)
}

// excerpt is what a caller of Says has to give.
func (o *odd) excerpt(refusal *Refusal) string {
	if refusal != nil {
		return trace.Line(refusal.Description)
	}
	return new(trace.Redactor).Excerpt(o.contentType, o.body, false)
}

// TestSays has the sentences for which there is no body.
func TestSays(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Says(AtRegistration, 404, nil, nil, `{"detail":"Not Found"}`),
			`The authorization server answered 404 with {"detail":"Not Found"} to a registration: it does not support dynamic registration.`},
		{Says(AtAuthorization, 0, &Refusal{Code: "access_denied"}, nil, "The user cancelled"),
			`The authorization server answered with access_denied ("The user cancelled") to the sign-in: the person or the server said no.`},
		{Says(AtAuthorization, 0, &Refusal{Code: "consent_required"}, nil, ""), `The authorization server answered with consent_required to the sign-in.`},
		{Says(AtToken, 400, nil, nil, ""), `The authorization server answered 400 to a token request.`},
		{Hint(AtRegistration, 503) + Hint(AtRegistration, 429) + Hint(AtToken, 404), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s\nwant %s", c.got, c.want)
		}
	}
}
