package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// accountFile is the one file of a store that has a sign-in.
func accountFile(t *testing.T, p place) string {
	t.Helper()
	folder := ""
	for _, v := range p.env {
		if name, value, _ := strings.Cut(v, "="); name == "HEADFAST_STORE" {
			folder = value
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.account"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	return files[0]
}

// TestDamagedStore: a file that is damaged is told of wherever it matters, with the command that mends it.
func TestDamagedStore(t *testing.T) {
	t.Parallel()
	s := newOAuth(t)
	p, _ := signedOut(t, s)
	p.configured(bare(s.mcp.URL + "/mcp"))
	p.run("login", "acme").want(0)
	damage := func() (file string) {
		file = accountFile(t, p)
		if err := os.WriteFile(file, []byte("what was here is gone\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	file := damage()
	p.run("tokens").want(0, "HF137", file, "cut off or damaged", "headfast logout --damaged", "There is no sign-in")
	p.run("explain", "acme").want(0, "HF137", file, "headfast logout --damaged")
	if doc := p.run("tools", "acme", "--json").want(6).document(); len(doc.Warnings) != 1 || !strings.Contains(string(doc.Warnings[0]), "HF137") {
		t.Errorf("%s", doc.Warnings)
	}
	for _, args := range [][]string{{"login", "acme"}, {"logout", "acme"}} {
		if o := p.run(args...).want(3, "HF137", file, "Fix   Forget what is damaged, and nothing else: headfast logout --damaged"); strings.Count(o.err, "HF137") != 1 {
			t.Errorf("told twice: %s", o.err)
		}
	}
	p.run("help", "HF137").want(0, "headfast logout --damaged")
	if doc := p.run("logout", "--damaged", "--json").want(0).document(); !slices.Equal(doc.Forgotten, []string{file}) {
		t.Errorf("%v", doc.Forgotten)
	}
	p.run("logout", "--damaged").want(0, "Nothing is damaged in the folder ")
	p.run("login", "acme").want(0)
	p.run("logout", "--damaged").want(0, "Nothing is damaged in the folder ")
	p.run("tools", "acme").want(0, "echo")
	file = damage()
	if o := p.run("logout", "--all").want(0, "forgotten: "+file, "it was damaged"); strings.Contains(o.err, "There is no sign-in") {
		t.Errorf("%s", o.err)
	}
	p.run("tokens").want(0, "There is no sign-in")
}

// TestStoreIsGone: a store that does not open is a warning where something else will do, and never silence.
func TestStoreIsGone(t *testing.T) {
	t.Parallel()
	demo, s := start(t), newOAuth(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := at(t, bare(demo.URL("/open")), "ACME_KEY="+goodKey)
	p.env = append(p.env, "HEADFAST_STORE="+filepath.Join(file, "store"))
	p.run("tools", "acme").want(0, "! The sign-in that may be kept cannot be read  HF137", "without it there is no token", "echo")
	p.run("explain", "acme").want(0, "! The sign-in that may be kept cannot be read  HF137")
	p.configured(bare(s.mcp.URL + "/mcp"))
	p.run("tools", "acme").want(6, "HF137", "HF104")
	p.configured(signing(s))
	p.run("tools", "acme").want(3, "x The sign-in cannot be read or kept  HF137")
	p.configured(acme(demo.URL("/modern")))
	for _, args := range [][]string{{"tools", "acme"}, {"explain", "acme"}, {"servers"}} {
		if o := p.run(args...).want(0); strings.Contains(o.err, "HF137") {
			t.Errorf("%s: %s", args, o.err)
		}
	}
}
