package vectors

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/headfast/headfast/jsbridge/msg"
)

// addInput reads one input line: its kind, then key=value for each field that is set, by the names on the
// wire. "at" and "wall" move the clocks.
func (v *Vector) addInput(step *Step, line string, now, wall *int64) error {
	kind, rest, _ := strings.Cut(line, " ")
	fields, err := split(rest)
	if err != nil {
		return err
	}
	if kind == "at" || kind == "wall" {
		d, err := time.ParseDuration(strings.TrimSpace(rest))
		if kind == "at" {
			*now = int64(d)
		} else {
			*wall = d.Milliseconds()
		}
		step.Batch.Now, step.Batch.Wall = *now+1, *wall
		return err
	}
	var in msg.Input
	member, err := union(&in, kind)
	if err != nil {
		return err
	}
	if kind == "begin" {
		in.Begin.Version, in.Begin.Schema, in.Begin.Entropy = msg.Version, msg.SchemaHash, make([]byte, 32)
	}
	if kind == "load" {
		in.Load.Dialect = "claude-code"
	}
	for _, f := range fields {
		if err := v.set(member, f[0], f[1]); err != nil {
			return fmt.Errorf("%s: %w", f[0], err)
		}
	}
	step.Batch.Inputs = append(step.Batch.Inputs, in)
	return nil
}

// union sets the member of that name and returns it.
func union(in *msg.Input, name string) (reflect.Value, error) {
	v := reflect.ValueOf(in).Elem()
	for i := range v.NumField() {
		if wireName(v.Type().Field(i)) == name {
			v.Field(i).Set(reflect.New(v.Field(i).Type().Elem()))
			return v.Field(i).Elem(), nil
		}
	}
	return reflect.Value{}, fmt.Errorf("there is no input %q", name)
}

func wireName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("msg"), ",")
	return name
}

// set sets a field, through pointers and dots ("failure.kind"). A header is repeated: header="Name: value".
func (v *Vector) set(s reflect.Value, name, value string) error {
	if name == "header" {
		n, val, _ := strings.Cut(value, ": ")
		h := s.FieldByName("Headers")
		h.Set(reflect.Append(h, reflect.ValueOf(msg.Header{Name: n, Value: val})))
		return nil
	}
	name, inner, nested := strings.Cut(name, ".")
	for i := range s.NumField() {
		if wireName(s.Type().Field(i)) != name {
			continue
		}
		f := s.Field(i)
		if nested {
			if f.IsNil() {
				f.Set(reflect.New(f.Type().Elem()))
			}
			return v.set(f.Elem(), inner, value)
		}
		return v.setScalar(f, value)
	}
	return fmt.Errorf("there is no such field")
}

func (v *Vector) setScalar(f reflect.Value, text string) error {
	if name, ok := strings.CutPrefix(text, "@"); ok {
		data, found := v.file(name)
		if !found {
			return fmt.Errorf("the vector has no file %q", name)
		}
		text = string(data)
	}
	switch f.Kind() {
	case reflect.String:
		f.SetString(text)
	case reflect.Bool:
		f.SetBool(text != "false")
	case reflect.Slice:
		if f.Type().Elem().Kind() == reflect.String { // repeated, once for each
			f.Set(reflect.Append(f, reflect.ValueOf(text)))
			return nil
		}
		if f.Type().Elem().Kind() == reflect.Uint32 {
			n, err := strconv.ParseUint(text, 10, 32)
			f.Set(reflect.Append(f, reflect.ValueOf(uint32(n))))
			return err
		}
		f.SetBytes([]byte(text))
	case reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		f.SetInt(n)
		return err
	case reflect.Uint32:
		n, err := strconv.ParseUint(text, 10, 32)
		f.SetUint(n)
		return err
	default:
		return fmt.Errorf("a field of kind %s cannot be set", f.Kind())
	}
	return nil
}

// split cuts key=value pairs; a value may be quoted as in Go, with "…" or `…`. A key alone is true.
func split(s string) ([][2]string, error) {
	var out [][2]string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		end := strings.IndexAny(s, "= ")
		if end < 0 || s[end] == ' ' {
			word, rest, _ := strings.Cut(s, " ")
			out, s = append(out, [2]string{word, "true"}), rest
			continue
		}
		key, rest := s[:end], s[end+1:]
		if quoted, err := strconv.QuotedPrefix(rest); err == nil {
			value, err := strconv.Unquote(quoted)
			if err != nil {
				return nil, err
			}
			out, s = append(out, [2]string{key, value}), rest[len(quoted):]
			continue
		}
		value, after, _ := strings.Cut(rest, " ")
		out, s = append(out, [2]string{key, value}), after
	}
	return out, nil
}
