package main

import (
	"fmt"
	"math"
	"sort"

	"github.com/tinylib/msgp/gen"
	"github.com/tinylib/msgp/parse"
)

// Schema is package msg as both emitters see it.
type Schema struct {
	Package  string
	Types    []Type // in the order of the source
	Consts   []Const
	MapLimit uint32
}

// Type is one struct. A union is a struct all of whose fields are optional.
type Type struct {
	Name   string
	Doc    string
	Fields []Field
	Union  bool
}

// Field is one field of a struct.
type Field struct {
	Name     string // as Go writes it
	Wire     string // the key in the map
	Doc      string
	Kind     Kind
	Type     string // the struct's name, where Kind is KindStruct
	List     bool
	Optional bool   // a pointer that is left out where it is nil
	Limit    uint32 // the most elements of a list, or bytes of a KindBytes
}

// Kind is what a value, or a list's element, is on the wire.
type Kind string

// The kinds that the schema may use. Another one is an error here, not a surprise in a codec.
const (
	KindBool   Kind = "bool"
	KindUint32 Kind = "uint32"
	KindInt64  Kind = "int64"
	KindString Kind = "string"
	KindBytes  Kind = "bytes"
	KindStruct Kind = "struct"
)

var primitives = map[gen.Primitive]Kind{
	gen.Bool:   KindBool,
	gen.Uint32: KindUint32,
	gen.Int64:  KindInt64,
	gen.String: KindString,
	gen.Bytes:  KindBytes,
}

func readSchema(dir string) (*Schema, error) {
	set, err := parse.File(dir, false, nil)
	if err != nil {
		return nil, err
	}
	if !set.NoDuplicates || set.MapLimit == math.MaxUint32 || set.ArrayLimit == math.MaxUint32 {
		return nil, fmt.Errorf("%s: the directives msgp:limit and msgp:noduplicates are required", dir)
	}
	src, err := readSource(dir)
	if err != nil {
		return nil, err
	}
	schema := &Schema{Package: set.Package, Consts: src.consts, MapLimit: set.MapLimit}
	for _, name := range src.order {
		elem, ok := set.Identities[name].(*gen.Struct)
		if !ok {
			return nil, fmt.Errorf("type %s is no struct", name)
		}
		t, err := readType(name, elem, src, set.ArrayLimit)
		if err != nil {
			return nil, err
		}
		schema.Types = append(schema.Types, t)
	}
	return schema, schema.resolve()
}

func readType(name string, elem *gen.Struct, src *source, limit uint32) (Type, error) {
	t := Type{Name: name, Doc: src.docs[name], Union: len(elem.Fields) > 0}
	if elem.AsTuple || elem.AsVarTuple {
		return t, fmt.Errorf("type %s: tuples cannot overlap between versions", name)
	}
	if len(elem.Fields) > 31 {
		return t, fmt.Errorf("type %s: more than 31 fields; the decoder's set of fields seen is one number", name)
	}
	for _, sf := range elem.Fields {
		f, err := readField(sf, limit)
		if err != nil {
			return t, fmt.Errorf("%s.%s: %w", name, sf.FieldName, err)
		}
		f.Doc = src.docs[name+"."+f.Name]
		t.Fields = append(t.Fields, f)
		t.Union = t.Union && f.Optional
	}
	return t, nil
}

func readField(sf gen.StructField, limit uint32) (Field, error) {
	f := Field{Name: sf.FieldName, Wire: sf.FieldTag, Limit: limit}
	if sf.FieldLimit > 0 {
		f.Limit = sf.FieldLimit
	}
	elem := sf.FieldElem
	switch e := elem.(type) {
	case *gen.Ptr:
		f.Optional, elem = true, e.Value
	case *gen.Slice:
		f.List, elem = true, e.Els
	}
	if f.Optional != sf.HasTagPart("omitempty") {
		return f, fmt.Errorf("omitempty goes with pointers, and pointers with omitempty")
	}
	switch e := elem.(type) {
	case *gen.Struct: // msgp has inlined it
		f.Kind, f.Type = KindStruct, e.TypeName()
	case *gen.BaseElem:
		f.Kind = primitives[e.Value]
		if e.Value == gen.IDENT {
			f.Kind, f.Type = KindStruct, e.TypeName()
		}
	}
	if f.Kind == "" || f.Optional && f.Kind != KindStruct {
		return f, fmt.Errorf("the kind %s is not in the boundary's vocabulary", sf.FieldElem.TypeName())
	}
	return f, nil
}

// resolve checks that every struct that a field names is one of the schema's.
func (s *Schema) resolve() error {
	known := make(map[string]bool)
	for _, t := range s.Types {
		known[t.Name] = true
	}
	for _, t := range s.Types {
		for _, f := range t.Fields {
			if f.Kind == KindStruct && !known[f.Type] {
				return fmt.Errorf("%s.%s: unknown type %s", t.Name, f.Name, f.Type)
			}
		}
	}
	return nil
}

func (s *Schema) sorted() []Type {
	types := append([]Type(nil), s.Types...)
	sort.Slice(types, func(i, j int) bool { return types[i].Name < types[j].Name })
	return types
}
