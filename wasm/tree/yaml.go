package tree

import (
	"bytes"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// YAML reads the first document of a YAML 1.2 text. An alias is the value of its anchor, with the anchor's place.
func YAML(s *Source) (root Node, err *Error) {
	if err := short(s.Text); err != nil {
		return Node{}, err
	}
	if err := shallowYAML(s.Text); err != nil {
		return Node{}, err
	}
	defer caught(&err)
	file, fault := parser.ParseBytes(s.Text, 0)
	y := &yamlReader{source: s, anchors: map[string]Node{}, weights: map[string]int{}, line: 1, column: 1}
	if fault != nil {
		return Node{}, y.fault(fault)
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return Node{source: s, Kind: Null}, nil
	}
	root = y.node(file.Docs[0].Body)
	return root, y.failed
}

type yamlReader struct {
	source  *Source
	anchors map[string]Node
	// line, column and offset are where the last place was found: places come in order, nearly. begin is where its line
	// begins.
	line, column, offset, begin int
	// merged is how many members merge keys have copied.
	merged int
	// read counts the nodes, aliased those that aliases stand for, each time anew; weights has how many each anchor is.
	read, aliased int
	weights       map[string]int
	// merging says that the node is what a merge key names, which counts as merged.
	merging bool
	// failed is why the text is not read, though it can be parsed.
	failed *Error
}

// at is the byte offset of a token: the parser counts lines and characters.
func (y *yamlReader) at(t *token.Token) int {
	if t == nil || t.Position == nil {
		return 0
	}
	line, column := t.Position.Line, max(t.Position.Column, 1)
	switch {
	case line < y.line:
		y.line, y.column, y.offset, y.begin = 1, 1, 0, 0
	case line == y.line && column < y.column:
		y.column, y.offset = 1, y.begin
	}
	text := y.source.Text
	for y.line < line && y.offset < len(text) {
		next := bytes.IndexByte(text[y.offset:], '\n')
		if next < 0 {
			return len(text)
		}
		y.line, y.column, y.offset = y.line+1, 1, y.offset+next+1
		y.begin = y.offset
	}
	for y.column < column && y.offset < len(text) && text[y.offset] != '\n' {
		y.offset++
		for y.offset < len(text) && text[y.offset]&0xC0 == 0x80 {
			y.offset++
		}
		y.column++
	}
	return y.offset
}

// mostAliased bounds the nodes that aliases stand for in a file, each time anew: a text of 1 MiB may name one of a
// thousand members a thousand times.
const mostAliased = 20000

func (y *yamlReader) node(n ast.Node) Node {
	y.read++
	switch n := n.(type) {
	case *ast.MappingNode:
		return y.mapping(n.GetToken(), n.Values)
	case *ast.MappingValueNode:
		return y.mapping(n.Key.GetToken(), []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		return y.sequence(n)
	case *ast.AnchorNode:
		name, before := n.Name.GetToken().Value, y.read
		v := y.node(n.Value)
		y.anchors[name], y.weights[name] = v, y.read-before
		return v
	case *ast.AliasNode:
		name := n.Value.GetToken().Value
		start := y.at(n.GetToken())
		v, known := y.anchors[name]
		if known && (y.merging || y.alias(name, start)) {
			return v
		}
		return Node{source: y.source, Kind: Null, Start: start, End: start}
	case *ast.TagNode:
		return y.node(n.Value)
	case nil:
		return Node{source: y.source, Kind: Null}
	}
	return y.scalar(n)
}

func (y *yamlReader) scalar(n ast.Node) Node {
	t := n.GetToken()
	start := y.at(t)
	out := Node{source: y.source, Start: start, End: scalarEnd(y.source.Text, start, t.Value)}
	switch n := n.(type) {
	case *ast.StringNode:
		out.Kind, out.text = String, n.Value
	case *ast.LiteralNode:
		out.Kind, out.text = String, n.Value.Value
	case *ast.NullNode:
		out.Kind = Null
	case *ast.BoolNode:
		out.Kind, out.text = Bool, "false"
		if n.Value {
			out.text = "true"
		}
	default:
		out.Kind, out.text = Number, t.Value
	}
	return out
}

// scalarEnd is where a scalar that begins at start ends: behind its closing quotation mark, or behind its text.
func scalarEnd(text []byte, start int, value string) int {
	if start >= len(text) {
		return len(text)
	}
	quote := text[start]
	if quote != '"' && quote != '\'' {
		if strings.HasPrefix(string(text[start:min(len(text), start+len(value))]), value) {
			return start + len(value)
		}
		return start
	}
	for i := start + 1; i < len(text); i++ {
		switch {
		case quote == '"' && text[i] == '\\':
			i++
		case text[i] == quote && quote == '\'' && i+1 < len(text) && text[i+1] == quote:
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

func (y *yamlReader) sequence(n *ast.SequenceNode) Node {
	start := y.at(n.Start)
	out := Node{Kind: List, source: y.source, Start: start, End: start}
	for _, v := range n.Values {
		out.items = append(out.items, y.node(v))
	}
	return out
}

func (y *yamlReader) mapping(t *token.Token, pairs []*ast.MappingValueNode) Node {
	out := Node{Kind: Map, source: y.source}
	for i, p := range pairs {
		key := p.Key.GetToken()
		start := y.at(key)
		if i == 0 {
			out.Start, out.End = start, start
			if t.Type == token.MappingStartType {
				out.Start = y.at(t)
			}
		}
		y.merging = p.Key.IsMergeKey()
		value := y.node(p.Value)
		y.merging = false
		if p.Key.IsMergeKey() {
			if !y.merge(&out, value) {
				y.tooMany(start, "more than 10000 members are merged")
			}
			continue
		}
		out.members = append(out.members, Member{Name: key.Value, Start: start, End: scalarEnd(y.source.Text, start, key.Value), Value: value, source: y.source})
	}
	if len(pairs) == 0 {
		out.Start = y.at(t)
		out.End = out.Start
	}
	return out
}

// alias counts what an alias stands for; it is false where that is too much.
func (y *yamlReader) alias(name string, at int) bool {
	y.read += y.weights[name]
	if y.aliased += y.weights[name]; y.aliased > mostAliased {
		y.tooMany(at, "aliases stand for more than 20000 values")
		return false
	}
	return true
}

// tooMany is why the text is not read; the first reason is told.
func (y *yamlReader) tooMany(at int, why string) {
	if y.failed == nil {
		y.failed = &Error{at, why}
	}
}

// mostMerged bounds what merge keys copy in a file: each may name a map that merges others.
const mostMerged = 10000

// merge puts in front what "<<" names, one map or a list of them: what the map says itself comes later, and wins. It is
// false where that would be too much.
func (y *yamlReader) merge(into *Node, v Node) bool {
	y.merged += len(v.members)
	for _, item := range v.items {
		y.merged += len(item.members)
	}
	if y.merged += len(into.members); y.merged > mostMerged {
		return false
	}
	y.read += len(v.members)
	from := v.members
	for _, item := range v.items {
		from = append(from[:len(from):len(from)], item.members...)
	}
	into.members = append(from[:len(from):len(from)], into.members...)
	return true
}

// fault is the parser's error without what it cites.
func (y *yamlReader) fault(err error) *Error {
	e, ok := err.(interface {
		GetToken() *token.Token
		GetMessage() string
	})
	switch {
	case !ok:
		return &Error{0, "it cannot be read"}
	case strings.Contains(e.GetMessage(), "already defined"):
		return &Error{y.at(e.GetToken()), "a name is given twice"}
	case strings.Contains(e.GetMessage(), "unknown YAML version"), strings.Contains(e.GetMessage(), "cannot assign default"):
		return &Error{y.at(e.GetToken()), "unexpected character"}
	}
	return &Error{y.at(e.GetToken()), e.GetMessage()}
}
