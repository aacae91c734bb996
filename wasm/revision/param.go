package revision

import (
	"bytes"
	"slices"
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

// Size is about how many bytes it takes to remember it.
func (p Param) Size() int {
	size := 64 + len(p.Name)
	for _, key := range p.Path {
		size += 16 + len(key)
	}
	return size
}

// The bounds of one tool: a server decides how deep its schema is and how much of it would be remembered.
const (
	maxParams = 64
	// maxLevels bounds how deep schemas, and the objects and lists that hold them, are searched for annotations.
	maxLevels = 64
	// longestParam bounds the name behind Mcp-Param-, longestPath the names that lead to an argument, in bytes.
	longestParam = 128
	longestPath  = 4 << 10
)

const annotation = "x-mcp-header"

// MayHaveParams says whether a text can hold an annotation at all. Most tools have none, and then need no search. The
// word can be written with an escape, which for its characters begins with \u.
func MayHaveParams(text []byte) bool {
	return bytes.Contains(text, []byte(annotation)) || bytes.Contains(text, []byte(`\u`))
}

// Params reads which arguments a tool's inputSchema wants mirrored. why is empty, or what makes the definition
// invalid: then the whole tool is to be left out ("Schema Extension").
func Params(inputSchema []byte) (params []Param, why string) {
	if !MayHaveParams(inputSchema) {
		return nil, ""
	}
	r := &schemaReader{text: inputSchema}
	jsontext.Tokens(inputSchema, r.token)
	if r.why != "" {
		return nil, r.why
	}
	return r.params, ""
}

// schemaReader looks for x-mcp-header in a JSON Schema, token by token: a walk that reads what is inside anew on each
// level would take time in the product of size and depth.
type schemaReader struct {
	text   []byte
	levels []level
	path   []string
	// data is how many brackets are open in which nothing is an annotation, since when.
	data, since int
	params      []Param
	why         string
}

// level is an object or a list that is open: a schema, or what holds schemas.
type level struct {
	holds role
	// chain says that it is reached from the root by properties alone, named that its name is the last of the path.
	chain, named bool
	// key is the member whose value comes next, or came last; keyed says that it comes next.
	key        string
	keyed      bool
	kind, mark []byte
}

// role is what stands inside of a bracket.
type role uint8

const (
	keywords role = iota // the bracket is a schema
	names                // schemas by names of the author's choice
	schemas              // schemas without names
	data                 // no schemas
)

// named are the keywords whose members are schemas by a name of the author's choice.
var named = []string{"$defs", "definitions", "patternProperties", "dependentSchemas"}

// values are the keywords that hold data, in which nothing is an annotation.
var values = []string{annotation, "type", "default", "const", "enum", "examples"}

func (r *schemaReader) token(token []byte, at int) bool {
	switch token[0] {
	case '{', '[':
		r.open(token, at)
	case '}', ']':
		r.close(at)
	default:
		r.scalar(token)
	}
	return r.why == "" && (len(r.levels) > 0 || r.data > 0)
}

// open goes into a bracket, whatever it holds.
func (r *schemaReader) open(token []byte, at int) {
	if r.data > 0 {
		r.data++
		return
	}
	next := r.inside(token[0] == '{')
	r.value(token)
	switch {
	case next.holds == data:
		r.data, r.since = 1, at
	case len(r.levels) == maxLevels:
		r.why = "more than 64 levels and may hold an x-mcp-header"
	default:
		if next.named {
			r.path = append(r.path, r.top().key)
		}
		r.levels = append(r.levels, next)
	}
}

func (r *schemaReader) top() *level { return &r.levels[len(r.levels)-1] }

// inside is what a bracket is that opens now.
func (r *schemaReader) inside(object bool) level {
	if len(r.levels) == 0 {
		return level{holds: either(object, keywords, data), chain: true}
	}
	switch in := r.top(); {
	case in.holds == names:
		return level{holds: either(object, keywords, data), chain: in.chain, named: true}
	case in.holds == schemas:
		return level{holds: either(object, keywords, data)}
	case contains(values, in.key):
		return level{holds: data}
	case in.key == "properties":
		return level{holds: either(object, names, data), chain: in.chain}
	case contains(named, in.key):
		return level{holds: either(object, names, data)}
	}
	return level{holds: either(object, keywords, schemas)}
}

func either(first bool, a, b role) role {
	if first {
		return a
	}
	return b
}

// close leaves a bracket. A schema is judged as a whole, since its type may stand behind its annotation.
func (r *schemaReader) close(at int) {
	if r.data > 0 {
		if r.data--; r.data == 0 && len(r.levels) > 0 {
			r.value(r.text[r.since : at+1])
		}
		return
	}
	left := *r.top()
	if left.mark != nil {
		r.annotated(left.mark, left.kind, left.chain)
	}
	r.levels = r.levels[:len(r.levels)-1]
	if left.named {
		r.path = r.path[:len(r.path)-1]
	}
}

// scalar takes a string, which may be a key, or another value.
func (r *schemaReader) scalar(token []byte) {
	if r.data > 0 || len(r.levels) == 0 {
		return
	}
	if in := r.top(); in.holds != schemas && !in.keyed {
		in.key, _ = jsontext.Unquote(token)
		in.keyed = true
		return
	}
	r.value(token)
}

// value takes the value of the key before it, or what it begins with.
func (r *schemaReader) value(raw []byte) {
	if len(r.levels) == 0 {
		return
	}
	in := r.top()
	in.keyed = false
	switch {
	case in.holds != keywords:
	case in.key == annotation:
		in.mark = raw
	case in.key == "type":
		in.kind = raw
	}
}

// annotated checks one annotation against all constraints.
func (r *schemaReader) annotated(mark, kind []byte, chain bool) {
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
	case !chain || len(r.path) == 0:
		r.why = "the x-mcp-header " + name + " where no argument is reached by properties alone"
	case !primitive(kind):
		r.why = "the x-mcp-header " + name + " on an argument that is neither string nor integer nor boolean"
	case r.taken(name):
		r.why = "the x-mcp-header " + name + " twice"
	case len(r.params) == maxParams:
		r.why = "more than 64 x-mcp-headers"
	case sum(r.path) > longestPath:
		r.why = "the x-mcp-header " + name + " on an argument with names of more than 4 KiB"
	default:
		r.params = append(r.params, Param{Name: name, Path: slices.Clone(r.path)})
	}
}

func sum(texts []string) (n int) {
	for _, t := range texts {
		n += len(t)
	}
	return n
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
	if len(kind) == 0 || kind[0] != '[' {
		return single(kind)
	}
	some, all := false, true
	jsontext.Elements(kind, func(el []byte, _ int) bool {
		is := single(el)
		some = some || is
		all = is || string(el) == `"null"`
		return all
	})
	return some && all
}

func single(kind []byte) bool {
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
