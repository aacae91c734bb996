package host

import (
	"encoding/json"
	"errors"
	"math"
	"net/mail"
	"net/url"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/headfast/headfast/wasm/jsontext"
)

// FieldError says that a field of a form has no value, or one that does not fit.
type FieldError struct {
	Field string
	// Want is what it wants, such as "a whole number from 0 to 100".
	Want string
}

// Error is one line: the field and what it wants. Both may have the server's own words in them.
func (e *FieldError) Error() string { return e.Field + " wants " + e.Want }

// Validate says what would keep content from being sent with Accept: errors.Join of a *FieldError for each field that
// does not fit. A field without a value that has a default fits. Members that the form does not have are passed over,
// as JSON Schema has it.
func (e Elicitation) Validate(content any) error {
	if _, err := e.Fields(); err != nil {
		return err
	}
	_, err := e.complete(content)
	return err
}

// Defaults are the values to begin a form with: what encoding/json makes of the schema's defaults. One that does not
// fit its own field is left out.
func (e Elicitation) Defaults() map[string]any {
	fields, _ := e.Fields()
	all := map[string]any{}
	for _, f := range fields {
		var v any
		if f.usable() && json.Unmarshal(f.Default, &v) == nil {
			all[f.Name] = v
		}
	}
	return all
}

// complete is the content as it is sent: without nulls, with defaults. A schema that is no form's is not looked at.
func (e Elicitation) complete(content any) (json.RawMessage, error) {
	text := json.RawMessage("{}")
	if content != nil {
		var err error
		if text, err = json.Marshal(content); err != nil || !startsWith(text, '{') {
			return nil, errors.New("the content is no JSON object")
		}
	}
	fields, err := e.Fields()
	if err != nil {
		return text, nil
	}
	given := map[string]json.RawMessage{}
	all := []byte{'{'}
	add := func(name string, value json.RawMessage) {
		if len(all) > 1 {
			all = append(all, ',')
		}
		all = append(append(jsontext.AppendString(all, name), ':'), value...)
	}
	jsontext.Members(text, func(name string, _ int, value []byte, _ int) bool {
		if string(value) != "null" {
			given[name] = value
			add(name, value)
		}
		return true
	})
	var wrong []error
	for _, f := range fields {
		value := given[f.Name]
		switch {
		case value == nil && f.usable():
			add(f.Name, f.Default)
		case value == nil && f.Required, value != nil && !f.fits(value):
			wrong = append(wrong, &FieldError{f.Name, f.want()})
		}
	}
	return append(all, '}'), errors.Join(wrong...)
}

// Check says whether a value fits the field: a *FieldError, or nil. The value is marshalled to JSON.
func (f ElicitationField) Check(value any) error {
	raw, err := json.Marshal(value)
	if err != nil || !f.fits(raw) {
		return &FieldError{f.Name, f.want()}
	}
	return nil
}

func (f *ElicitationField) usable() bool { return f.Default != nil && f.fits(f.Default) }

func (f *ElicitationField) fits(raw json.RawMessage) bool {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return false
	}
	switch v := v.(type) {
	case string:
		return f.Type == "string" && f.fitsText(v)
	case float64:
		return (f.Type == "number" || f.Type == "integer" && v == math.Trunc(v)) && f.within(v)
	case bool:
		return f.Type == "boolean"
	case []any:
		return f.Type == "array" && f.fitsChoice(v)
	}
	return false
}

func (f *ElicitationField) fitsText(s string) bool {
	if f.Options != nil {
		return f.offers(s)
	}
	return f.within(float64(utf8.RuneCountInString(s))) && wellFormed(f.Format, s)
}

func (f *ElicitationField) fitsChoice(values []any) bool {
	for _, v := range values {
		s, ok := v.(string)
		if !ok || f.Options != nil && !f.offers(s) {
			return false
		}
	}
	return f.within(float64(len(values)))
}

func (f *ElicitationField) offers(value string) bool {
	return slices.ContainsFunc(f.Options, func(o ElicitationOption) bool { return o.Value == value })
}

func (f *ElicitationField) within(n float64) bool {
	return (f.Min == nil || n >= *f.Min) && (f.Max == nil || n <= *f.Max)
}

// wellFormed checks the four formats of the specification; others say nothing.
func wellFormed(format, s string) bool {
	var err error
	switch format {
	case "email":
		var a *mail.Address
		a, err = mail.ParseAddress(s)
		return err == nil && a.Address == s
	case "uri":
		var u *url.URL
		u, err = url.Parse(s)
		return err == nil && u.IsAbs()
	case "date":
		_, err = time.Parse(time.DateOnly, s)
	case "date-time":
		_, err = time.Parse(time.RFC3339, s)
	}
	return err == nil
}
