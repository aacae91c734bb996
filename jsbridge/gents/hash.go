package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// describe is the schema as the hash sees it: types by name, fields in the order of the wire, which is
// part of the agreement because equal values must be equal bytes. Comments, Go names and limits are not.
func (s *Schema) describe() string {
	var b strings.Builder
	for _, t := range s.sorted() {
		word := "struct"
		if t.Union {
			word = "union"
		}
		fmt.Fprintf(&b, "%s %s\n", word, t.Name)
		for _, f := range t.Fields {
			fmt.Fprintf(&b, "  %s %s\n", f.Wire, f.describe())
		}
	}
	return b.String()
}

func (f Field) describe() string {
	text := string(f.Kind)
	if f.Kind == KindStruct {
		text = f.Type
	}
	if f.List {
		text = "[]" + text
	}
	if f.Optional {
		text += " optional"
	}
	return text
}

// hash is the first 16 hexadecimal characters of the description's sha256.
func (s *Schema) hash() string {
	sum := sha256.Sum256([]byte(s.describe()))
	return hex.EncodeToString(sum[:8])
}
