package host

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/headfast/headfast/wasm/jsontext"
)

// members reads members of a JSON object that the core has validated, by their exact names (encoding/json would take
// other cases for the same); others are passed over, and a null leaves what is there. Each of into is a pointer. A
// *json.RawMessage and a *[]json.RawMessage get parts of object, which are not copied: a result may have 20 MB.
func members(object []byte, into map[string]any) error {
	if !startsWith(object, '{') {
		return errors.New("it is not an object")
	}
	var err error
	jsontext.Members(object, func(key string, _ int, value []byte, _ int) bool {
		target := into[key]
		if target == nil || string(value) == "null" {
			return true
		}
		if err = read(value, target); err != nil {
			err = fmt.Errorf("%s %w", key, err)
		}
		return err == nil
	})
	return err
}

func read(value []byte, target any) error {
	switch target := target.(type) {
	case *json.RawMessage:
		*target = value
	case *[]json.RawMessage:
		if !startsWith(value, '[') {
			return errors.New("is not an array")
		}
		jsontext.Elements(value, func(element []byte, _ int) bool {
			*target = append(*target, element)
			return true
		})
	default:
		if json.Unmarshal(value, target) != nil {
			return fmt.Errorf("is not %s", kind(target))
		}
	}
	return nil
}

// kind is what was wanted, for people.
func kind(target any) string {
	switch target.(type) {
	case *string, **string:
		return "a string"
	case *bool:
		return "a boolean"
	case *int64, **int64, *float64, **float64:
		return "a number"
	case *[]string:
		return "a list of strings"
	}
	return "of the right kind"
}

func startsWith(raw []byte, c byte) bool { return len(raw) > 0 && raw[0] == c }

// each reads the elements of an array; the error says which of them cannot be read.
func each[T any](raws []json.RawMessage, what string, read func(json.RawMessage) (T, error)) ([]T, error) {
	all := make([]T, len(raws))
	for i, raw := range raws {
		var err error
		if all[i], err = read(raw); err != nil {
			return nil, fmt.Errorf("%s %d: %w", what, i+1, err)
		}
	}
	return all, nil
}
