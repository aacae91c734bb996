package vectors

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
)

// Render writes an output as the vectors do: a line for each effect with its short fields, and a line
// below it for each long or nested one. What is zero is left out.
func Render(out *msg.Output) string {
	var b strings.Builder
	if out.Hello != nil {
		b.WriteString("< hello\n")
	}
	if out.Error != nil {
		renderOne(&b, "error", reflect.ValueOf(*out.Error))
	}
	for i := range out.Effects {
		e := reflect.ValueOf(out.Effects[i])
		for j := range e.NumField() {
			if !e.Field(j).IsNil() {
				renderOne(&b, wireName(e.Type().Field(j)), e.Field(j).Elem())
			}
		}
	}
	if out.Deadline != 0 {
		fmt.Fprintf(&b, "< deadline %dms\n", out.Deadline/1e6)
	}
	if b.Len() == 0 {
		return "< nothing\n"
	}
	return b.String()
}

func renderOne(b *strings.Builder, kind string, v reflect.Value) {
	if x, ok := v.Interface().(msg.Exported); ok {
		renderExported(b, &x)
		return
	}
	r := &renderer{whole: kind == "explained"}
	r.fields("", v)
	b.WriteString("< " + kind + r.short.String() + "\n" + r.long.String())
}

// renderExported writes an export whole, line by line, and each entry of a HAR in a line of its own.
func renderExported(b *strings.Builder, x *msg.Exported) {
	fmt.Fprintf(b, "< exported id=%d\n", x.ID)
	text := strings.ReplaceAll(string(x.Text), `{"_exchange"`, "\n"+`{"_exchange"`)
	for line := range strings.Lines(text) {
		b.WriteString("<   " + strings.TrimSuffix(line, "\n") + "\n")
	}
}

// renderer gathers an effect's first line and the lines below it.
type renderer struct {
	short, long strings.Builder
	// whole writes decisions with all their rules.
	whole bool
}

// auth writes a decision in short: every State has it, and an Explained has it whole.
func (r *renderer) auth(name string, a msg.Auth) {
	if a.Mode == "" {
		return
	}
	fmt.Fprintf(&r.long, "<   %s: %s", name, a.Mode)
	for _, rule := range a.Rules {
		if rule.Won {
			r.long.WriteString(" by " + rule.Name)
		}
	}
	for i := range a.Header {
		one := &renderer{}
		one.fields("", reflect.ValueOf(a.Header[i]))
		r.long.WriteString(" |" + one.short.String())
	}
	r.long.WriteString("\n")
}

func (r *renderer) fields(prefix string, v reflect.Value) {
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() && !(f.Kind() == reflect.Slice && f.Len() == 0) {
			r.field(prefix+wireName(v.Type().Field(i)), f)
		}
	}
}

func (r *renderer) field(name string, v reflect.Value) {
	if text, ok := inline(v); ok {
		r.text(name, text)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		r.fields(name+".", v.Elem())
	case reflect.Struct:
		if auth, ok := v.Interface().(msg.Auth); ok && !r.whole {
			r.auth(name, auth)
			return
		}
		r.fields(name+".", v)
	case reflect.Slice:
		for i := range v.Len() {
			r.element(fmt.Sprintf("%s[%d]", name, i), v.Index(i))
		}
	}
}

// element writes one member of a list: on a line of its own where its fields are short.
func (r *renderer) element(name string, v reflect.Value) {
	if text, ok := inline(v); ok {
		fmt.Fprintf(&r.long, "<   %s: %s\n", name, text)
		return
	}
	one := &renderer{whole: r.whole}
	one.fields("", v)
	fmt.Fprintf(&r.long, "<   %s:%s\n", name, one.short.String())
	for line := range strings.Lines(one.long.String()) {
		r.long.WriteString("<   " + name + "." + strings.TrimPrefix(line, "<   "))
	}
}

func (r *renderer) text(name, text string) {
	if len(text) <= 48 && !strings.ContainsAny(text, " \"`") {
		r.short.WriteString(" " + name + "=" + text)
		return
	}
	fmt.Fprintf(&r.long, "<   %s: %s\n", name, text)
}

// inline writes what fits into one word or line.
func inline(v reflect.Value) (string, bool) {
	switch x := v.Interface().(type) {
	case msg.Header:
		return x.Name + ": " + printable(x.Value), true
	case msg.Position:
		return fmt.Sprintf("%s:%d:%d", x.File, x.Line, x.Column), true
	case []byte:
		return cut(printable(string(x))), true
	case []string:
		return strings.Join(x, ","), true
	case string:
		return printable(x), true
	}
	switch v.Kind() {
	case reflect.Bool, reflect.Uint32, reflect.Int64:
		return fmt.Sprint(v.Interface()), true
	}
	return "", false
}

// printable is s itself where it is one line of visible characters, else quoted.
func printable(s string) string {
	for _, c := range s {
		if !strconv.IsPrint(c) {
			return strconv.Quote(s)
		}
	}
	return s
}

// cut shortens a payload: vectors are for reading, and its length is kept.
func cut(s string) string {
	if len(s) <= 400 {
		return s
	}
	return fmt.Sprintf("%s… (%d in all)", strings.ToValidUTF8(s[:400], ""), len(s))
}
