package tree

import "encoding/binary"

// AppendCanon appends the node in a form that two nodes share only where they mean the same: kinds, names, values and
// their order, without the white space, the comments and the ways of quoting that the text has.
func (n Node) AppendCanon(b []byte) []byte {
	b = append(b, byte(n.Kind))
	switch n.Kind {
	case Map:
		members := n.Members()
		b = binary.AppendUvarint(b, uint64(len(members)))
		for _, m := range members {
			b = m.Value.AppendCanon(AppendText(b, m.Name))
		}
	case List:
		items := n.Items()
		b = binary.AppendUvarint(b, uint64(len(items)))
		for _, item := range items {
			b = item.AppendCanon(b)
		}
	default:
		b = AppendText(b, n.text)
	}
	return b
}

// AppendText appends a text with its length before it, so that no two lists of texts look alike.
func AppendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
