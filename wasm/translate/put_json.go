package translate

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/tree"
)

// json puts the entry into a file of JSON: in the place of the one of its name, behind the last, or below the top key,
// which is made where it is missing.
func (p *placer) json(root tree.Node) {
	path := p.top(root)
	holder := root // which has the top key, and inputs beside it
	for len(path) > 1 {
		m, _ := holder.Last(path[0])
		if m == nil {
			break
		}
		holder, path = m.Value, path[1:]
	}
	servers, _ := holder.Last(path[len(path)-1])
	value := p.named().list
	body := object("", value...).json(p.unit, "")
	if servers == nil && p.to.Unwrapped && p.before != nil && len(p.before.Entries) > 0 {
		servers = &tree.Member{Value: root}
	}
	switch {
	case servers == nil:
		name, n := p.missing(path, holder)
		p.insert(edit.JSON, holder, name, n)
		return
	case p.replaces:
		old, _ := servers.Value.Last(p.name)
		p.replace(old.Value.Start, old.Value.End, strings.ReplaceAll(body, "\n", "\n"+p.lead(old.Start)))
	default:
		p.insert(edit.JSON, servers.Value, p.name, body)
	}
	p.define(holder)
}

// missing is the member that is put in where the top key is not there: with what is asked for before it.
func (p *placer) missing(path []string, holder tree.Node) (name, value string) {
	entry := object(path[len(path)-1], p.named())
	members := []node{entry}
	if inputs := p.undefined(holder); len(inputs) > 0 {
		members = []node{{name: "inputs", kind: tree.List, list: inputs}, entry}
	}
	for i := len(path) - 2; i >= 0; i-- {
		members = []node{object(path[i], members...)}
	}
	value = members[0].json(p.unit, "")
	for _, m := range members[1:] {
		value += ",\n" + edit.Quote(m.name) + ": " + m.json(p.unit, "")
	}
	return members[0].name, value
}

// undefined are the inputs that the file does not define yet.
func (p *placer) undefined(holder tree.Node) (all []node) {
	known, _ := holder.Last("inputs")
	for _, in := range p.inputs {
		defined := false
		if known != nil {
			for _, item := range known.Value.Items() {
				id, _ := item.Last("id")
				defined = defined || id != nil && id.Value.Literal() == in.at("id").text
			}
		}
		if !defined {
			all = append(all, in)
		}
	}
	return all
}

// define adds the inputs that the file does not define yet.
func (p *placer) define(holder tree.Node) {
	inputs := p.undefined(holder)
	if len(inputs) == 0 {
		return
	}
	before := p.edits
	p.edits = nil
	known, _ := holder.Last("inputs")
	list := node{kind: tree.List, list: inputs}
	switch {
	case known == nil:
		p.insert(edit.JSON, holder, "inputs", list.json(p.unit, ""))
	case len(known.Value.Items()) == 0:
		p.replace(known.Value.Start, known.Value.End, strings.ReplaceAll(list.json(p.unit, ""), "\n", "\n"+p.lead(known.Start)))
	default:
		items := known.Value.Items()
		last := items[len(items)-1]
		lead, text := p.lead(last.Start), ""
		for _, in := range inputs {
			text += ",\n" + lead + strings.ReplaceAll(in.json(p.unit, ""), "\n", "\n"+lead)
		}
		p.replace(last.End, last.End, text)
	}
	p.edits = inOrder(before, p.edits)
}

// inOrder are two runs of edits as one in the text's order; one of them lies before the other.
func inOrder(a, b []msg.Edit) []msg.Edit {
	if len(a) > 0 && len(b) > 0 && b[0].At.Start < a[0].At.Start {
		a, b = b, a
	}
	return append(a[:len(a):len(a)], b...)
}
