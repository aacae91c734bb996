package form

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/arguments"
	"github.com/headfast/headfast/wasm/jsontext"
)

// Answers are what the command line says beforehand: for every form, and for each field of that name.
type Answers struct {
	any   bool
	given []answer
	used  map[string]bool
}

type answer struct {
	key  string
	text string
	json json.RawMessage // instead of a text
}

// ParseAnswers reads the words of --answer: key=value, key:=json, {…} or @file. Of a key that is given twice the last
// counts.
func ParseAnswers(words []string) (*Answers, error) {
	a := &Answers{any: len(words) > 0, used: map[string]bool{}}
	for _, w := range words {
		if w == "-" {
			return nil, errors.New(`"-" is not read here: name a file with @`)
		}
		given, err := arguments.Parse([]string{w}, strings.NewReader(""))
		if err != nil {
			return nil, err
		}
		for _, p := range given.Pairs {
			one := answer{key: p.Key, text: p.Value}
			if p.JSON {
				one.json = json.RawMessage(p.Value)
			}
			a.given = append(a.given, one)
		}
		if given.Object != nil {
			jsontext.Members(given.Object, func(key string, _ int, value []byte, _ int) bool {
				a.given = append(a.given, answer{key: key, json: value})
				return true
			})
		}
	}
	return a, nil
}

// Any says that forms are answered beforehand; '{}' takes the defaults.
func (a *Answers) Any() bool { return a != nil && a.any }

// Miss says that none of the answers is for a field of this form, so that all of them may be slips of the pen: what
// would be sent is the server's defaults alone. '{}' names no field, and asks for the defaults.
func (a *Answers) Miss(f *Form) bool {
	return f.Open == nil && len(a.given) > 0 && !slices.ContainsFunc(a.given, func(one answer) bool {
		return slices.ContainsFunc(f.Fields, func(field host.ElicitationField) bool { return field.Name == one.key })
	})
}

// Fill puts the answers into a form. The error names the answers that do not fit their fields, and what those want.
func (a *Answers) Fill(f *Form) error {
	if f.Open != nil {
		f.Whole = a.object()
		return nil
	}
	var wrong []error
	for i := range f.Fields {
		field := &f.Fields[i]
		for _, one := range a.given {
			if one.key != field.Name {
				continue
			}
			a.used[one.key] = true
			if err := f.Set(field, one.value(field)); err != nil {
				wrong = append(wrong, err)
			}
		}
	}
	return errors.Join(wrong...)
}

func (one answer) value(field *host.ElicitationField) any {
	switch {
	case string(one.json) == "null":
		return nil
	case one.json != nil:
		return one.json
	}
	return Read(field, one.text)
}

// object is all answers, for a form whose fields are not known: a text that is JSON is JSON.
func (a *Answers) object() json.RawMessage {
	all := map[string]json.RawMessage{}
	for _, one := range a.given {
		a.used[one.key] = true
		if all[one.key] = one.json; one.json == nil {
			all[one.key], _ = json.Marshal(one.text) // a string always encodes
			if json.Valid([]byte(one.text)) {
				all[one.key] = json.RawMessage(one.text)
			}
		}
	}
	out, _ := json.Marshal(all) // valid JSON always encodes
	return out
}

// Unused are the keys that no form asked for.
func (a *Answers) Unused() (keys []string) {
	if !a.Any() {
		return nil
	}
	seen := map[string]bool{}
	for _, one := range a.given {
		if !a.used[one.key] && !seen[one.key] {
			keys = append(keys, one.key)
		}
		seen[one.key] = true
	}
	return keys
}

// Need says which fields have no value, for people: "name (a text) and age (a whole number)".
func Need(fields []*host.ElicitationField) []string {
	var all []string
	for _, f := range fields {
		all = append(all, fmt.Sprintf("%s (%s)", f.Name, Want(f)))
	}
	return all
}
