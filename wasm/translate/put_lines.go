package translate

import (
	"strings"

	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/tree"
)

// yaml puts the entry into a file of YAML.
func (p *placer) yaml(root tree.Node) {
	servers, _ := root.Last(p.to.Tops[0])
	flow := root.Kind == tree.Map && root.Start < len(p.source.Text) && p.source.Text[root.Start] == '{'
	switch {
	case servers == nil && flow:
		n := object("", p.entry.list...)
		if n = object(p.name, n.list...); p.to.Listed {
			n = node{kind: tree.List, list: []node{p.entry}}
		} else {
			n = object("", n)
		}
		p.insert(edit.YAML, root, p.to.Tops[0], n.inline(edit.YAML))
	case servers == nil:
		p.edits = append(p.edits, edit.Append(p.source, p.block("")))
	case servers.Value.Kind == tree.Null:
		end := p.lineEnd(servers.End)
		block := p.block("")
		p.replace(end, end, block[strings.IndexByte(block, '\n'):len(block)-1])
	case p.to.Listed:
		p.yamlItem(servers)
	case p.source.Text[servers.Value.Start] == '{':
		p.insert(edit.YAML, servers.Value, p.name, p.entry.inline(edit.YAML))
	case p.replaces:
		old, _ := servers.Value.Last(p.name)
		if end, ok := p.blockEnd(old.Value); ok {
			p.replace(old.Start, end, strings.TrimSuffix(p.member(p.lead(old.Start)), "\n"))
		}
	default:
		p.insert(edit.YAML, servers.Value, p.name, strings.TrimSuffix("\n  "+p.entry.yaml("  "), "\n"))
		last := &p.edits[len(p.edits)-1]
		last.Text = strings.Replace(last.Text, ": "+p.eol, ":"+p.eol, 1)
	}
}

// yamlItem puts the entry into a YAML list, or in the place of the one of its name.
func (p *placer) yamlItem(servers *tree.Member) {
	items := servers.Value.Items()
	if len(items) == 0 {
		if start := servers.Value.Start; strings.HasPrefix(string(p.source.Text[start:]), "[]") {
			p.replace(start, start+2, "\n  "+strings.TrimSuffix(p.item("  "), "\n"))
		}
		return
	}
	at := items[len(items)-1]
	for _, item := range items {
		if name, _ := item.Last("name"); p.replaces && name != nil && name.Value.Literal() == p.name {
			at = item
			break
		}
	}
	line := string(p.source.Text[strings.LastIndexByte(string(p.source.Text[:at.Start]), '\n')+1 : at.Start])
	end, ok := p.blockEnd(at)
	if indent, dash := strings.CutSuffix(strings.TrimRight(line, " "), "-"); ok && dash && strings.TrimSpace(indent) == "" {
		item := strings.TrimSuffix(p.item(indent), "\n")
		if p.replaces {
			p.replace(at.Start-len(line)+len(indent), end, item)
		} else {
			p.replace(end, end, "\n"+indent+item)
		}
	}
}

// blockEnd is where the lines of a map end; ok is false of one in braces.
func (p *placer) blockEnd(n tree.Node) (end int, ok bool) {
	if n.Kind != tree.Map || p.source.Text[n.Start] == '{' {
		return 0, false
	}
	edits := edit.YAML.Insert(p.source, n, "x", "y")
	if len(edits) != 1 {
		return 0, false
	}
	return int(edits[0].At.Start), true
}

func (p *placer) lineEnd(offset int) int {
	text := string(p.source.Text)
	end := strings.IndexByte(text[offset:], '\n')
	if end < 0 {
		return len(text)
	}
	return offset + len(strings.TrimSuffix(text[offset:offset+end], "\r"))
}

// toml puts the entry into a file of TOML: as a table at its end, or in the place of the tables of its name.
func (p *placer) toml(root tree.Node) {
	servers, _ := root.Last(p.to.Tops[0])
	if servers != nil && servers.Value.Start < len(p.source.Text) && p.source.Text[servers.Value.Start] == '{' {
		p.tomlValue(servers.Value)
		return
	}
	table := p.entry.table(p.to.Tops[0], p.name)
	if !p.replaces {
		p.edits = append(p.edits, edit.Append(p.source, table))
		return
	}
	if old, _ := servers.Value.Last(p.name); p.source.Text[old.Value.Start] == '{' {
		p.tomlValue(servers.Value)
		return
	}
	for _, t := range p.tables() {
		p.replace(t[0], t[1], table)
		table = ""
	}
}

// tomlValue puts the entry into a table in braces, or as one.
func (p *placer) tomlValue(servers tree.Node) {
	value := p.entry.inline(edit.TOML)
	if old, _ := servers.Last(p.name); p.replaces {
		p.replace(old.Value.Start, old.Value.End, value)
		return
	}
	p.insert(edit.TOML, servers, p.name, value)
}

// tables are the stretches of the tables that belong to the entry of this name, without the comments in front of the next.
func (p *placer) tables() (found [][2]int) {
	text := string(p.source.Text)
	mine, end := false, 0
	for start := 0; start <= len(text); {
		next := statement(text, start)
		line := strings.TrimSpace(text[start:next])
		if header := strings.HasPrefix(line, "["); header || start == len(text) {
			if mine {
				found[len(found)-1][1] = end
			}
			if mine = header && p.isMine(line); mine {
				found = append(found, [2]int{start, next})
			}
		}
		if line != "" && line[0] != '#' {
			end = next
		}
		if start == len(text) {
			break
		}
		start = next
	}
	return found
}

// isMine says whether a header is that of the entry, or of a table within it.
func (p *placer) isMine(header string) bool {
	root, err := tree.TOML(tree.NewSource("", []byte(header)))
	if err != nil {
		return false
	}
	top, _ := root.Last(p.to.Tops[0])
	if top == nil {
		return false
	}
	m, _ := top.Value.Last(p.name)
	return m != nil
}

// statement is where the statement ends that begins at an offset, behind its line end: strings and lists may have lines
// of their own.
func statement(text string, at int) int {
	depth := 0
	for at < len(text) {
		switch c := text[at]; c {
		case '\n':
			if depth <= 0 {
				return at + 1
			}
		case '#':
			for at+1 < len(text) && text[at+1] != '\n' {
				at++
			}
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		case '"', '\'':
			at = tree.SkipTOMLString([]byte(text), at)
			if at < len(text) && text[at] == '\n' {
				continue
			}
		}
		at++
	}
	return len(text)
}
