package tree

import "encoding/binary"

// endOfParts stands behind the parts of a node; before each part there is a kind, which is never this.
const endOfParts = 0xff

// AppendCanon appends the node in a form that two nodes share only where they mean the same: kinds, names, values and
// their order, without the white space, the comments and the ways of quoting that the text has.
func (n Node) AppendCanon(b []byte) []byte {
	b = append(b, byte(n.Kind))
	if n.Kind != Map && n.Kind != List {
		return AppendText(b, n.text)
	}
	for _, m := range n.Members() {
		b = m.Value.AppendCanon(AppendText(append(b, byte(String)), m.Name))
	}
	for _, item := range n.Items() {
		b = item.AppendCanon(b)
	}
	return append(b, endOfParts)
}

// AppendText appends a text with its length before it, so that no two lists of texts look alike. Inlined, it would be
// kilobytes of the module.
//
//go:noinline
func AppendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}
