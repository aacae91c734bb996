package edit

import (
	"strings"
	"testing"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/tree"
)

// read is a text of one of the three syntaxes, by what it begins with.
func read(t *testing.T, text string) (Syntax, *tree.Source, tree.Node) {
	t.Helper()
	s := tree.NewSource("f", []byte(text))
	x, parse := YAML, tree.YAML
	switch {
	case strings.Contains(text, "{\n") || strings.HasPrefix(text, "{") || strings.Contains(text, "{\r\n"):
		x, parse = JSON, tree.JSONC
	case strings.HasPrefix(text, "["):
		x, parse = TOML, tree.TOML
	}
	root, err := parse(s)
	if err != nil {
		t.Fatalf("%q: %s", text, err.Reason)
	}
	return x, s, root
}

// at is the member that a path of names leads to, "0" in a list.
func at(root tree.Node, path string) (found tree.Member) {
	for _, name := range strings.Split(path, ".") {
		if name == "0" {
			root = root.Items()[0]
			continue
		}
		m, _ := root.Last(name)
		found, root = *m, m.Value
	}
	found.Value = root
	return found
}

// TestInsert: a member at the end of a map, in all the ways that people write one.
func TestInsert(t *testing.T) {
	for _, c := range []struct{ text, in, want string }{
		{"{\n  \"s\": {\n    \"a\": 1\n  }\n}\n", "s", "{\n  \"s\": {\n    \"a\": 1,\n    \"n\": [\n      1\n    ]\n  }\n}\n"},
		{"{\n\t\"s\": {\n\t\t\"a\": 1, // one\n\t}\n}\n", "s", "{\n\t\"s\": {\n\t\t\"a\": 1,\n\t\t\"n\": [\n\t\t  1\n\t\t], // one\n\t}\n}\n"},
		{"{\n\t\"s\": {\n\t\t\"a\": 1 // one\n\t}\n}\n", "s", "{\n\t\"s\": {\n\t\t\"a\": 1, // one\n\t\t\"n\": [\n\t\t  1\n\t\t]\n\t}\n}\n"},
		{"{\r\n  \"s\": {\r\n    \"a\": {}\r\n  }\r\n}", "s", "{\r\n  \"s\": {\r\n    \"a\": {},\r\n    \"n\": [\r\n      1\r\n    ]\r\n  }\r\n}"},
		{"{\n    \"s\": {}\n}\n", "s", "{\n    \"s\": {\n        \"n\": [\n          1\n        ]\n    }\n}\n"},
		{"{\"s\":{\"a\":1,\"b\":2}}", "s", "{\"s\":{\"a\":1,\"b\":2,\"n\": [\n  1\n]}}"},
		{"{\"s\": {\"a\": 1}}", "s", "{\"s\": {\"a\": 1, \"n\": [\n  1\n]}}"},
		{"{\n  \"s\": { \"a\": 1 } // x }\n}", "s", "{\n  \"s\": { \"a\": 1, \"n\": [\n    1\n  ] } // x }\n}"},
		{"[s]\na = 1\n\n[t]\n", "s", "[s]\na = 1\nn = [\n  1\n]\n\n[t]\n"},
		{"[s]\na = [\n 1\n] # x\n[s.t]\nb = 1\n", "s", "[s]\na = [\n 1\n] # x\nn = [\n  1\n]\n[s.t]\nb = 1\n"},
		{"[s]\n[s.t]\nb = 1", "s", "[s]\nn = [\n  1\n]\n[s.t]\nb = 1"},
		{"s:\n  a: 1\n  b:\n    c: 1 # x\n\n# end\nt: 1\n", "s", "s:\n  a: 1\n  b:\n    c: 1 # x\n  n: [\n    1\n  ]\n\n# end\nt: 1\n"},
		{"s:\n- a: 1\n  b:\n  - c\n- d: 1\n", "s.0", "s:\n- a: 1\n  b:\n  - c\n  n: [\n    1\n  ]\n- d: 1\n"},
		{"s:\n  a: >-\n    x\n    y", "s", "s:\n  a: >-\n    x\n    y\n  n: [\n    1\n  ]"},
		{"s: {a: 1}\n", "s", "s: {a: 1, n: [\n  1\n]}\n"},
		{"s: {a: [1, ']', {b: c}], d: {e: \"\\\"}\"}}\n", "s", "s: {a: [1, ']', {b: c}], d: {e: \"\\\"}\"}, n: [\n  1\n]}\n"},
	} {
		x, s, root := read(t, c.text)
		edits := x.Insert(s, at(root, c.in).Value, "n", "[\n  1\n]")
		check(t, c.text, edits, c.want, c.in+".n.0")
	}
}

