package form

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/headfast/headfast/host"
)

func formOf(t *testing.T, properties, required string) *Form {
	t.Helper()
	f := New(host.Elicitation{Mode: "form", Schema: json.RawMessage(`{"type":"object","properties":{` + properties + `},"required":` + required + `}`)})
	if f.Open != nil {
		t.Fatal(f.Open)
	}
	return f
}

const choice = `"c":{"type":"string","oneOf":[{"const":"r","title":"Red"},{"const":"1","title":"One"},{"const":"a","title":"Same"},{"const":"b","title":"same"}]}`

// TestRead: what a person types, as the field's type has it. nil is what fits no field.
func TestRead(t *testing.T) {
	for _, c := range []struct{ field, text, want string }{
		{`"s":{"type":"string"}`, " 007 ", `" 007 "`},
		{`"s":{"type":"string","format":"email"}`, "nobody", ""},
		{`"n":{"type":"number"}`, " 1.50 ", `1.50`},
		{`"n":{"type":"number"}`, "1,5", ""},
		{`"n":{"type":"integer","minimum":2}`, "1", ""},
		{`"n":{"type":"integer"}`, "12345678901234567890", `12345678901234567890`},
		{`"b":{"type":"boolean"}`, "YES", `true`},
		{`"b":{"type":"boolean"}`, "false", `false`},
		{`"b":{"type":"boolean"}`, "1", ""},
		{choice, "red", `"r"`},
		{choice, "r", `"r"`},
		{choice, "R", `"r"`},
		{choice, "1", `"1"`},
		{choice, "same", ""},
		{choice, "blue", ""},
		{`"l":{"type":"array","items":{"enum":["a","b"]}}`, "B, a", `["b","a"]`},
		{`"l":{"type":"array","items":{"enum":["a","b"]}}`, `["a"]`, `["a"]`},
		{`"l":{"type":"array","items":{"enum":["a","b"]}}`, "none", `[]`},
		{`"l":{"type":"array","items":{"enum":["none","b"]}}`, "none", `[]`},
		{`"l":{"type":"array","items":{"enum":["a"]},"minItems":1}`, "none", ""},
		{`"l":{"type":"array","items":{"enum":["a"]}}`, "a,c", ""},
	} {
		f := formOf(t, c.field, "[]")
		err := f.Set(&f.Fields[0], Read(&f.Fields[0], c.text))
		if got := string(f.Value(&f.Fields[0])); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q is %s (%v)", c.field, c.text, got, err)
		}
	}
}

// TestContent: the fields that have a value, in the form's order; a default that does not fit is none.
func TestContent(t *testing.T) {
	f := formOf(t, `"z":{"type":"string"},"n":{"type":"integer","default":3},"x":{"type":"integer","default":"bad"},"a":{"type":"string"}`, `["a","x"]`)
	if got := len(f.Missing()); got != 2 {
		t.Errorf("%d are missing", got)
	}
	answers, err := ParseAnswers([]string{"a=1", `{"x":2,"z":null,"more":1}`, "a=2"})
	if err != nil || answers.Fill(f) != nil || len(f.Missing()) > 0 || string(f.Content()) != `{"n":3,"x":2,"a":"2"}` {
		t.Errorf("%s, %v", f.Content(), err)
	}
	if got := answers.Unused(); !reflect.DeepEqual(got, []string{"more"}) {
		t.Errorf("unused are %v", got)
	}
	if err := answers.Fill(formOf(t, `"a":{"type":"integer","minimum":5}`, "[]")); err == nil {
		t.Error("what does not fit is taken")
	}
}

func TestParseAnswers(t *testing.T) {
	for _, bad := range [][]string{{"x"}, {"=1"}, {"a:=x"}, {"{"}, {"[1]"}, {"@gone"}, {"-"}} {
		if _, err := ParseAnswers(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
	none, err := ParseAnswers(nil)
	if err != nil || none.Any() || none.Unused() != nil || (*Answers)(nil).Any() {
		t.Errorf("%+v, %v", none, err)
	}
	if empty, err := ParseAnswers([]string{"{}"}); err != nil || !empty.Any() {
		t.Errorf("{} is no answer: %v", err)
	}
}

func TestShow(t *testing.T) {
	for _, c := range [][3]string{
		{choice, `"r"`, "Red"}, {`"s":{"type":"string"}`, `""`, `""`}, {`"s":{"type":"string"}`, `"a b"`, "a b"}, {`"n":{"type":"number"}`, "1.50", "1.50"},
		{`"b":{"type":"boolean"}`, "true", "yes"}, {`"l":{"type":"array","items":{"enum":["a","b"]}}`, `["a","b"]`, "a, b"}, {`"l":{"type":"array","items":{"enum":["a"]}}`, `[]`, "none"},
	} {
		if got := Show(&formOf(t, c[0], "[]").Fields[0], json.RawMessage(c[1])); got != c[2] {
			t.Errorf("%s: %s", c[1], got)
		}
	}
}

// TestSecret: which fields ask for what no form may ask for.
func TestSecret(t *testing.T) {
	for field, want := range map[string]bool{
		`"password":{"type":"string"}`: true, `"apiKey":{"type":"string"}`: true, `"API_TOKEN":{"type":"string"}`: true, `"x":{"type":"string","title":"Your card number"}`: true,
		`"pin":{"type":"string"}`: true, `"x":{"type":"string","format":"password"}`: true, `"x":{"type":"string","writeOnly":true}`: true,
		`"name":{"type":"string"}`: false, `"tokens":{"type":"integer"}`: false, `"spinning":{"type":"string"}`: false, `"key":{"type":"string"}`: false, `"secretary":{"type":"string"}`: false,
	} {
		f := &formOf(t, field, "[]").Fields[0]
		if got := Secret(f); got != want {
			t.Errorf("%s: %v", field, got)
		}
		if Hidden(f) && !Secret(f) {
			t.Errorf("%s is hidden and no secret", field)
		}
	}
}
