package tree

import (
	"errors"

	"github.com/pelletier/go-toml/v2/unstable"
)

// TOML reads TOML 1.0. A name given twice is an error, as the format has it.
func TOML(s *Source) (root Node, err *Error) {
	if err := short(s.Text); err != nil {
		return Node{}, err
	}
	if err := shallowTOML(s.Text); err != nil {
		return Node{}, err
	}
	defer caught(&err)
	t := &tomlReader{source: s, root: &branch{node: Node{Kind: Map, source: s, End: len(s.Text)}}}
	t.table = t.root
	t.parser.Reset(s.Text)
	for t.parser.NextExpression() {
		if err := t.expression(t.parser.Expression()); err != nil {
			return Node{}, err
		}
	}
	if err := t.parser.Error(); err != nil {
		return Node{}, t.fault(err)
	}
	return t.root.done(), nil
}

type tomlReader struct {
	source *Source
	parser unstable.Parser
	root   *branch
	// table is where key-value pairs go now.
	table *branch
}

// branch is a table while it is being read: its members may still come from anywhere in the text.
type branch struct {
	node Node
	// names are the members in order; each is either a branch or a value.
	names    []Member
	branches map[string]*branch
	lists    map[string][]*branch
	known    map[string]bool
	// end is where the value ends that was read last.
	end int
	// headed tables are those that a header named already.
	headed bool
}

func (t *tomlReader) expression(e *unstable.Node) *Error {
	switch e.Kind {
	case unstable.Table, unstable.ArrayTable:
		return t.header(e)
	case unstable.KeyValue:
		return t.pair(t.table, e, 0)
	}
	return nil
}

// header is [a.b] or [[a.b]].
func (t *tomlReader) header(e *unstable.Node) *Error {
	at, last, err := t.descend(t.root, keys(e.Key()))
	if err != nil {
		return err
	}
	name := string(last.Data)
	if e.Kind == unstable.ArrayTable {
		t.table = at.element(t.source, name, last)
		if t.table == nil {
			return twice(last)
		}
		return nil
	}
	b, ok := at.child(t.source, name, last)
	if !ok || b.headed {
		return twice(last)
	}
	b.headed, t.table = true, b
	return nil
}

// pair is key = value within a table.
func (t *tomlReader) pair(into *branch, e *unstable.Node, from int) *Error {
	at, last, err := t.descend(into, keys(e.Key()))
	if err != nil {
		return err
	}
	if at.has(string(last.Data)) {
		return twice(last)
	}
	value, err := t.value(e.Value(), max(from, end(last)))
	if err != nil {
		return err
	}
	at.add(member(t.source, last, value))
	into.end = value.End
	return nil
}

// descend goes to the table that all keys but the last name, and makes what is not there.
func (t *tomlReader) descend(b *branch, path []*unstable.Node) (*branch, *unstable.Node, *Error) {
	if len(path) > mostDepth {
		return nil, nil, &Error{int(path[0].Raw.Offset), tooDeep}
	}
	for _, key := range path[:len(path)-1] {
		next, ok := b.child(t.source, string(key.Data), key)
		if !ok {
			return nil, nil, twice(key)
		}
		b = next
	}
	return b, path[len(path)-1], nil
}

func keys(it unstable.Iterator) (all []*unstable.Node) {
	for it.Next() {
		all = append(all, it.Node())
	}
	return all
}

func twice(key *unstable.Node) *Error {
	return &Error{int(key.Raw.Offset), "a name is given twice"}
}

func end(n *unstable.Node) int { return int(n.Raw.Offset + n.Raw.Length) }

func member(s *Source, key *unstable.Node, value Node) Member {
	return Member{Name: string(key.Data), Start: int(key.Raw.Offset), End: end(key), Value: value, source: s}
}

func (b *branch) has(name string) bool { return b.known[name] }

func (b *branch) add(m Member) {
	if b.known == nil {
		b.known = map[string]bool{}
	}
	b.known[m.Name] = true
	b.names = append(b.names, m)
}

