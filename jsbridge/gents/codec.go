package main

import (
	"bytes"
	"fmt"
	"strings"
)

func emitEncode(b *bytes.Buffer, t Type) {
	fmt.Fprintf(b, "\nexport function encode%s(w: Writer, v: %s): void {\n", t.Name, t.Name)
	size := fmt.Sprint(len(t.Fields) - len(optionals(t)))
	for _, f := range optionals(t) {
		size += fmt.Sprintf(" + (v.%s === undefined ? 0 : 1)", camel(f.Name))
	}
	fmt.Fprintf(b, "  w.mapHeader(%s);\n", size)
	for _, f := range t.Fields {
		emitEncodeField(b, f)
	}
	b.WriteString("}\n")
}

func optionals(t Type) (out []Field) {
	for _, f := range t.Fields {
		if f.Optional {
			out = append(out, f)
		}
	}
	return out
}

func emitEncodeField(b *bytes.Buffer, f Field) {
	name := "v." + camel(f.Name)
	switch {
	case f.Optional:
		fmt.Fprintf(b, "  if (%s !== undefined) {\n    w.key(key.%s);\n    %s\n  }\n", name, f.Wire, f.write(name))
	case f.List:
		fmt.Fprintf(b, "  w.key(key.%s);\n  w.arrayHeader(%s.length);\n", f.Wire, name)
		fmt.Fprintf(b, "  for (const item of %s) %s\n", name, f.write("item"))
	default:
		fmt.Fprintf(b, "  w.key(key.%s);\n  %s\n", f.Wire, f.write(name))
	}
}

func (f Field) write(expr string) string {
	if f.Kind == KindStruct {
		return fmt.Sprintf("encode%s(w, %s);", f.Type, expr)
	}
	return fmt.Sprintf("w.%s(%s);", f.Kind, expr)
}

func (f Field) read() string {
	switch f.Kind {
	case KindStruct:
		return fmt.Sprintf("decode%s(r)", f.Type)
	case KindBytes:
		return fmt.Sprintf("r.bytes(%d)", f.Limit)
	}
	return fmt.Sprintf("r.%s()", f.Kind)
}

func emitDecode(b *bytes.Buffer, t Type, mapLimit uint32) {
	emitZero(b, t)
	fmt.Fprintf(b, "\nexport function decode%s(r: Reader): %s {\n", t.Name, t.Name)
	fmt.Fprintf(b, "  const v = zero%s();\n  let seen = 0;\n", t.Name)
	fmt.Fprintf(b, "  for (let n = r.mapHeader(%d); n > 0; n--) {\n    switch (r.key()) {\n", mapLimit)
	for i, f := range t.Fields {
		fmt.Fprintf(b, "      case %q:\n        seen = r.once(seen, %d);\n", f.Wire, 1<<i)
		emitDecodeField(b, f)
		b.WriteString("        break;\n")
	}
	b.WriteString("      default:\n        r.skip();\n    }\n  }\n  return v;\n}\n")
}

// emitZero writes the value that a map without fields decodes to; its shape is every value's shape.
func emitZero(b *bytes.Buffer, t Type) {
	var fields []string
	for _, f := range t.Fields {
		fields = append(fields, camel(f.Name)+": "+f.zero())
	}
	if t.Union {
		fields = append(fields, "unknown: undefined")
	}
	fmt.Fprintf(b, "\nfunction zero%s(): %s {\n  return { %s };\n}\n", t.Name, t.Name, strings.Join(fields, ", "))
}

func emitDecodeField(b *bytes.Buffer, f Field) {
	name := "v." + camel(f.Name)
	switch {
	case f.Optional:
		fmt.Fprintf(b, "        %s = r.nil() ? undefined : %s;\n", name, f.read())
	case f.List:
		fmt.Fprintf(b, "        for (let i = r.arrayHeader(%d); i > 0; i--) %s.push(%s);\n", f.Limit, name, f.read())
	default:
		fmt.Fprintf(b, "        %s = %s;\n", name, f.read())
	}
}

func emitUnionCodec(b *bytes.Buffer, t Type, mapLimit uint32) {
	fmt.Fprintf(b, "\nexport function encode%s(w: Writer, v: %s): void {\n  let set = 0;\n", t.Name, t.Name)
	for _, f := range t.Fields {
		fmt.Fprintf(b, "  if (v.%s !== undefined) set++;\n", camel(f.Name))
	}
	fmt.Fprintf(b, "  if (set !== 1) throw new CodecError(\"union\", w.length, `%s with ${set} members`);\n", t.Name)
	b.WriteString("  w.mapHeader(1);\n")
	for _, f := range t.Fields {
		emitEncodeField(b, f)
	}
	b.WriteString("}\n")

	emitZero(b, t)
	fmt.Fprintf(b, "\nexport function decode%s(r: Reader): %s {\n", t.Name, t.Name)
	fmt.Fprintf(b, "  const v = zero%s();\n  const start = r.offset;\n  let seen = 0;\n  let set = 0;\n", t.Name)
	fmt.Fprintf(b, "  for (let n = r.mapHeader(%d); n > 0; n--) {\n    const name = r.key();\n    switch (name) {\n", mapLimit)
	for i, f := range t.Fields {
		fmt.Fprintf(b, "      case %q:\n        seen = r.once(seen, %d);\n", f.Wire, 1<<i)
		emitDecodeField(b, f)
		fmt.Fprintf(b, "        if (v.%s !== undefined) set++;\n        break;\n", camel(f.Name))
	}
	b.WriteString("      default:\n        v.unknown = r.unknownMember(name);\n    }\n  }\n")
	b.WriteString("  if (set === 1) v.unknown = undefined;\n")
	b.WriteString("  else if (set > 1 || v.unknown === undefined) {\n")
	fmt.Fprintf(b, "    throw new CodecError(\"union\", start, `%s with ${set} members`);\n  }\n  return v;\n}\n", t.Name)
}
