package skills

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestYAML has frontmatter as people write it, with what it means as JSON.
func TestYAML(t *testing.T) {
	for text, want := range map[string]string{
		"":                            `{}`,
		"# nothing\n\n":               `{}`,
		"name: pdf\ndescription: A b": `{"name":"pdf","description":"A b"}`,
		"a: 1\nb: -2.50\nc: 0x1F\nd: 0o17\ne: 1e3":      `{"a":1,"b":-2.50,"c":31,"d":15,"e":1e3}`,
		"a: true\nb: yes\nc: ~\nd:\ne: null\nf: False":  `{"a":true,"b":"yes","c":null,"d":null,"e":null,"f":false}`,
		"a: 2026-01-02\nb: 1.2.3\nd: 12:30":             `{"a":"2026-01-02","b":"1.2.3","d":"12:30"}`,
		"a: x # comment\nb: x#y\nc: 'it''s # it'":       `{"a":"x","b":"x#y","c":"it's # it"}`,
		"a: http://x.y/z\nb: a:b":                       `{"a":"http://x.y/z","b":"a:b"}`,
		"a: one\n  two\n\n  three\nb: x":                `{"a":"one two\nthree","b":"x"}`,
		"l:\n  - a: 1\n    b: 2\n  - - x\n    - y":      `{"l":[{"a":1,"b":2},["x","y"]]}`,
		"a: [x, 'y', 1, [], {}]\nb: {k: v, \"q\": 1}":   `{"a":["x","y",1,[],{}],"b":{"k":"v","q":1}}`,
		"a: |\n  one\n   two\n\n  three\n\nb: x":        `{"a":"one\n two\n\nthree\n","b":"x"}`,
		"a: >\n  one\n  two\n\n  three\n   in\n  out\n": `{"a":"one two\nthree\n in\nout\n"}`,
	} {
		got, err := readYAML(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		d := json.NewDecoder(strings.NewReader(want))
		d.UseNumber()
		var said any
		if err := d.Decode(&said); err != nil {
			t.Fatal(err)
		}
		if err := same("it", got, said); err != nil {
			t.Errorf("%q is %#v: %v", text, got, err)
		}
	}
}

// TestYAMLRefused has what is no YAML, and what could be read in two ways.
func TestYAMLRefused(t *testing.T) {
	for _, text := range []string{
		"just text", "- a\n- b", "a: &x 1", "a: &x 1\nb: *x", "a: !!str 1", "? [a]\n: b", "a: {b: 1}\nc:\n  <<: {b: 2}", "a: 1\na: 2", "1: x",
		"true: x", "a: [x", "a: 'x", "a: \"\\q\"", "a: b: c", "a:\n\tb: 1", "a: @x", "a: {x: 1, x: 2}", "a: " + strings.Repeat("[", 100) + strings.Repeat("]", 100),
	} {
		if got, err := readYAML(text); err == nil {
			t.Errorf("%q is read as %#v", text, got)
		}
	}
}
