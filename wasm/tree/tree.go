// Package tree reads a configuration text, whichever its format, as a tree of which every part knows where it stands.
// It knows nothing of what the parts mean.
package tree

import (
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
)

// Kind is what a node is.
type Kind uint8

// The kinds. None is a node that is not there.
const (
	None Kind = iota
	Null
	Bool
	Number
	String
	List
	Map
)

// String names the kind for messages, with its article.
func (k Kind) String() string {
	return [...]string{"nothing", "null", "a boolean", "a number", "a string", "an array", "an object"}[k]
}

// Source is the text that nodes point into.
type Source struct {
	Path  string
	Text  []byte
	index *jsontext.Index // made when a place is asked for
}

// NewSource keeps text, which must not change afterwards. path is how messages call it.
func NewSource(path string, text []byte) *Source { return &Source{Path: path, Text: text} }

// At is the place of a byte offset; lines and columns count from 1, columns in UTF-16 units.
func (s *Source) At(offset int) msg.Position {
	line, column := s.places().Position(offset)
	return msg.Position{File: s.Path, Line: uint32(line), Column: uint32(column)}
}

// Offset is the byte offset of a place of this text.
func (s *Source) Offset(p msg.Position) int { return s.places().Offset(int(p.Line), int(p.Column)) }

func (s *Source) places() *jsontext.Index {
	if s.index == nil {
		s.index = jsontext.NewIndex(s.Text)
	}
	return s.index
}

// Span is a stretch of the text, from one byte offset to another, which is exclusive.
func (s *Source) Span(start, end int) msg.Span {
	return msg.Span{Start: uint32(start), End: uint32(end), From: s.At(start), To: s.At(end)}
}

// Node is one value.
type Node struct {
	Kind Kind
	// Start and End are byte offsets of the value's token in the source, End exclusive. Of a TOML table they are
	// those of its name; of a YAML mapping both are where it begins.
	Start, End int
	source     *Source
	// text is a string's value, or a number or boolean as written.
	text string
	// raw is set in JSON, where children are read when they are asked for.
	raw     []byte
	members []Member
	items   []Node
}

// Member is one member of a map.
type Member struct {
	Name string
	// Start and End are where the name stands, quotation marks included.
	Start, End int
	Value      Node
	source     *Source
}

// Where is the place of the value.
func (n Node) Where() msg.Position { return n.source.At(n.Start) }

// Where is the place of the name.
func (m Member) Where() msg.Position { return m.source.At(m.Start) }

// Text is the string that the node is; ok is false where it is something else.
func (n Node) Text() (s string, ok bool) {
	if n.Kind != String {
		return "", false
	}
	return n.text, true
}

// Literal is a number or a boolean as it is written, a string's value, and empty for the rest.
func (n Node) Literal() string { return n.text }

// Is says whether the node is this boolean.
func (n Node) Is(b bool) bool { return n.Kind == Bool && (n.text == "true") == b }

// Members are the members of a map, in the text's order, those of the same name included; nil of anything else.
func (n Node) Members() []Member {
	if n.Kind == Map && n.raw != nil {
		return jsonMembers(n)
	}
	return n.members
}

// Items are the elements of a list; nil of anything else.
func (n Node) Items() []Node {
	if n.Kind == List && n.raw != nil {
		return jsonItems(n)
	}
	return n.items
}

// Last is the member of this name, the last one where there are more, as JSON.parse takes it; twice says that there
// are.
func (n Node) Last(name string) (found *Member, twice bool) {
	for _, m := range n.Members() {
		if m.Name == name {
			found, twice = &m, found != nil
		}
	}
	return found, twice
}

// Error is why a text cannot be read. It never holds text of the source, which may be a secret.
type Error struct {
	// Offset is in bytes from the start, up to and including the length.
	Offset int
	// Reason is a phrase that goes on with "is not JSON: ".
	Reason string
}
