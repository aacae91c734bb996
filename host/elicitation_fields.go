package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/headfast/headfast/wasm/jsontext"
)

// ElicitationField is one field of a form.
type ElicitationField struct {
	Name, Title, Description string
	// Type is "string", "number", "integer", "boolean", or "array" for any number of Options.
	Type string
	// Format is a string's: "email", "uri", "date", "date-time", one that is not checked, or empty.
	Format string
	// Options are what can be chosen, where the field is a choice; else nil.
	Options []ElicitationOption
	// Required says that the form is not complete without the field.
	Required bool
	// Default is the value to begin with, as JSON; nil for none.
	Default json.RawMessage
	// Min and Max bound a number's value, a string's length in characters, or how many options are chosen; nil where
	// there is no bound.
	Min, Max *float64
	// Raw is the field's schema, byte for byte.
	Raw json.RawMessage
}

// ElicitationOption is one value of a choice. Title is for the person, and the value itself where it has no other.
type ElicitationOption struct{ Value, Title string }

// Fields reads the form, in the order in which the server wrote it. It knows the flat schemas of all revisions: text,
// number, boolean and the choices, by enum (with enumNames as in 2025-06-18), oneOf, or an array's items; and a
// field that may also be null, as Python's Optional makes it. A schema with anything else, or with more than 1,000
// fields, which nobody fills in, is an error: its Schema may still be shown and answered, unchecked.
func (e Elicitation) Fields() ([]ElicitationField, error) {
	schema := bytes.TrimSpace(e.Schema)
	if !isObject(schema) {
		return nil, errors.New("headfast: the form has no schema")
	}
	var properties json.RawMessage
	var required []string
	if err := members(schema, map[string]any{"properties": &properties, "required": &required}); err != nil {
		return nil, fmt.Errorf("headfast: in the form's schema, %w", err)
	}
	needed := map[string]bool{}
	for _, name := range required {
		needed[name] = true
	}
	return readFields(properties, needed)
}

// maxFormFields is far more than a person fills in, and few enough that a form is read at once.
const maxFormFields = 1000

func readFields(properties json.RawMessage, required map[string]bool) ([]ElicitationField, error) {
	var fields []ElicitationField
	var err error
	jsontext.Members(properties, func(name string, _ int, raw []byte, _ int) bool {
		if len(fields) == maxFormFields {
			err = fmt.Errorf("headfast: the form has more than %d fields", maxFormFields)
			return false
		}
		f := ElicitationField{Name: name, Raw: raw}
		if err = f.read(raw); err != nil {
			err = fmt.Errorf("headfast: in the form's field %q, %w", name, err)
		}
		f.Required = required[name]
		fields = append(fields, f)
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	return fields, nil
}

// fieldSchema has the members whose meaning depends on others.
type fieldSchema struct {
	types, items json.RawMessage
	enum         []string
	names        []string
	oneOf, anyOf []json.RawMessage
	bounds       [6]*float64
}

func (f *ElicitationField) read(raw json.RawMessage) error {
	var s fieldSchema
	err := members(raw, map[string]any{
		"title": &f.Title, "description": &f.Description, "format": &f.Format, "default": &f.Default,
		"type": &s.types, "items": &s.items, "enum": &s.enum, "enumNames": &s.names, "oneOf": &s.oneOf, "anyOf": &s.anyOf,
		"minimum": &s.bounds[0], "maximum": &s.bounds[1], "minLength": &s.bounds[2], "maxLength": &s.bounds[3],
		"minItems": &s.bounds[4], "maxItems": &s.bounds[5],
	})
	if err != nil {
		return err
	}
	if inner := orNull(s.anyOf); inner != nil && s.types == nil {
		return f.readInner(inner)
	}
	if f.Type, err = typeName(s.types); err != nil {
		return err
	}
	return f.settle(&s)
}

// readInner reads the schema beside a null; title, description and default of the outer one count.
func (f *ElicitationField) readInner(raw json.RawMessage) error {
	inner := ElicitationField{Name: f.Name, Raw: f.Raw}
	if err := inner.read(raw); err != nil {
		return err
	}
	for _, of := range []struct{ inner, outer *string }{{&inner.Title, &f.Title}, {&inner.Description, &f.Description}} {
		if *of.outer != "" {
			*of.inner = *of.outer
		}
	}
	if f.Default != nil {
		inner.Default = f.Default
	}
	*f = inner
	return nil
}

// settle makes options and bounds of what the type gives a meaning to.
func (f *ElicitationField) settle(s *fieldSchema) error {
	var err error
	switch f.Type {
	case "string", "":
		f.Min, f.Max = s.bounds[2], s.bounds[3]
		f.Options, err = options(s.enum, s.names, append(s.oneOf, s.anyOf...))
		if f.Type == "" && f.Options == nil && err == nil {
			err = errors.New("there is no type")
		}
		f.Type = "string"
	case "number", "integer":
		f.Min, f.Max = s.bounds[0], s.bounds[1]
	case "array":
		f.Min, f.Max = s.bounds[4], s.bounds[5]
		err = f.readItems(s.items)
	case "boolean":
	default:
		err = fmt.Errorf("the type is %s, which no form may have", f.Type)
	}
	return err
}

func (f *ElicitationField) readItems(items json.RawMessage) error {
	if items == nil {
		return errors.New("the array has no items")
	}
	var s fieldSchema
	err := members(items, map[string]any{"type": &s.types, "enum": &s.enum, "enumNames": &s.names, "oneOf": &s.oneOf, "anyOf": &s.anyOf})
	if err != nil {
		return fmt.Errorf("of the items, %w", err)
	}
	f.Options, err = options(s.enum, s.names, append(s.oneOf, s.anyOf...))
	if name, _ := typeName(s.types); err == nil && name != "string" && f.Options == nil {
		err = errors.New("the items are no strings, which no form may have")
	}
	return err
}

// options reads a choice: values with or without names, or schemas with const and title.
func options(values, names []string, titled []json.RawMessage) ([]ElicitationOption, error) {
	var all []ElicitationOption
	for i, v := range values {
		o := ElicitationOption{v, v}
		if i < len(names) {
			o.Title = names[i]
		}
		all = append(all, o)
	}
	for _, raw := range titled {
		var o ElicitationOption
		var value *string
		if err := members(raw, map[string]any{"const": &value, "title": &o.Title}); err != nil {
			return nil, err
		}
		if value == nil {
			return nil, errors.New("an option has no const")
		}
		if o.Value = *value; o.Title == "" {
			o.Title = o.Value
		}
		all = append(all, o)
	}
	return all, nil
}

// orNull is the one schema beside null in an anyOf, or nil.
func orNull(anyOf []json.RawMessage) json.RawMessage {
	if len(anyOf) != 2 {
		return nil
	}
	for i, raw := range anyOf {
		var name string
		if members(raw, map[string]any{"type": &name}) == nil && name == "null" {
			return anyOf[1-i]
		}
	}
	return nil
}

// typeName reads a type: a name, or a list of one name and null. None is no error.
func typeName(raw json.RawMessage) (string, error) {
	if raw == nil {
		return "", nil
	}
	var name string
	if json.Unmarshal(raw, &name) == nil {
		return name, nil
	}
	var names []string
	_ = json.Unmarshal(raw, &names)
	for _, n := range names {
		if n != "null" && name != "" {
			return "", errors.New("there is more than one type")
		}
		if n != "null" {
			name = n
		}
	}
	if name == "" {
		return "", errors.New("type is not a name")
	}
	return name, nil
}
