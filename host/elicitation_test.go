package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// schema is a form with these properties; required is a list of names in JSON.
func schema(properties, required string) Elicitation {
	return Elicitation{Mode: "form", Schema: json.RawMessage(`{"type":"object","properties":{` + properties + `},"required":` + required + `}`)}
}

func bounds(n float64) *float64 { return &n }

// TestFields: every kind of field of every revision.
func TestFields(t *testing.T) {
	colours := []ElicitationOption{{"#f00", "Red"}, {"#0f0", "Green"}}
	plain := []ElicitationOption{{"a", "a"}, {"b", "b"}}
	for raw, want := range map[string]ElicitationField{
		`{"type":"string","title":"T","description":"D","minLength":3,"maxLength":50,"format":"email","default":"u@example.com"}`: {
			Type: "string", Title: "T", Description: "D", Min: bounds(3), Max: bounds(50), Format: "email", Default: json.RawMessage(`"u@example.com"`)},
		`{"type":"number","minimum":0.5,"maximum":1e2,"default":50,"minLength":9}`: {Type: "number", Min: bounds(0.5), Max: bounds(100), Default: json.RawMessage("50")},
		`{"type":"integer"}`:                                   {Type: "integer"},
		`{"type":"boolean","default":false}`:                   {Type: "boolean", Default: json.RawMessage("false")},
		`{"type":"string","enum":["a","b"]}`:                   {Type: "string", Options: plain},
		`{"enum":["a","b"]}`:                                   {Type: "string", Options: plain},
		`{"type":"string","enum":["a"],"enumNames":["A"]}`:     {Type: "string", Options: []ElicitationOption{{"a", "A"}}},
		`{"type":"string","enum":["a","b"],"enumNames":["A"]}`: {Type: "string", Options: []ElicitationOption{{"a", "A"}, {"b", "b"}}},
		`{"type":"string","oneOf":[{"const":"#f00","title":"Red"},{"const":"#0f0","title":"Green"}]}`:                             {Type: "string", Options: colours},
		`{"type":"array","minItems":1,"maxItems":2,"items":{"type":"string","enum":["a","b"]}}`:                                   {Type: "array", Min: bounds(1), Max: bounds(2), Options: plain},
		`{"type":"array","items":{"anyOf":[{"const":"#f00","title":"Red"},{"const":"#0f0","title":"Green"}]},"default":["#f00"]}`: {Type: "array", Options: colours, Default: json.RawMessage(`["#f00"]`)},
		`{"type":"array","items":{"type":"string"}}`:                                                                              {Type: "array"},
		`{"anyOf":[{"type":"integer","minimum":1,"title":"in"},{"type":"null"}],"default":null,"title":"Out"}`:                    {Type: "integer", Title: "Out", Min: bounds(1)},
		`{"type":["string","null"],"default":"x"}`:                                                                                {Type: "string", Default: json.RawMessage(`"x"`)},
	} {
		want.Name, want.Raw, want.Required = "f", json.RawMessage(raw), true
		got, err := schema(`"f":`+raw, `["f","g"]`).Fields()
		if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("%s: %+v, %v", raw, got, err)
		}
	}
	fields, err := schema(`"z":{"type":"string"},"a":{"type":"boolean"},"m":{"type":"number"}`, "[]").Fields()
	if err != nil || len(fields) != 3 || fields[0].Name+fields[1].Name+fields[2].Name != "zam" || fields[0].Required {
		t.Errorf("the order is not the server's: %+v, %v", fields, err)
	}
}

