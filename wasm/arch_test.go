package main_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the repository, seen from this directory.
const root = ".."

// impure are the packages that the core has no use for: they block, look at a clock, draw randomness, reach
// for the system, or weigh more than they do (net/http alone is 453 kB of brotli).
var impure = []string{
	"context", "crypto/rand", "encoding/json", "fmt", "log", "log/slog", "math/rand", "math/rand/v2", "net", "net/http",
	"net/url", "os", "os/exec", "os/signal", "reflect", "sync", "sync/atomic", "syscall", "syscall/js", "time", "unsafe",
}

// TestPure holds rule 2: what is compiled into the module neither blocks nor asks anything but its inputs.
func TestPure(t *testing.T) {
	files := 0
	for _, path := range goFiles(t) {
		if !strings.HasPrefix(path, "wasm/") || strings.HasSuffix(path, "_test.go") {
			continue
		}
		files++
		for _, what := range impurities(t, path, nil) {
			t.Error(what)
		}
	}
	if files < 30 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestPureFinds is the test of the test: each of these must be found.
func TestPureFinds(t *testing.T) {
	bad := []string{
		"func f() { go f() }", "var c chan int", "func f(c <-chan int) {}", "func f(c T) { c <- 1 }", "func f(c T) { <-c }",
		"func f() { select {} }", "func f() { _ = make(chan T) }", "//go:linkname f time.now\nfunc f()",
		"//go:wasmimport gojs f\nfunc f()", "//go:wasmexport f\nfunc f() {}",
	}
	for _, path := range impure {
		bad = append(bad, "import . "+strconv.Quote(path))
	}
	for _, text := range bad {
		if found := impurities(t, "bad.go", "package p\n\n"+text+"\n"); len(found) == 0 {
			t.Errorf("not found: %s", text)
		}
	}
	if found := impurities(t, "good.go", "package p\n\nimport \"strings\"\n\nvar x = -strings.Count(a, b)\n"); len(found) > 0 {
		t.Errorf("found in what is pure: %v", found)
	}
}

// impurities lists what a file does that the core must not. source is as in parser.ParseFile.
func impurities(t *testing.T, path string, source any) (found []string) {
	t.Helper()
	fset := token.NewFileSet()
	file := parse(t, fset, path, source, parser.ParseComments)
	say := func(n ast.Node, what string) {
		found = append(found, fset.Position(n.Pos()).String()+": "+what+" in the core")
	}
	for _, spec := range file.Imports {
		if name := imported(t, spec); slices.Contains(impure, name) {
			say(spec, "import of "+name)
		}
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if directive.MatchString(c.Text) {
				say(c, c.Text)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if what := blocking(n); what != "" {
			say(n, what)
		}
		return true
	})
	return found
}

// directive is a way around imports.
var directive = regexp.MustCompile(`^//go:(linkname|wasmimport|wasmexport|cgo_)`)

func blocking(n ast.Node) string {
	switch n := n.(type) {
	case *ast.GoStmt:
		return "go statement"
	case *ast.ChanType:
		return "channel type"
	case *ast.SendStmt:
		return "send"
	case *ast.SelectStmt:
		return "select"
	case *ast.UnaryExpr:
		if n.Op == token.ARROW {
			return "receive"
		}
	}
	return ""
}

// maxLines is rule 5's bound for a file that people read.
const maxLines = 600

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// TestFileSizes: no file that was written by hand is longer than 600 lines.
func TestFileSizes(t *testing.T) {
	for _, path := range goFiles(t) {
		text, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > maxLines && !generated.Match(text) {
			t.Errorf("%s has %d lines, more than %d", path, lines, maxLines)
		}
	}
}

// goFiles are the repository's Go files, from its top, with slashes.
func goFiles(t *testing.T) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != root && (name == "node_modules" || name == "dist" || strings.HasPrefix(name, ".")) {
			return filepath.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(name, ".go") {
			rel, _ := filepath.Rel(root, path)
			paths = append(paths, filepath.ToSlash(rel))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func parse(t *testing.T, fset *token.FileSet, path string, source any, mode parser.Mode) *ast.File {
	t.Helper()
	if source == nil {
		path = filepath.Join(root, path)
	}
	file, err := parser.ParseFile(fset, path, source, mode)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func imported(t *testing.T, spec *ast.ImportSpec) string {
	t.Helper()
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
