package trace

import (
	"testing"

	"github.com/headfast/headfast/wasm/jsontext"
)

func TestJSON(t *testing.T) {
	for _, secret := range []string{"SECRET-k/y", "12345678", `{"abcd"`, `quo"te\back`} {
		var r Redactor
		r.Add(secret)
		for data, want := range map[string]string{
			`{"a" : "\u0041", "b":[1.50e3,null, "x\/y"]}`: `{"a" : "\u0041", "b":[1.50e3,null, "x\/y"]}`,
			`null`: `null`,
			`""`:   `""`,
		} {
			if got := string(r.JSON([]byte(data))); got != want {
				t.Errorf("%s: %s becomes %s", secret, data, got)
			}
		}
	}
	for _, c := range []struct{ secret, data, want string }{
		{"SECRET-k/y", `{"a" : "x \u0053ECRET\u002dk\/y y", "\u0041":"\u0041" }`, `{"a" : "x [redacted] y", "\u0041":"\u0041" }`},
		{"SECRET-k/y", `{"secret-k/y":1}`, `{"[redacted]":1}`},
		{"SECRET-k/y", `{"a":"{\"b\":\"\\u0053ECRET-k/y\"}"}`, `{"a":"{\"b\":\"[redacted]\"}"}`},
		{"12345678", `[-123456789, "12345678"]`, `["-[redacted]9", "[redacted]"]`},
		{`{"abcd"`, `"a {\"abcd\" b"`, `"a [redacted] b"`},
		{`{"abcd"`, `{"abcd":1}`, `"[redacted]"`},
		{`quo"te\back`, `["quo\"te\\back"]`, `["[redacted]"]`},
	} {
		var r Redactor
		r.Add(c.secret)
		got := r.JSON([]byte(c.data))
		if string(got) != c.want || jsontext.Valid(got) != nil {
			t.Errorf("%s: %s becomes %s, want %s", c.secret, c.data, got, c.want)
		}
	}
}

// TestEscapes: a text for people is redacted by what its escapes say, and is otherwise left as it is.
func TestEscapes(t *testing.T) {
	var r Redactor
	r.Add("SECRET-k/y")
	for text, want := range map[string]string{
		`{"a":"\u0053ECRET-k\/y"}`:         `{"a":"[redacted]"}`,
		`{"a":"{\"b\":\"\\u0053ECRET-k/y"`: `{"a":"{"b":"[redacted]"`,
		`C:\new\users \u00 \u0041`:         `C:\new\users \u00 \u0041`,
		`C:\users \u0053ecret-k/y`:         `C:\users [redacted]`,
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
	for _, end := range []string{`\u0053ECRET`, `\\u0053ECRET\\u00`, `\u0053ECRET\`} {
		if got := r.Cut("x " + end); got != "x "+Redacted {
			t.Errorf("%s: %q", end, got)
		}
	}
}