// TestNoFields: what is no form is said to be none.
func TestNoFields(t *testing.T) {
	for raw, want := range map[string]string{
		`{"type":"object","properties":{}}`: "the type is object", `{}`: "no type", `1`: "not an object", `{"type":1}`: "type is not a name",
		`{"type":["string","number"]}`: "more than one type", `{"type":"array"}`: "no items", `{"type":"array","items":{"type":"number"}}`: "no strings",
		`{"type":"string","enum":[1]}`: "enum is not a list of strings", `{"type":"string","oneOf":[{"title":"x"}]}`: "no const",
		`{"type":"string","minLength":"1"}`: "minLength is not a number", `{"anyOf":[{"type":"null"},{"type":"null"}]}`: "the type is null",
	} {
		if _, err := schema(`"f":`+raw, "[]").Fields(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"f"`) {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for _, e := range []Elicitation{{}, {Schema: json.RawMessage("[]")}, {Schema: json.RawMessage("{")}, schema("", `"f"`)} {
		if _, err := e.Fields(); err == nil {
			t.Errorf("%s has fields", e.Schema)
		}
	}
}

// TestCheck: what fits a field, and what it wants.
func TestCheck(t *testing.T) {
	for raw, c := range map[string]struct {
		good, bad []any
		want      string
	}{
		`{"type":"string","minLength":2,"maxLength":3}`:        {[]any{"éé", "日本語", "😀😀"}, []any{"é", "abcd", 1, true, nil}, "a text of 2 to 3 characters"},
		`{"type":"string","maxLength":3}`:                      {[]any{""}, []any{"abcd"}, "a text of at most 3 characters"},
		`{"type":"string","format":"email"}`:                   {[]any{"a@example.com"}, []any{"a", "A <a@example.com>", "a@", ""}, "an e-mail address"},
		`{"type":"string","format":"uri"}`:                     {[]any{"https://example.com/a", "urn:a:b"}, []any{"/a", "", "http://[::1"}, "a URI"},
		`{"type":"string","format":"date"}`:                    {[]any{"2026-07-28"}, []any{"2026-02-30", "28.7.2026", ""}, "a date such as 2026-07-28"},
		`{"type":"string","format":"date-time"}`:               {[]any{"2026-07-28T12:00:00Z", "2026-07-28T12:00:00.5+02:00"}, []any{"2026-07-28", "2026-07-28 12:00:00"}, "a date and time such as 2026-07-28T12:00:00Z"},
		`{"type":"string","format":"colour"}`:                  {[]any{"anything"}, []any{1}, "a text"},
		`{"type":"number","minimum":0,"maximum":100}`:          {[]any{0, 99.5, 100}, []any{-1, 101, "1"}, "a number from 0 to 100"},
		`{"type":"integer","minimum":18}`:                      {[]any{18, 18.0}, []any{17, 18.5, "18"}, "a whole number of at least 18"},
		`{"type":"boolean"}`:                                   {[]any{true, false}, []any{"true", 0}, "true or false"},
		`{"type":"string","enum":["a","b"]}`:                   {[]any{"a", "b"}, []any{"c", "A", "", 1}, "one of a, b"},
		`{"type":"array","minItems":1,"items":{"enum":["a"]}}`: {[]any{[]string{"a"}, []string{"a", "a"}}, []any{[]string{}, []string{"b"}, "a", []int{1}}, "a list of at least 1 entries of a"},
		`{"type":"array","items":{"type":"string"}}`:           {[]any{[]string{"x"}, []string{}}, []any{[]int{1}, "x"}, "a list"},
	} {
		fields, err := schema(`"f":`+raw, "[]").Fields()
		if err != nil {
			t.Fatal(raw, err)
		}
		for _, v := range c.good {
			if err := fields[0].Check(v); err != nil {
				t.Errorf("%s: %v: %v", raw, v, err)
			}
		}
		for _, v := range c.bad {
			var wrong *FieldError
			if err := fields[0].Check(v); !errors.As(err, &wrong) || *wrong != (FieldError{"f", c.want}) {
				t.Errorf("%s: %v: %v", raw, v, err)
			}
		}
	}
}

// TestComplete: what is sent of an accepted form. A field without a value gets its default (SEP-1034).
func TestComplete(t *testing.T) {
	form := schema(`"name":{"type":"string","default":"Ann"},"age":{"type":"integer","minimum":18},"ok":{"type":"boolean","default":"yes"}`, `["age","name"]`)
	type person struct {
		Age  int     `json:"age"`
		Name *string `json:"name"`
	}
	for _, c := range []struct {
		content    any
		want, says string
	}{
		{map[string]any{"age": 18}, `{"age":18,"name":"Ann"}`, ""},
		{map[string]any{"age": 18, "name": "Bo", "ok": true}, `{"age":18,"name":"Bo","ok":true}`, ""},
		{person{Age: 20}, `{"age":20,"name":"Ann"}`, ""},
		{json.RawMessage(`{"more":1, "age":2e1}`), `{"more":1,"age":2e1,"name":"Ann"}`, ""},
		{nil, "", "age wants a whole number of at least 18"},
		{map[string]any{"age": nil}, "", "age wants"},
		{map[string]any{"age": 1, "ok": "x"}, "", "age wants a whole number of at least 18\nok wants true or false"},
		{[]int{1}, "", "no JSON object"},
		{func() {}, "", "no JSON object"},
	} {
		got, err := form.complete(c.content)
		if c.says == "" && (err != nil || string(got) != c.want) || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%v: %s, %v", c.content, got, err)
		}
		if again := form.Validate(c.content); (again == nil) != (c.says == "") {
			t.Errorf("Validate(%v): %v", c.content, again)
		}
	}
	if got := form.Defaults(); !maps.Equal(got, map[string]any{"name": "Ann"}) {
		t.Errorf("the defaults are %v", got)
	}
	strange := schema(`"f":{"type":"object"}`, "[]")
	if got, err := strange.complete(map[string]any{"f": map[string]int{"a": 1}}); err != nil || string(got) != `{"f":{"a":1}}` {
		t.Errorf("an unknown schema: %s, %v", got, err)
	}
	if strange.Validate(nil) == nil || len(strange.Defaults()) > 0 {
		t.Error("an unknown schema is validated")
	}
}

// TestElicitation: what the callback gets and what goes back.
func TestElicitation(t *testing.T) {
	const form = `{"message":"Who?","requestedSchema":{"type":"object","properties":{"a":{"type":"number","default":1}}}}`
	const link = `{"mode":"url","message":"Go","url":"https://example.com/x","elicitationId":"e-1"}`
	accept := func(e Elicitation) ElicitationAnswer { return e.Accept(map[string]any{}) }
	for name, c := range map[string]struct {
		params string
		answer func(Elicitation) ElicitationAnswer
		want   msg.Answer
	}{
		"accept":    {form, accept, msg.Answer{Result: []byte(`{"action":"accept","content":{"a":1}}`)}},
		"decline":   {form, Elicitation.Decline, msg.Answer{Result: []byte(`{"action":"decline"}`)}},
		"cancel":    {form, Elicitation.Cancel, msg.Answer{Result: []byte(`{"action":"cancel"}`)}},
		"zero":      {form, func(Elicitation) ElicitationAnswer { return ElicitationAnswer{} }, msg.Answer{Result: []byte(`{"action":"cancel"}`)}},
		"url":       {link, accept, msg.Answer{Result: []byte(`{"action":"accept"}`)}},
		"wrong":     {form, func(e Elicitation) ElicitationAnswer { return e.Accept(map[string]any{"a": "fake-secret"}) }, msg.Answer{Code: -32603, Message: "The answer does not fit the form: a wants a number"}},
		"odd mode":  {`{"mode":"dance"}`, accept, msg.Answer{Code: -32602, Message: "The params of elicitation/create cannot be used: mode is neither form nor url"}},
		"no object": {`[]`, accept, msg.Answer{Code: -32602, Message: "The params of elicitation/create cannot be used: it is not an object"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got Elicitation
			core, s := faked(t, Options{}, nil, OnElicitation(func(_ context.Context, e Elicitation) (ElicitationAnswer, error) {
				got = e
				return c.answer(e), nil
			}))
			core.ask(s, 1, elicitationMethod, c.params)
			a := core.answered(t, 1)
			if string(a.Result) != string(c.want.Result) || a.Code != c.want.Code || a.Message != c.want.Message {
				t.Errorf("answered %+v %s", a, a.Result)
			}
			want := map[string]Elicitation{
				form: {Server: "acme", Mode: "form", Message: "Who?", Schema: json.RawMessage(form[len(`{"message":"Who?","requestedSchema":`) : len(form)-1]), Raw: json.RawMessage(form)},
				link: {Server: "acme", Mode: "url", Message: "Go", URL: "https://example.com/x", ID: "e-1", Raw: json.RawMessage(link)},
			}[c.params]
			if !reflect.DeepEqual(got, want) {
				t.Errorf("asked %+v", got)
			}
		})
	}
}

func TestCheckURL(t *testing.T) {
	good := []string{"https://example.com", "https://example.com:8443/a?b=c#d", "http://127.0.0.1:3000/x", "http://[::1]/", "http://localhost:1/",
		"http://a.localhost/", "HTTPS://EXAMPLE.COM/", "https://xn--bcher-kva.example/",
		"https://example.com/%D0%B0?q=%E2%80%AE", "https://example.com?a=%20", "https://example.com#%20",
		"https://a_b-c.example./", "https://1.2.3.4/", "https://1.example/", "https://[2001:db8::1]:8443/"}
	bad := []string{"", "http://example.com/", "file:///etc/passwd", "javascript:alert(1)", "vscode://x", "https://", "https:///x", "https://:443/",
		"https://accounts.example@evil.example/", "https://bücher.example/", "https://example.com/a b", "https://example.com/\n", "https:\\\\evil.example",
		"//example.com", "http://127.0.0.1.evil.example/", "http://localhost@evil.example/", "https://exa\"mple.com/", "http://10.0.0.1/",
		"https://%D0%B0pple.com/", "https://good.com%E3%80%82evil.com/", "https://%E2%80%AEmoc.elppa/", "https://%65xample.com/", "https://good.com%2Fevil.com/",
		"https://[fe80::1%25eth0]/", "https:/\\evil.example/", "https://good.example\\@evil.example/", "https://@evil.example/", "https://:@evil.example/",
		"https://a_b^c.example/", "https://a<b.example/", "https://a|b.example/", "https://a b.example/", "https:evil.example", "https:/evil.example", "http://LOCALHOST.evil.example/",
		"https://2130706433/", "https://0x7f.1/", "https://example.com.0x1/", "https://1.2.3.256/", "https://[::1/", "https://[good.example]/"}
	for _, u := range slices.Concat(good, bad) {
		if err := (Elicitation{URL: u}).CheckURL(); (err == nil) != slices.Contains(good, u) {
			t.Errorf("%q: %v", u, err)
		}
	}
}

// TestManyFields: a form is read in time that grows with its size, and one that nobody could fill in is not.
func TestManyFields(t *testing.T) {
	form := func(fields, required int) Elicitation {
		var properties, names strings.Builder
		for i := range fields {
			fmt.Fprintf(&properties, `,"f%d":{"type":"string"}`, i)
		}
		for i := range required {
			fmt.Fprintf(&names, `,"f%d"`, i)
		}
		return schema(properties.String()[1:], "["+names.String()[1:]+"]")
	}
	read := func(n int) (took time.Duration) {
		began := time.Now()
		fields, err := form(n, 500_000).Fields()
		if took = time.Since(began); err != nil || len(fields) != n || !fields[n-1].Required {
			t.Errorf("%d fields in %v, %v", len(fields), took, err)
		}
		return took
	}
	// To look for each field in the whole list of those that are required would take a hundred times as long.
	if few, many := read(10), read(maxFormFields); many > 20*few {
		t.Errorf("10 fields in %v, %d in %v", few, maxFormFields, many)
	}
	if fields, err := form(maxFormFields+1, 1).Fields(); err == nil || !strings.Contains(err.Error(), "more than 1000 fields") || fields != nil {
		t.Errorf("%d fields, %v", len(fields), err)
	}
}
