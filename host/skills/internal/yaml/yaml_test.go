package yaml

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// read are texts and what they mean, as JSON.
var read = map[string]string{
	"":                            `{}`,
	"# nothing\n\n":               `{}`,
	"name: pdf\ndescription: A b": `{"name":"pdf","description":"A b"}`,
	"a: 1\nb: -2.50\nc: 0x1F\nd: 0o17\ne: +3\nf: 1e3":   `{"a":1,"b":-2.50,"c":31,"d":15,"e":3,"f":1e3}`,
	"a: true\nb: yes\nc: ~\nd:\ne: null\nf: False":      `{"a":true,"b":"yes","c":null,"d":null,"e":null,"f":false}`,
	"a: 2026-01-02\nb: 1.2.3\nc: .inf\nd: 12:30":        `{"a":"2026-01-02","b":"1.2.3","c":".inf","d":"12:30"}`,
	"a: x # comment\nb: x#y\n# c\nc: 'it''s # it'":      `{"a":"x","b":"x#y","c":"it's # it"}`,
	`a: "tab\t \u00e9 \x41 \"q\" \U0001F600"`:           `{"a":"tab\t é A \"q\" 😀"}`,
	"a: http://x.y/z\nb: a:b":                           `{"a":"http://x.y/z","b":"a:b"}`,
	"a: one\n  two\n\n  three\nb: x":                    `{"a":"one two\nthree","b":"x"}`,
	"a: \"one\n  two\n\n  three\"\nb: 'x\n  y'":         `{"a":"one two\nthree","b":"x y"}`,
	"m:\n  version: \"2.1\"\n  n:\n    k: v\nz: 1":      `{"m":{"version":"2.1","n":{"k":"v"}},"z":1}`,
	"l:\n- a\n- b\nm:\n  - c\n  -\n  - d":               `{"l":["a","b"],"m":["c",null,"d"]}`,
	"l:\n  - a: 1\n    b: 2\n  - - x\n    - y":          `{"l":[{"a":1,"b":2},["x","y"]]}`,
	"a: [x, 'y', \"z\", 1, [], {}]\nb: {k: v, \"q\":1}": `{"a":["x","y","z",1,[],{}],"b":{"k":"v","q":1}}`,
	"a: [x,\n  y, # why\n  z]\nb: {\n  k: v,\n  }":      `{"a":["x","y","z"],"b":{"k":"v"}}`,
	"a: |\n  one\n   two\n\n  three\n\nb: x":            `{"a":"one\n two\n\nthree\n","b":"x"}`,
	"a: |-\n  one\nb: |+\n  two\n\nc: x":                `{"a":"one","b":"two\n\n","c":"x"}`,
	"a: >\n  one\n  two\n\n  three\n   in\n  out\n":     `{"a":"one two\nthree\n in\nout\n"}`,
	"'quoted key': 1\n\"other\" : 2":                    `{"quoted key":1,"other":2}`,
	"a:\n  one\n  two":                                  `{"a":"one two"}`,
}

func TestParse(t *testing.T) {
	for text, want := range read {
		got, err := Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		d := json.NewDecoder(strings.NewReader(want))
		d.UseNumber()
		var expected map[string]any
		if err := d.Decode(&expected); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(numbers(expected), any(got)) {
			t.Errorf("%q is %#v, not %s", text, got, want)
		}
	}
}

// numbers makes this package's numbers of JSON's.
func numbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		return Number(v)
	case []any:
		for i := range v {
			v[i] = numbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = numbers(v[k])
		}
	}
	return value
}

// TestRefused has what is no YAML, and what is YAML and not read.
func TestRefused(t *testing.T) {
	for _, text := range []string{
		"just text", "- a\n- b", "a: &x 1", "a: *x", "a: !!str 1", "%YAML 1.2", "? a\n: b", "<<: x", "a: 1\na: 2", "1: x", "true: x",
		"a: [x", "a: 'x", "a: \"x", "a: \"\\q\"", "a: \"\\ud800\"", "a: {x}", "a: {x:1}", "a: [x]y", "a: 'x' y", "a: [x y: z]",
		"a: b: c", "a: - b", "a:\n\tb: 1", "\ta: 1", "a: 1\n  b: 2", "  a: 1\nb: 2", "a: |2\n  x", "a: @x", "a: x\nb", "a: [x,,y]",
		"a: {x: 1, x: 2}", "a: " + strings.Repeat("[", 100), strings.Repeat("- ", 100) + "x",
	} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q is read as %#v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for text := range read {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := Parse(text); err != nil && len(err.Error()) > 200+2*len(text) {
			t.Errorf("the error of %q is longer than it: %v", text, err)
		}
	})
}
