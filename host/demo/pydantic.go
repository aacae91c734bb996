package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// validator words FastAPI's 422 for one major version of pydantic. Version 1
// turns numbers and booleans into strings (so the seed echoes the id 1 as "1");
// version 2, current when the report was written, refuses them. Version 1 was
// measured on the true seed (pydantic 1.10.4); version 2 follows its
// documentation ("Validation Errors"). Only the texts of syntax errors differ:
// Python has several where this has one.
type validator struct {
	version                           int
	missing, notText, null, notObject word
}

type word struct{ kind, msg string }

var (
	pydantic1 = validator{
		version:   1,
		missing:   word{"value_error.missing", "field required"},
		notText:   word{"type_error.str", "str type expected"},
		null:      word{"type_error.none.not_allowed", "none is not an allowed value"},
		notObject: word{"type_error.dict", "value is not a valid dict"},
	}
	pydantic2 = validator{
		version:   2,
		missing:   word{"missing", "Field required"},
		notText:   word{"string_type", "Input should be a valid string"},
		null:      word{"string_type", "Input should be a valid string"},
		notObject: word{"model_attributes_type", "Input should be a valid dictionary or object to extract fields from"},
	}
)

// issue is one entry of the list, already encoded: the order of the keys differs.
type issue = json.RawMessage

func (v validator) issue(w word, input json.RawMessage, ctx any, loc ...any) issue {
	loc = append([]any{"body"}, loc...)
	if v.version == 1 {
		return encode(struct {
			Loc  []any  `json:"loc"`
			Msg  string `json:"msg"`
			Type string `json:"type"`
			Ctx  any    `json:"ctx,omitempty"`
		}{loc, w.msg, w.kind, ctx})
	}
	return encode(struct {
		Type  string          `json:"type"`
		Loc   []any           `json:"loc"`
		Msg   string          `json:"msg"`
		Input json.RawMessage `json:"input"`
		Ctx   any             `json:"ctx,omitempty"`
	}{w.kind, loc, w.msg, input, ctx})
}

// fields validates the three strings of the seed's model.
func (v validator) fields(body json.RawMessage) (m seedRequest, bad []issue) {
	if string(body) == "null" {
		return m, []issue{v.issue(v.missing, body, nil)}
	}
	var given map[string]json.RawMessage
	if json.Unmarshal(body, &given) != nil {
		return m, []issue{v.issue(v.notObject, body, nil)}
	}
	for _, f := range []struct {
		name string
		to   *string
	}{{"jsonrpc", &m.jsonrpc}, {"method", &m.method}, {"id", &m.id}} {
		raw, ok := given[f.name]
		if !ok {
			bad = append(bad, v.issue(v.missing, body, nil, f.name))
		} else if w := v.text(raw, f.to); w != nil {
			bad = append(bad, v.issue(*w, raw, nil, f.name))
		}
	}
	return m, bad
}

func (v validator) text(raw json.RawMessage, to *string) *word {
	switch c := raw[0]; {
	case c == '"':
		json.Unmarshal(raw, to)
		return nil
	case c == 'n':
		return &v.null
	case v.version == 2 || c == '{' || c == '[':
		return &v.notText
	case c == 't' || c == 'f':
		*to = strings.ToUpper(string(raw[:1])) + string(raw[1:])
	default:
		*to = string(raw)
	}
	return nil
}

// syntax words a body that is no JSON, with Python's position: that of the
// first character that is wrong, counted from 0.
func (v validator) syntax(doc string, err error) []issue {
	const msg = "Expecting value"
	pos := len(doc)
	var at *json.SyntaxError
	if errors.As(err, &at) && at.Error() != "unexpected end of JSON input" {
		pos = max(0, int(at.Offset)-1)
	}
	if v.version == 2 {
		ctx := struct {
			Error string `json:"error"`
		}{msg}
		return []issue{v.issue(word{"json_invalid", "JSON decode error"}, json.RawMessage("{}"), ctx, pos)}
	}
	line := 1 + strings.Count(doc[:pos], "\n")
	column := pos - strings.LastIndex(doc[:pos], "\n")
	ctx := struct {
		Msg    string `json:"msg"`
		Doc    string `json:"doc"`
		Pos    int    `json:"pos"`
		Line   int    `json:"lineno"`
		Column int    `json:"colno"`
	}{msg, doc, pos, line, column}
	full := fmt.Sprintf("%s: line %d column %d (char %d)", msg, line, column, pos)
	return []issue{v.issue(word{"value_error.jsondecode", full}, nil, ctx, pos)}
}
