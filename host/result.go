package host

import (
	"encoding/json"
	"errors"

	"github.com/headfast/headfast/wasm/jsontext"
)

// CallResult is a tool's answer. A tool that fails answers with IsError.
type CallResult struct {
	// Content and StructuredContent are parts of Raw: they are not copied.
	Content           []json.RawMessage
	StructuredContent json.RawMessage
	IsError           bool
	// Raw is all of the result, byte for byte.
	Raw json.RawMessage
}

// readCallResult takes a result apart. The core has validated it as JSON, so nothing is decoded: a result may
// have 20 MB.
func readCallResult(raw []byte) (*CallResult, error) {
	r := &CallResult{Raw: raw}
	if !startsWith(raw, '{') {
		return nil, errors.New("it is not an object")
	}
	var err error
	jsontext.Members(raw, func(key string, _ int, value []byte, _ int) bool {
		switch key {
		case "content":
			r.Content, err = elements(value)
		case "structuredContent":
			r.StructuredContent = value
		case "isError":
			if err = json.Unmarshal(value, &r.IsError); err != nil {
				err = errors.New("isError is not a boolean")
			}
		}
		return err == nil
	})
	return r, err
}

func elements(value []byte) ([]json.RawMessage, error) {
	if string(value) == "null" {
		return nil, nil
	}
	if !startsWith(value, '[') {
		return nil, errors.New("content is not an array")
	}
	var all []json.RawMessage
	jsontext.Elements(value, func(element []byte, _ int) bool {
		all = append(all, element)
		return true
	})
	return all, nil
}

func startsWith(raw []byte, c byte) bool { return len(raw) > 0 && raw[0] == c }
