package arguments

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const schema = `{"type":"object","properties":{
	"name":{"type":"string"}, "maybe":{"type":["string","null"]}, "n":{"type":"number"},
	"optional":{"anyOf":[{"type":"string"},{"type":"null"}]}, "either":{"anyOf":[{"type":"string"},{"type":"integer"}]},
	"choice":{"enum":["1","2"]}, "a.b":{"type":"string"}, "free":{}}}`

func TestBuild(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"name=42", `{"name":"42"}`},
		{"name=<a&b>", `{"name":"<a&b>"}`},
		{"n=42 free=true", `{"n":42,"free":true}`},
		{"n=1.00", `{"n":1.00}`},
		{"n=many", `{"n":"many"}`},
		{"free=[1,2] other=x", `{"free":[1,2],"other":"x"}`},
		{"maybe=null", `{"maybe":null}`},
		{"maybe=1 optional=true", `{"maybe":"1","optional":"true"}`},
		{"either=1", `{"either":1}`},
		{"choice=1", `{"choice":"1"}`},
		{"a.b=1", `{"a.b":"1"}`},
		{"name:=42", `{"name":42}`},
		{"name=a=b", `{"name":"a=b"}`},
		{"name=", `{"name":""}`},
		{`{"x":1.0}`, `{"x":1.0}`},
		{"", ""},
	} {
		g, err := Parse(strings.Fields(c.words), nil)
		if err != nil {
			t.Errorf("%s: %v", c.words, err)
			continue
		}
		if got := string(g.Build([]byte(schema))); got != c.want {
			t.Errorf("%s: %s, want %s", c.words, got, c.want)
		}
	}
}

func TestWholeObjects(t *testing.T) {
	file := filepath.Join(t.TempDir(), "args.json")
	if err := os.WriteFile(file, []byte("\ufeff {\"from\": \"file\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]string{"-": `{"from": "stdin"}`, "@" + file: `{"from": "file"}`} {
		g, err := Parse([]string{word}, strings.NewReader(`{"from": "stdin"}`))
		if err != nil || string(g.Build(nil)) != want || g.NeedsSchema() {
			t.Errorf("%s: %s, %v", word, g.Object, err)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"text", "neither key=value nor a JSON object"},
		{"=x", "no key"},
		{"a:=x", "the value of a is not JSON"},
		{"{x", "not JSON: invalid character 'x'"},
		{"@/no/such/file", "no such file"},
		{"-", "not an object"},
	} {
		if _, err := Parse([]string{c.word}, strings.NewReader("[]")); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.word, err, c.want)
		}
	}
	if _, err := Parse([]string{"a=1", "a=2"}, nil); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Error(err)
	}
	if _, err := Parse([]string{"{}", "a=2"}, nil); err == nil {
		t.Error("an object and a pair")
	}
}
