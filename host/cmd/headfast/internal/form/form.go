// Package form fills in the forms that a server shows (MCP's elicitation): it makes values of words, and knows what
// is still missing. It asks nobody and prints nothing.
package form

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/headfast/headfast/host"
)

// Form is one form with the values that it has so far. Where Open is an error, the schema has something in it that
// MCP does not: it has no Fields, and Whole is the answer, unchecked.
type Form struct {
	host.Elicitation
	Fields []host.ElicitationField
	Open   error
	Whole  json.RawMessage
	values map[string]json.RawMessage
}

// New reads a form.
func New(e host.Elicitation) *Form {
	f := &Form{Elicitation: e, values: map[string]json.RawMessage{}}
	f.Fields, f.Open = e.Fields()
	return f
}

// Value is what a field has: what was set, else its default where that fits, else nil.
func (f *Form) Value(field *host.ElicitationField) json.RawMessage {
	if v := f.values[field.Name]; v != nil {
		return v
	}
	if field.Default != nil && field.Check(field.Default) == nil {
		return field.Default
	}
	return nil
}

// Set gives a field a value that fits it; the error is a *host.FieldError. nil takes the value away.
func (f *Form) Set(field *host.ElicitationField, value any) error {
	if value == nil {
		delete(f.values, field.Name)
		return nil
	}
	if err := field.Check(value); err != nil {
		return err
	}
	raw, err := json.Marshal(value)
	f.values[field.Name] = raw
	return err
}

// Defaulted says that a field's value is the server's default, which nobody has typed.
func (f *Form) Defaulted(field *host.ElicitationField) bool {
	return f.values[field.Name] == nil && f.Value(field) != nil
}

// Missing are the required fields without a value.
func (f *Form) Missing() (missing []*host.ElicitationField) {
	for i := range f.Fields {
		if field := &f.Fields[i]; field.Required && f.Value(field) == nil {
			missing = append(missing, field)
		}
	}
	return missing
}

// Content is the answer: the fields that have a value, in the form's order.
func (f *Form) Content() json.RawMessage {
	if f.Open != nil {
		return f.Whole
	}
	out := []byte{'{'}
	for i := range f.Fields {
		if v := f.Value(&f.Fields[i]); v != nil {
			if len(out) > 1 {
				out = append(out, ',')
			}
			name, _ := json.Marshal(f.Fields[i].Name) // a string always encodes
			out = append(append(append(out, name...), ':'), v...)
		}
	}
	return append(out, '}')
}

// Want says what fits a field.
func Want(field *host.ElicitationField) string {
	var e *host.FieldError
	if errors.As(field.Check(nil), &e) {
		return e.Want
	}
	return ""
}

// Show is a value for people: a text as it is, options by their titles.
func Show(field *host.ElicitationField, value json.RawMessage) string {
	var text string
	var list []string
	var yes bool
	switch {
	case json.Unmarshal(value, &text) == nil && text != "":
		return title(field, text)
	case json.Unmarshal(value, &yes) == nil && field.Type == "boolean":
		return map[bool]string{true: "yes", false: "no"}[yes]
	case json.Unmarshal(value, &list) == nil && len(list) > 0:
		shown := title(field, list[0])
		for _, one := range list[1:] {
			shown += ", " + title(field, one)
		}
		return shown
	case bytes.Equal(value, []byte("[]")):
		return none
	}
	return string(value)
}

func title(field *host.ElicitationField, value string) string {
	for _, o := range field.Options {
		if o.Value == value {
			return o.Title
		}
	}
	return value
}