// TestBefore: a member in front of another one.
func TestBefore(t *testing.T) {
	for _, c := range []struct{ text, next, want string }{
		{"{\n  \"s\": {\n    \"a\": 1\n  }\n}\n", "s.a", "{\n  \"s\": {\n    \"n\": 1,\n    \"a\": 1\n  }\n}\n"},
		{"{\r\n\t\"s\": {\r\n\t\t\"a\": 1\r\n\t}\r\n}\r\n", "s.a", "{\r\n\t\"s\": {\r\n\t\t\"n\": 1,\r\n\t\t\"a\": 1\r\n\t}\r\n}\r\n"},
		{"{\"s\": {\"a\": 1}}", "s.a", "{\"s\": {\"n\": 1, \"a\": 1}}"},
		{"[s]\na = 1\n", "s.a", "[s]\nn = 1\na = 1\n"},
		{"s:\n  - a: 1\n    b: 2\n", "s.0.a", "s:\n  - n: 1\n    a: 1\n    b: 2\n"},
		{"s:\n  a: 1\n", "s.a", "s:\n  n: 1\n  a: 1\n"},
		{"s: {a: 1}\n", "s.a", "s: {n: 1, a: 1}\n"},
	} {
		x, s, root := read(t, c.text)
		parts := strings.Split(c.next, ".")
		check(t, c.text, []msg.Edit{x.Before(s, at(root, c.next), "n", "1")}, c.want, strings.Join(parts[:len(parts)-1], ".")+".n")
	}
}

func check(t *testing.T, text string, edits []msg.Edit, want, path string) {
	t.Helper()
	out, ok := msg.ApplyEdits([]byte(text), edits)
	if !ok || string(out) != want {
		t.Errorf("%q:\n%q, want\n%q", text, out, want)
		return
	}
	if _, _, root := read(t, string(out)); at(root, path).Value.Literal() != "1" {
		t.Errorf("%q: nothing at %s", out, path)
	}
}

func TestAppend(t *testing.T) {
	for text, want := range map[string]string{
		"": "[t]\na = 1\n", "[s]": "[s]\n\n[t]\na = 1\n", "[s]\n": "[s]\n\n[t]\na = 1\n", "[s]\n\n": "[s]\n\n[t]\na = 1\n",
		"[s]\r\n": "[s]\r\n\r\n[t]\r\na = 1\r\n",
	} {
		s := tree.NewSource("f", []byte(text))
		out, _ := msg.ApplyEdits(s.Text, []msg.Edit{Append(s, "[t]\na = 1\n")})
		if string(out) != want {
			t.Errorf("%q: %q", text, out)
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	span := func(start, end uint32) msg.Edit { return msg.Edit{At: msg.Span{Start: start, End: end}} }
	for _, edits := range [][]msg.Edit{{span(2, 1)}, {span(0, 9)}, {span(2, 3), span(0, 1)}, {span(0, 2), span(1, 3)}} {
		if _, ok := msg.ApplyEdits([]byte("abc"), edits); ok {
			t.Errorf("%v", edits)
		}
	}
}

// TestWritten: what is written is read as what it was, in each syntax.
func TestWritten(t *testing.T) {
	for _, text := range []string{"plain", "two words", "", "on", "1", "é\x7f\t\n\"\\\u2028", "a: b", "# c", "-", "${X}", "null", "~", "a-b_c"} {
		for x, c := range []struct {
			parse      func(*tree.Source) (tree.Node, *tree.Error)
			open, shut string
		}{{tree.JSON, "{", "}"}, {tree.TOML, "", "\n"}, {tree.YAML, "", "\n"}} {
			x := Syntax(x)
			s := tree.NewSource("f", []byte(c.open+x.pair(text, x.Value(text))+c.shut))
			root, err := c.parse(s)
			if err != nil {
				t.Errorf("%s: %s", s.Text, err.Reason)
				continue
			}
			m := root.Members()[0]
			if got, ok := m.Value.Text(); m.Name != text || got != text || !ok {
				t.Errorf("%s: %q is %q", s.Text, m.Name, got)
			}
		}
	}
}
