package tree

import (
	"strings"
	"testing"
)

// outline writes a tree: each name and scalar with the text that its place points at.
func outline(b *strings.Builder, s *Source, n Node, indent string) {
	switch n.Kind {
	case Map:
		b.WriteString("{\n")
		for _, m := range n.Members() {
			b.WriteString(indent + " " + m.Name + " <" + string(s.Text[m.Start:m.End]) + "> ")
			outline(b, s, m.Value, indent+" ")
		}
		b.WriteString(indent + "}\n")
	case List:
		b.WriteString("[\n")
		for _, i := range n.Items() {
			b.WriteString(indent + " - ")
			outline(b, s, i, indent+" ")
		}
		b.WriteString(indent + "]\n")
	default:
		b.WriteString(n.Kind.String() + " " + n.Literal() + " <" + string(s.Text[n.Start:n.End]) + ">\n")
	}
}

const sameInAll = `{
 servers <KEY> {
  a b <NAME> {
   url <URL> a string https://é.example/mcp <VALUE>
   args <ARGS> [
    - a string x <X>
    - a string y"z <YZ>
   ]
   n <N> a number 15 <15>
   on <ON> a boolean true <true>
   headers <H> {
    X-Key <XKEY> a string ${T} <T>
   }
  }
 }
}
`

// TestFormats: the same configuration in four formats is the same tree, and every place is that of its token.
func TestFormats(t *testing.T) {
	cases := []struct {
		format string
		read   func(*Source) (Node, *Error)
		text   string
		tokens []string
	}{
		{"json", JSON, "{ \"servers\": {\"a b\": {\"url\": \"https://\\u00e9.example/mcp\", \"args\": [\"x\", \"y\\\"z\"], \"n\": 15, \"on\": true, \"headers\": {\"X-Key\": \"${T}\"}}}}",
			[]string{`"servers"`, `"a b"`, `"url"`, `"https://\u00e9.example/mcp"`, `"args"`, `"x"`, `"y\"z"`, `"n"`, `"on"`, `"headers"`, `"X-Key"`, `"${T}"`}},
		{"jsonc", JSONC, "// é, {\n{ \"servers\": /* , */ {\"a b\": {\"url\": \"https://é.example/mcp\", \"args\": [\"x\", \"y\\\"z\",], \"n\": 15, \"on\": true, \"headers\": {\"X-Key\": \"${T}\"},},},\n}",
			[]string{`"servers"`, `"a b"`, `"url"`, `"https://é.example/mcp"`, `"args"`, `"x"`, `"y\"z"`, `"n"`, `"on"`, `"headers"`, `"X-Key"`, `"${T}"`}},
		{"toml", TOML, "# é [\n[servers.\"a b\"]\nurl = \"https://é.example/mcp\" # c\nargs = [ # [\n \"x\",\n 'y\"z' ]\nn = 15\non = true\n[servers.\"a b\".headers]\nX-Key = '${T}'\n",
			[]string{`servers`, `"a b"`, `url`, `"https://é.example/mcp"`, `args`, `"x"`, `'y"z'`, `n`, `on`, `headers`, `X-Key`, `'${T}'`}},
		{"yaml", YAML, "# é\nservers:\n  \"a b\":\n    url: https://é.example/mcp # c\n    args:\n      - x\n      - 'y\"z'\n    n: 15\n    on: true\n    headers: {X-Key: \"${T}\"}\n",
			[]string{`servers`, `"a b"`, `url`, `https://é.example/mcp`, `args`, `x`, `'y"z'`, `n`, `on`, `headers`, `X-Key`, `"${T}"`}},
	}
	names := []string{"<KEY>", "<NAME>", "<URL>", "<VALUE>", "<ARGS>", "<X>", "<YZ>", "<N>", "<ON>", "<H>", "<XKEY>", "<T>"}
	for _, c := range cases {
		s := NewSource("f", []byte(c.text))
		root, err := c.read(s)
		if err != nil {
			t.Errorf("%s: %v at %d", c.format, err.Reason, err.Offset)
			continue
		}
		want := sameInAll
		for i, name := range names {
			want = strings.Replace(want, name, "<"+c.tokens[i]+">", 1)
		}
		var b strings.Builder
		outline(&b, s, root, "")
		if b.String() != want {
			t.Errorf("%s:\n%swant\n%s", c.format, b.String(), want)
		}
	}
}

