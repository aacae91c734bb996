package revision

import (
	"strconv"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
)

// Param is one argument of a tool that is mirrored into a header (2026-07-28, "Custom Headers from Tool
// Parameters").
type Param struct {
	// Name is the part behind Mcp-Param-.
	Name string
	// Path are the keys that lead to it from the arguments.
	Path []string
}

// maxParams bounds the mirrored arguments of one tool.
const maxParams = 64

// longestParam bounds the name behind Mcp-Param-, in bytes.
const longestParam = 128

// Params reads which arguments a tool's inputSchema wants mirrored. why is empty, or what makes the definition
// invalid: then the whole tool is to be left out ("Schema Extension").
func Params(inputSchema []byte) (params []Param, why string) {
	r := &schemaReader{}
	r.schema(inputSchema, nil, true)
	if r.why != "" {
		return nil, r.why
	}
	return r.params, ""
}

// schemaReader walks a JSON Schema for x-mcp-header.
type schemaReader struct {
	params []Param
	why    string
}

const annotation = "x-mcp-header"

// named are the keywords whose members are schemas by a name of the author's choice.
var named = []string{"$defs", "definitions", "patternProperties", "dependentSchemas"}

// values are the keywords that hold data, in which nothing is an annotation.
var values = []string{"default", "const", "enum", "examples"}

// schema walks one schema. chain says that it is reached from the root by properties alone, along path.
func (r *schemaReader) schema(text []byte, path []string, chain bool) {
	if r.why != "" || len(text) == 0 || text[0] != '{' {
		return
	}
	var kind, mark []byte
	jsontext.Members(text, func(key string, _ int, value []byte, _ int) bool {
		switch {
		case key == annotation:
			mark = value
		case key == "type":
			kind = value
		case key == "properties":
			r.members(value, path, chain)
		case contains(named, key):
			r.members(value, path, false)
		case !contains(values, key):
			r.inside(value, path)
		}
		return r.why == ""
	})
	if mark != nil && r.why == "" {
		r.annotated(mark, kind, path, chain)
	}
}

// members walks the schemas that stand under names.
func (r *schemaReader) members(object []byte, path []string, chain bool) {
	jsontext.Members(object, func(name string, _ int, value []byte, _ int) bool {
		r.schema(value, append(path[:len(path):len(path)], name), chain)
		return r.why == ""
	})
}

// inside walks the schemas of any other keyword: items, oneOf, if and their like.
func (r *schemaReader) inside(value []byte, path []string) {
	if len(value) > 0 && value[0] == '[' {
		jsontext.Elements(value, func(el []byte, _ int) bool {
			r.schema(el, path, false)
			return r.why == ""
		})
		return
	}
	r.schema(value, path, false)
}

// annotated checks one annotation against all constraints.
func (r *schemaReader) annotated(mark, kind []byte, path []string, chain bool) {
	name, isText := jsontext.Unquote(mark)
	switch {
	case mark[0] != '"' || !isText:
		r.why = "an x-mcp-header that is no string"
	case name == "":
		r.why = "an empty x-mcp-header"
	case len(name) > longestParam:
		r.why = "an x-mcp-header of more than 128 characters"
	case !isToken(name):
		r.why = "an x-mcp-header that cannot be part of a header's name"
	case !chain || len(path) == 0:
		r.why = "the x-mcp-header " + name + " where no argument is reached by properties alone"
	case !primitive(kind):
		r.why = "the x-mcp-header " + name + " on an argument that is neither string nor integer nor boolean"
	case r.taken(name):
		r.why = "the x-mcp-header " + name + " twice"
	case len(r.params) == maxParams:
		r.why = "more than 64 x-mcp-headers"
	default:
		r.params = append(r.params, Param{Name: name, Path: path})
	}
}

// taken says whether a name is there already, without regard to case.
func (r *schemaReader) taken(name string) bool {
	for _, p := range r.params {
		if strings.EqualFold(p.Name, name) {
			return true
		}
	}
	return false
}

// primitive says whether type is one that can be mirrored, or a list of such, null among them.
func primitive(kind []byte) bool {
	if len(kind) > 0 && kind[0] == '[' {
		some, all := false, true
		jsontext.Elements(kind, func(el []byte, _ int) bool {
			some = some || primitive(el)
			all = all && (primitive(el) || string(el) == `"null"`)
			return all
		})
		return some && all
	}
	text, ok := jsontext.Unquote(kind)
	return ok && (text == "string" || text == "integer" || text == "boolean")
}

// isToken is RFC 9110 section 5.6.2.
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0) {
			return false
		}
	}
	return s != ""
}

func contains(list []string, s string) bool {
	for _, one := range list {
		if one == s {
			return true
		}
	}
	return false
}

// AppendParams appends the Mcp-Param-* headers of a tools/call with these params ("Client Behavior"). An argument
// that is absent, null or of a kind that cannot be mirrored has none. large is the name of one whose integer is
// beyond what all readers agree about, and empty where there is none.
func AppendParams(dst []msg.Header, wanted []Param, params []byte) (headers []msg.Header, large string) {
	if len(wanted) == 0 {
		return dst, ""
	}
	arguments := member(params, "arguments")
	for _, p := range wanted {
		value := arguments
		for _, key := range p.Path {
			value = member(value, key)
		}
		if beyond(value) {
			return dst, p.Path[len(p.Path)-1]
		}
		if text, ok := mirrored(value); ok {
			dst = append(dst, msg.Header{Name: "Mcp-Param-" + p.Name, Value: HeaderValue(text)})
		}
	}
	return dst, ""
}

// beyond says that a value is a number outside of the safe range ("Schema Extension").
func beyond(value []byte) bool {
	if len(value) == 0 || value[0] != '-' && (value[0] < '0' || value[0] > '9') {
		return false
	}
	f, err := strconv.ParseFloat(string(value), 64)
	return err != nil || f > safe || f < -safe
}

// member is the raw text of an object's member, the last one of its name; nil where there is none.
func member(object []byte, name string) (found []byte) {
	if len(object) == 0 || object[0] != '{' {
		return nil
	}
	jsontext.Members(object, func(key string, _ int, value []byte, _ int) bool {
		if key == name {
			found = value
		}
		return true
	})
	return found
}

// mirrored is a value as a header carries it ("Value Encoding", type conversion).
func mirrored(value []byte) (string, bool) {
	if len(value) == 0 {
		return "", false
	}
	switch value[0] {
	case '"':
		return jsontext.Unquote(value)
	case 't', 'f':
		return string(value), true
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return number(string(value)), true
	}
	return "", false
}

// safe is the largest integer that all of the server's readers agree about, 2^53 - 1.
const safe = 1<<53 - 1

// number is an integer in decimal; what is none stays as it is written, for the server to refuse.
func number(text string) string {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != float64(int64(f)) {
		return text
	}
	return strconv.FormatInt(int64(f), 10)
}
