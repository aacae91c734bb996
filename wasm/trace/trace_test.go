package trace

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrint(t *testing.T) {
	for value, want := range map[string]Fingerprint{
		"":                            {},
		"short-key":                   {Length: 9},
		"1234567890123456789":         {Length: 19},
		"12345678901234567890":        {Length: 20, Tail: "7890"},
		"Bearer 12345678901234567890": {Scheme: "Bearer", Length: 20, Tail: "7890"},
		"bearer x":                    {Scheme: "Bearer", Length: 1},
		"Basic  dXNlcjpwYXNz":         {Scheme: "Basic", Length: 12},
		"Unknown 1234":                {Length: 12},
	} {
		if got := Print(value); got != want {
			t.Errorf("%q: %+v; want %+v", value, got, want)
		}
	}
}

func TestRedactorKnowsTheForms(t *testing.T) {
	const secret = `fake/"key"+0123`
	var r Redactor
	r.Add(secret)
	for _, form := range []string{secret, url.QueryEscape(secret), `fake/\"key\"+0123`, base64.StdEncoding.EncodeToString([]byte(secret))} {
		if got := r.Text("a " + form + " b"); got != "a "+Redacted+" b" {
			t.Errorf("%s becomes %q", form, got)
		}
	}
	if got := r.Text("nothing here"); got != "nothing here" {
		t.Errorf("%q", got)
	}
}

func TestExcerpt(t *testing.T) {
	var r Redactor
	r.Add("fake-secret-1")
	for _, c := range []struct{ kind, body, want string }{
		{"application/json", `{"detail":"no"}`, "no"},
		{"application/json", `{"error":{"code":1,"message":"bad"}}`, "bad"},
		{"application/json", `{"error":"a","error_description":"b"}`, "b"},
		{"application/json", `{"detail":[{"msg":"field required"}]}`, "field required"},
		{"application/json", `[{"message":"Required"}]`, "Required"},
		{"application/json", `"just text"`, "just text"},
		{"application/json", `{}`, ""},
		{"application/json", `{"a":1}`, `{"a":1}`},
		{"text/html", "<html><TITLE lang=en> Sign\n in </TITLE>", "Sign in"},
		{"text/html", "<p>no title", ""},
		{"text/plain", "  Forbidden \r\n", "Forbidden"},
		{"", "", ""},
		{"text/plain", "the key fake-secret-1 is bad", "the key " + Redacted + " is bad"},
		{"text/plain", "\x1b[31mred\x1b[0m \u202eevil \xff", "\ufffd[31mred\ufffd[0m \ufffdevil \ufffd"},
	} {
		if got := r.Excerpt(c.kind, []byte(c.body), false); got != c.want {
			t.Errorf("%s %q: %q; want %q", c.kind, c.body, got, c.want)
		}
	}
	long := r.Excerpt("text/plain", []byte(strings.Repeat("é", 1000)), false)
	if n := utf8.RuneCountInString(long); n != MaxExcerpt+1 {
		t.Errorf("a long text is cut to %d characters", n)
	}
}
