package trace

import (
	"strings"
	"testing"
)

// TestCutHidesABeginning: wherever a cut goes through a secret, in whatever form, less than a telling part is left.
func TestCutHidesABeginning(t *testing.T) {
	const secret = `SECRET/key"of<32>characters-0123`
	var r Redactor
	r.Add(secret)
	for _, form := range append([]string{secret}, r.sets[0].all...) {
		for n := telling; n <= len(form); n++ {
			got := r.Cut("refused: " + form[:n])
			if strings.Contains(strings.ToLower(got), strings.ToLower(form[:telling])) || !strings.HasPrefix(got, "refused: ") {
				t.Errorf("%q becomes %q", form[:n], got)
			}
		}
	}
	for _, ordinary := range []string{"", "SEC", "a page that is cut somewhe", `C:\users`, "the secret key"} {
		if got := r.Cut(ordinary); got != ordinary {
			t.Errorf("%q becomes %q", ordinary, got)
		}
	}
	if got := r.Text("no se"); got != "no se" {
		t.Errorf("a whole text loses its end: %q", got)
	}
}

// TestCutEscape: an escape that the cut went through goes with what stands before it.
func TestCutEscape(t *testing.T) {
	var r Redactor
	r.Add(`secret"key`)
	for _, end := range []string{`\`, `\u`, `\u0`, `\u002`} {
		if got := r.Cut("x secret" + end); got != "x "+Redacted {
			t.Errorf("%s: %q", end, got)
		}
	}
}

func TestExcerptOfACutBody(t *testing.T) {
	var r Redactor
	r.Add("fake-secret-1")
	for _, c := range []struct{ kind, body, want string }{
		{"text/plain", "the key fake-secret-", "the key " + Redacted},
		{"application/json", `{"detail":"the key fake-secret-`, `{"detail":"the key ` + Redacted},
		{"text/html", "<title>the key fake-secret-", ""},
		{"text/html", "<title>the key fake-secret-1</title><p>fake-sec", "the key " + Redacted},
	} {
		if got := r.Excerpt(c.kind, []byte(c.body), true); got != c.want {
			t.Errorf("%s %q: %q; want %q", c.kind, c.body, got, c.want)
		}
	}
}
