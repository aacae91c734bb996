package cli

import (
	"bytes"
	"encoding/json"
)

// object writes one JSON object, member by member, and leaves raw values as they are.
type object struct{ out []byte }

func (o *object) raw(key string, value []byte) {
	if o.out[len(o.out)-1] != '{' {
		o.out = append(o.out, ',')
	}
	o.out = append(append(append(o.out, encoded(key)...), ':'), value...)
}

func (o *object) value(key string, v any) { o.raw(key, encoded(v)) }

// list writes values as they are; nil is left out.
func (o *object) list(key string, values []json.RawMessage) {
	if values == nil {
		return
	}
	all := []byte{'['}
	for i, v := range values {
		if i > 0 {
			all = append(all, ',')
		}
		all = append(all, v...)
	}
	o.raw(key, append(all, ']'))
}

// text leaves an empty one out.
func (o *object) text(key, value string) {
	if value != "" {
		o.value(key, value)
	}
}

// encoded is JSON as people would write it: < stays <.
func encoded(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only this package's own types are encoded
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
