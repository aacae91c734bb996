package config

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
)

// node is a JSON value with the place where it stands in the file.
type node struct {
	file   *source
	raw    []byte
	offset int
}

// source is the file that nodes point into.
type source struct {
	path  string
	text  []byte
	index *jsontext.Index
}

func newSource(path string, text []byte) *source { return &source{path, text, jsontext.NewIndex(text)} }

func (s *source) at(offset int) msg.Position {
	line, column := s.index.Position(offset)
	return msg.Position{File: s.path, Line: uint32(line), Column: uint32(column)}
}

func (n node) where() msg.Position { return n.file.at(n.offset) }

// member is one member of an object.
type member struct {
	name  string
	where msg.Position
	value node
}

func (n node) members() []member {
	if !n.isObject() {
		return nil
	}
	var all []member
	jsontext.Members(n.raw, func(key string, keyOffset int, value []byte, valueOffset int) bool {
		all = append(all, member{key, n.file.at(n.offset + keyOffset), node{n.file, value, n.offset + valueOffset}})
		return true
	})
	return all
}

func (n node) elements() []node {
	if len(n.raw) == 0 || n.raw[0] != '[' {
		return nil
	}
	var all []node
	jsontext.Elements(n.raw, func(value []byte, offset int) bool {
		all = append(all, node{n.file, value, n.offset + offset})
		return true
	})
	return all
}

func (n node) isObject() bool { return len(n.raw) > 0 && n.raw[0] == '{' }

// text is the string that the node is; ok is false where it is something else.
func (n node) text() (s string, ok bool) {
	if len(n.raw) == 0 || n.raw[0] != '"' {
		return "", false
	}
	return jsontext.Unquote(n.raw)
}

// kind names the node's JSON type for messages.
func (n node) kind() string {
	if len(n.raw) == 0 {
		return "nothing"
	}
	switch n.raw[0] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}
