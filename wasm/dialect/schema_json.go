//go:build !js

package dialect

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/wasm/jsontext"
)

// ordered is a JSON object whose members keep their order, so that a schema reads as it was written.
type ordered []pair

// pair is one: its value is a string, a bool, an int, an ordered or a list of them.
type pair struct {
	name  string
	value any
}

// with is the object with one more member.
func (o ordered) with(name string, value any) ordered { return append(o, pair{name, value}) }

// appendJSON writes a value with two blanks for each level.
func appendJSON(b []byte, value any, level int) []byte {
	switch v := value.(type) {
	case string:
		return jsontext.AppendString(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case []string:
		list := make([]any, len(v))
		for i, s := range v {
			list[i] = s
		}
		return appendJSON(b, list, level)
	case []any:
		return appendLines(b, '[', ']', len(v), level, func(b []byte, i int) []byte { return appendJSON(b, v[i], level+1) })
	case ordered:
		return appendLines(b, '{', '}', len(v), level, func(b []byte, i int) []byte {
			return appendJSON(append(jsontext.AppendString(b, v[i].name), ": "...), v[i].value, level+1)
		})
	}
	panic("dialect: a schema holds what is no JSON")
}

func appendLines(b []byte, open, end byte, n, level int, one func([]byte, int) []byte) []byte {
	b = append(b, open)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(append(b, "\n"+strings.Repeat("  ", level+1)...), i)
	}
	if n > 0 {
		b = append(b, "\n"+strings.Repeat("  ", level)...)
	}
	return append(b, end)
}
