package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/oauth"
	"github.com/headfast/headfast/wasm/tree"
)

// AppendCanon appends all of the entry that matters, and nothing of how the file lays it out: its members, how it was
// read, and what comes from elsewhere in the file (the definitions of inputs, headers for all servers). Two entries
// share it only where they do the same.
func (e *Entry) AppendCanon(b []byte) []byte {
	for _, text := range []string{e.Dialect.ID, e.Project, e.Name, e.Transport, e.HelperDir} {
		b = tree.AppendText(b, text)
	}
	b = e.node.AppendCanon(b)
	b = append(b, e.beside...)
	for _, list := range [][]Header{e.Headers, e.Env} {
		for _, h := range list {
			b = tree.AppendText(append(b, 'n'), h.Name)
		}
		b = append(b, 0)
	}
	for _, v := range e.Values() {
		b = v.appendCanon(b)
	}
	return b
}

// appendCanon is of a value what it is made of: the file itself may say what a variable is (Bind).
func (v Value) appendCanon(b []byte) []byte {
	b = tree.AppendText(b, v.Text)
	for _, p := range v.parts {
		kind := byte('l')
		switch {
		case p.foreign:
			kind = 'f'
		case p.hasDefault:
			kind = 'd'
		case p.name != "":
			kind = 'v'
		}
		b = append(b, kind)
		for _, text := range []string{p.literal, p.written, p.name, p.fallback} {
			b = tree.AppendText(b, text)
		}
	}
	return append(b, 0)
}

// inputsAt is where files define inputs: VS Code's own file, its settings and its workspaces.
var inputsAt = []string{"inputs", "mcp.inputs", "settings.mcp.inputs"}

// takeInputs gives each entry the definitions of the inputs that it names: a hash of each, since one long definition may
// be named by every entry.
func (f *File) takeInputs(root tree.Node) {
	var lists []tree.Node
	for _, path := range inputsAt {
		n := root
		for _, name := range strings.Split(path, ".") {
			m, _ := n.Last(name)
			if m == nil {
				n = tree.Node{}
				break
			}
			n = m.Value
		}
		lists = append(lists, n)
	}
	items, _ := inputs(lists)
	defined := map[string][]byte{}
	for _, item := range items {
		if id, _ := item.Last("id"); id != nil {
			name := inputPrefix + id.Value.Literal()
			sum := oauth.SHA256(item.AppendCanon(nil))
			defined[name] = append(defined[name], sum[:]...)
		}
	}
	if len(defined) == 0 {
		return
	}
	for _, e := range f.Entries {
		for _, name := range e.Variables() {
			e.beside = append(e.beside, defined[name]...)
		}
	}
}