// TestFaults: what cannot be read says where, and cites nothing.
func TestFaults(t *testing.T) {
	deep := strings.Repeat("[", 200)
	for _, c := range []struct {
		format string
		read   func(*Source) (Node, *Error)
		text   string
		reason string
		rest   string // what stands where the fault is
	}{
		{"json", JSON, "{\"a\": sk-fake}", "unexpected character", "sk-fake}"},
		{"json has no comments", JSON, "{ // c\n}", "unexpected character", "// c\n}"},
		{"comments, no commas", JSONComments, "{ /* , */ \"a\": [1, // ,\n], }", "comma before a closing bracket", "], }"},
		{"toml", TOML, "a = 1\nb = sk-fake\n", "unexpected character", "sk-fake\n"},
		{"toml twice", TOML, "a = 1\na = 2\n", "a name is given twice", "a = 2\n"},
		{"toml table twice", TOML, "[a]\n[a]\n", "a name is given twice", "a]\n"},
		{"toml value as table", TOML, "a = 1\n[a.b]\n", "a name is given twice", "a.b]\n"},
		{"toml deep", TOML, "a = " + deep, tooDeep, ""},
		{"toml dotted", TOML, strings.Repeat("a.", 200) + "a = 1", tooDeep, ""},
		{"yaml", YAML, "a: [sk-fake\nb: }\n", "',' or ']' must be specified", ""},
		{"yaml twice", YAML, "a: 1\na: 2\n", "a name is given twice", "a: 2\n"},
		{"toml deep over lines", TOML, "a = " + strings.Repeat("[#]\n", 200), tooDeep, ""},
		{"toml deep beside strings", TOML, "a = " + strings.Repeat("[\"]\",", 200), tooDeep, ""},
		{"yaml deep", YAML, "a: " + strings.Repeat("[", 400), "it has more than 300 brackets", ""},
		{"yaml deep beside strings", YAML, "a: " + strings.Repeat("[\"]\",", 400), "it has more than 300 brackets", ""},
		{"yaml merged", YAML, "a: &a {" + strings.Repeat("k: v, ", 1) + "b: c}\nd:\n  <<: [" + strings.Repeat("*a, ", 9000) + "*a]\n", "more than 10000 members are merged", ""},
		{"yaml dashes", YAML, strings.Repeat("- ", 200) + "a", tooDeep, ""},
		{"long", YAML, "# " + strings.Repeat("x", mostBytes), "it has more than 1 MiB", ""},
	} {
		_, err := c.read(NewSource("f", []byte(c.text)))
		switch {
		case err == nil:
			t.Errorf("%s: no error", c.format)
		case err.Reason != c.reason || strings.Contains(err.Reason, "sk-"):
			t.Errorf("%s: %q, want %q", c.format, err.Reason, c.reason)
		case c.rest != "" && c.text[err.Offset:] != c.rest:
			t.Errorf("%s: at %q, want %q", c.format, c.text[err.Offset:], c.rest)
		}
	}
}

// TestYAMLReferences: anchors, merge keys and blocks of text.
func TestYAMLReferences(t *testing.T) {
	s := NewSource("f", []byte("base: &b\n  k: v\n  l: w\nuse:\n  <<: *b\n  l: own\nsame: *b\nfold: >-\n  aa\n  bb\nloop: &x [*x]\nnone:\n"))
	root, err := YAML(s)
	if err != nil {
		t.Fatal(err.Reason)
	}
	var b strings.Builder
	outline(&b, s, root, "")
	for _, want := range []string{
		" use <use> {\n  k <k> a string v <v>\n  l <l> a string w <w>\n  l <l> a string own <own>\n }",
		" same <same> {\n  k <k> a string v <v>", "a string aa bb <>-", "null",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func fuzz(f *testing.F, read func(*Source) (Node, *Error), seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s := NewSource("f", text)
		root, err := read(s)
		if err != nil {
			if err.Offset < 0 || err.Offset > len(text) || err.Reason == "" {
				t.Fatal(err.Offset, err.Reason)
			}
			return
		}
		walk(t, s, root, 0)
	})
}

// walk asks each part for its place.
func walk(t *testing.T, s *Source, n Node, depth int) {
	if n.Start < 0 || n.End < n.Start || n.End > len(s.Text) {
		t.Fatalf("%v from %d to %d of %d", n.Kind, n.Start, n.End, len(s.Text))
	}
	if n.Where(); depth > 6 {
		return
	}
	for _, m := range n.Members() {
		if m.Start < 0 || m.End < m.Start || m.End > len(s.Text) {
			t.Fatalf("name from %d to %d of %d", m.Start, m.End, len(s.Text))
		}
		m.Where()
		walk(t, s, m.Value, depth+1)
	}
	for _, i := range n.Items() {
		walk(t, s, i, depth+1)
	}
}

func FuzzTOML(f *testing.F) {
	fuzz(f, TOML, "[a.\"b c\"]\nx = [1, {y = 'z'}]\n[[l]]\nk.l = true\n", "a = \"\\u00e9\"")
}

func FuzzYAML(f *testing.F) {
	fuzz(f, YAML, "a: &b\n  - c: \"d\"\n  - {e: f}\ng: *b\nh:\n  <<: *b\n", "a: >-\n  b\n  c\n", "? a\n: b\n", "--- !!map\na: 1\n...\n")
}

func FuzzJSONC(f *testing.F) {
	fuzz(f, JSONC, "// c\n{\"a\": [1, /* x */ 2,],}")
	f.Add([]byte("{\"a\\u00e9\":{}}"))
}
