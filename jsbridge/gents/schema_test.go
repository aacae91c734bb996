package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const directives = "//msgp:limit arrays:10 maps:10\n//msgp:noduplicates\n"

func readText(t *testing.T, text string) (*Schema, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.go"), []byte("package x\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
	return readSchema(dir)
}

func TestHashIsStableAndSensitive(t *testing.T) {
	const a = "// A is a.\ntype A struct { N uint32 `msg:\"n\"`; S string `msg:\"s\"` }\n"
	const b = "type B struct { A *A `msg:\"a,omitempty\"` }\n"
	hash := func(text string) string {
		s, err := readText(t, directives+text)
		if err != nil {
			t.Fatal(err)
		}
		return s.hash()
	}
	base := hash(a + b)
	if got := hash(b + strings.Replace(a, "// A is a.\n", "", 1)); got != base {
		t.Errorf("the order of types and comments changed the hash")
	}
	for _, change := range [][2]string{{"uint32", "int64"}, {`msg:"n"`, `msg:"m"`}, {"S string", "S []string"}} {
		if hash(strings.Replace(a, change[0], change[1], 1)+b) == base {
			t.Errorf("%s -> %s did not change the hash", change[0], change[1])
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no directives":        "type A struct { N uint32 `msg:\"n\"` }\n",
		"a tuple":              directives + "//msgp:tuple A\ntype A struct { N uint32 }\n",
		"a float":              directives + "type A struct { N float64 `msg:\"n\"` }\n",
		"a map":                directives + "type A struct { N map[string]string `msg:\"n\"` }\n",
		"a list of lists":      directives + "type A struct { N [][]string `msg:\"n\"` }\n",
		"a pointer always set": directives + "type B struct{N bool `msg:\"n\"`}\ntype A struct { N *B `msg:\"n\"` }\n",
		"a scalar left out":    directives + "type A struct { N uint32 `msg:\"n,omitempty\"` }\n",
	} {
		if _, err := readText(t, text); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestFieldLimit(t *testing.T) {
	s, err := readText(t, directives+"type A struct { B []byte `msg:\"b,limit=99\"`; C []byte `msg:\"c\"` }\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Types[0].Fields; got[0].Limit != 99 || got[1].Limit != 10 {
		t.Errorf("limits %d and %d, want 99 and 10", got[0].Limit, got[1].Limit)
	}
}