// child is the table of that name, made where there is none; of a list of tables, the last one. ok is false where the
// name is something else.
func (b *branch) child(s *Source, name string, key *unstable.Node) (*branch, bool) {
	if c := b.branches[name]; c != nil {
		return c, true
	}
	if list := b.lists[name]; list != nil {
		return list[len(list)-1], true
	}
	if b.has(name) {
		return nil, false
	}
	c := &branch{node: Node{Kind: Map, source: s, Start: int(key.Raw.Offset), End: end(key)}}
	if b.branches == nil {
		b.branches = map[string]*branch{}
	}
	b.branches[name] = c
	b.add(member(s, key, Node{}))
	return c, true
}

// element adds a table to the list of that name; nil where the name is something else.
func (b *branch) element(s *Source, name string, key *unstable.Node) *branch {
	if b.lists[name] == nil {
		if b.has(name) {
			return nil
		}
		b.add(member(s, key, Node{}))
	}
	if b.lists == nil {
		b.lists = map[string][]*branch{}
	}
	c := &branch{headed: true, node: Node{Kind: Map, source: s, Start: int(key.Raw.Offset), End: end(key)}}
	b.lists[name] = append(b.lists[name], c)
	return c
}

// done is the finished node.
func (b *branch) done() Node {
	for i, m := range b.names {
		if c := b.branches[m.Name]; c != nil {
			b.names[i].Value = c.done()
		} else if list := b.lists[m.Name]; list != nil {
			b.names[i].Value = doneList(list)
		}
	}
	b.node.members = b.names
	return b.node
}

func doneList(list []*branch) Node {
	n := Node{Kind: List, source: list[0].node.source, Start: list[0].node.Start, End: list[0].node.End}
	for _, b := range list {
		n.items = append(n.items, b.done())
	}
	return n
}

// value reads a value; from is an offset before it, behind whatever stands before.
func (t *tomlReader) value(v *unstable.Node, from int) (Node, *Error) {
	n := Node{source: t.source, Start: int(v.Raw.Offset), End: end(v), text: string(v.Data)}
	switch v.Kind {
	case unstable.String:
		n.Kind = String
	case unstable.Bool:
		n.Kind = Bool
	case unstable.Array:
		return t.array(v, from)
	case unstable.InlineTable:
		return t.inline(v, from)
	default:
		n.Kind = Number // and dates, which no configuration has
	}
	return n, nil
}

func (t *tomlReader) array(v *unstable.Node, from int) (Node, *Error) {
	n := Node{Kind: List, source: t.source, Start: t.find('[', from)}
	from = n.Start + 1
	for it := v.Children(); it.Next(); {
		item, err := t.value(it.Node(), from)
		if err != nil {
			return Node{}, err
		}
		n.items = append(n.items, item)
		from = item.End
	}
	n.End = t.find(']', from) + 1
	return n, nil
}

func (t *tomlReader) inline(v *unstable.Node, from int) (Node, *Error) {
	b := &branch{node: Node{Kind: Map, source: t.source, Start: t.find('{', from)}}
	from = b.node.Start + 1
	for it := v.Children(); it.Next(); {
		if err := t.pair(b, it.Node(), from); err != nil {
			return Node{}, err
		}
		from = max(from, b.end)
	}
	b.node.End = t.find('}', from) + 1
	return b.done(), nil
}

// find is the next place of c from an offset on, outside of comments. It is called where only blanks, commas and
// comments can stand before it.
func (t *tomlReader) find(c byte, from int) int {
	for i := from; i < len(t.source.Text); i++ {
		switch t.source.Text[i] {
		case c:
			return i
		case '#':
			for i < len(t.source.Text) && t.source.Text[i] != '\n' {
				i++
			}
		}
	}
	return min(from, len(t.source.Text))
}

// fault is the parser's error without what it cites.
func (t *tomlReader) fault(err error) *Error {
	var e *unstable.ParserError
	if !errors.As(err, &e) {
		return &Error{len(t.source.Text), "it cannot be read"}
	}
	offset := len(t.source.Text)
	if len(e.Highlight) > 0 {
		offset = int(t.parser.Range(e.Highlight).Offset)
	}
	return &Error{offset, uncited(e.Message)}
}
