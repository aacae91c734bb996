package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Const is one exported constant of the schema.
type Const struct {
	Name  string
	Doc   string
	Value constant.Value
}

// source is what msgp's parser drops: order, comments and constants.
type source struct {
	order  []string
	docs   map[string]string // of "Type" and "Type.Field"
	consts []Const
}

func readSource(dir string) (*source, error) {
	names, err := schemaFiles(dir)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	// Imports and generated files are not there, so there are errors; constants need neither.
	config := types.Config{Error: func(error) {}}
	_, _ = config.Check(dir, fset, files, info)
	src := &source{docs: make(map[string]string)}
	for _, f := range files {
		for _, decl := range f.Decls {
			if d, ok := decl.(*ast.GenDecl); ok {
				if err := src.readDecl(d, info); err != nil {
					return nil, err
				}
			}
		}
	}
	return src, nil
}

// schemaFiles lists the hand-written files, the one named as the directory first: it has the roots.
func schemaFiles(dir string) ([]string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		n := e.Name()
		if strings.HasSuffix(n, ".go") && !strings.HasSuffix(n, "_test.go") && !strings.HasSuffix(n, "_gen.go") {
			names = append(names, filepath.Join(dir, n))
		}
	}
	main := filepath.Base(abs) + ".go"
	sort.SliceStable(names, func(i, j int) bool {
		return filepath.Base(names[i]) == main && filepath.Base(names[j]) != main
	})
	return names, nil
}

func (s *source) readDecl(d *ast.GenDecl, info *types.Info) error {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				s.readType(spec, firstDoc(spec.Doc, d.Doc))
			}
		case *ast.ValueSpec:
			if d.Tok != token.CONST {
				continue
			}
			if err := s.readConsts(spec, firstDoc(spec.Doc, spec.Comment, d.Doc), info); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *source) readType(spec *ast.TypeSpec, doc string) {
	s.order = append(s.order, spec.Name.Name)
	s.docs[spec.Name.Name] = doc
	st, ok := spec.Type.(*ast.StructType)
	if !ok {
		return // readSchema says so
	}
	for _, field := range st.Fields.List {
		for _, name := range field.Names {
			s.docs[spec.Name.Name+"."+name.Name] = firstDoc(field.Doc, field.Comment)
		}
	}
}

func (s *source) readConsts(spec *ast.ValueSpec, doc string, info *types.Info) error {
	for _, name := range spec.Names {
		c, ok := info.Defs[name].(*types.Const)
		if !ok || !name.IsExported() {
			continue
		}
		if kind := c.Val().Kind(); kind != constant.String && kind != constant.Int && kind != constant.Bool {
			return fmt.Errorf("constant %s has no value that TypeScript can have", name.Name)
		}
		s.consts = append(s.consts, Const{Name: name.Name, Doc: doc, Value: c.Val()})
	}
	return nil
}

func firstDoc(groups ...*ast.CommentGroup) string {
	for _, g := range groups {
		if text := strings.TrimSpace(g.Text()); text != "" {
			return text
		}
	}
	return ""
}
