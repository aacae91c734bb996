package host

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/headfast/headfast/wasm/problem"
)

// TestEveryCodeIsNamed: each code of the list has a constant here, so that errors.Is can ask for it.
func TestEveryCodeIsNamed(t *testing.T) {
	codes := constants(t, "../wasm/problem/problem.go", func(e ast.Expr) string {
		if text, ok := e.(*ast.BasicLit); ok {
			return strings.Trim(text.Value, `"`)
		}
		return ""
	})
	values := map[string]bool{}
	for _, names := range constants(t, "errors.go", func(e ast.Expr) string {
		if s, ok := e.(*ast.SelectorExpr); ok {
			return s.Sel.Name
		}
		return ""
	}) {
		values[codes[names]] = true
	}
	for _, m := range problem.All {
		if !values[m.Code] {
			t.Errorf("no constant for %s (%s)", m.Code, m.Text)
		}
	}
	if len(values) != len(problem.All) {
		t.Errorf("%d constants for %d codes", len(values), len(problem.All))
	}
}

// constants are a file's constants by their names, with what value makes of each.
func constants(t *testing.T, file string, value func(ast.Expr) string) map[string]string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, d := range f.Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			v := spec.(*ast.ValueSpec)
			for i, name := range v.Names {
				if text := value(v.Values[i]); text != "" {
					found[name.Name] = text
				}
			}
		}
	}
	return found
}
