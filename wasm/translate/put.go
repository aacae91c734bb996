package translate

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/edit"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// mark is a byte order mark, which no parser is given.
const mark = "\uFEFF"

// put makes the edits that put the entry into a file of the client.
func (j *job) put(out *msg.Translated, path string, into []byte) *msg.Error {
	body, marked := strings.CutPrefix(string(into), mark)
	s := tree.NewSource(path, []byte(body))
	p := &placer{job: j, source: s, eol: edit.EOL(s.Text), unit: "  "}
	if strings.TrimSpace(body) == "" {
		p.edits = []msg.Edit{edit.Replace(s, len(body), len(body), strings.ReplaceAll(out.Text, "\n", p.eol))}
	} else if e := p.place(); e != nil {
		return e
	}
	if e := p.verify(); e != nil {
		return e
	}
	out.Edits, out.Replaces = p.edits, p.replaces
	for i := range out.Edits {
		if at := &out.Edits[i].At; marked {
			at.Start, at.End = at.Start+uint32(len(mark)), at.End+uint32(len(mark))
		}
	}
	return nil
}

// placer finds where the entry goes.
type placer struct {
	*job
	source    *tree.Source
	eol, unit string
	edits     []msg.Edit
	replaces  bool
	// before is the file as it is; nil where it has no servers.
	before *config.File
}

func (p *placer) place() *msg.Error {
	file, e := config.Read(p.to, p.source.Path, p.source.Text)
	if e != nil && e.Code != problem.WrongTopKey && !p.empty() {
		return e
	}
	root, _ := p.to.Format.Parse(p.source)
	if e == nil {
		p.before = file
		for _, wrong := range file.Problems {
			if wrong.Severity == "error" {
				return wrong
			}
		}
		if old := p.old(file); old != nil {
			if p.replaces = true; same(old, p.written()) {
				return nil
			}
		}
	}
	switch p.to.Format {
	case config.TOML:
		p.toml(root)
	case config.YAML:
		p.yaml(root)
	default:
		p.unit = edit.Unit(p.source.Text)
		p.json(root)
	}
	return nil
}

// empty says that the file has nothing but comments.
func (p *placer) empty() bool {
	root, err := p.to.Format.Parse(p.source)
	return err == nil && root.Kind == tree.Null && p.to.Format == config.YAML
}

// old is the entry of the same name, or nil.
func (p *placer) old(file *config.File) *config.Entry {
	for _, e := range file.Entries {
		if e.Name == p.name && e.Project == "" {
			return e
		}
	}
	return nil
}

// written is the entry as it is read in a file of its own.
func (p *placer) written() *config.Entry {
	file, e := config.Read(p.to, p.source.Path, []byte(p.file()))
	if e != nil || len(file.Entries) != 1 {
		return nil
	}
	return file.Entries[0]
}

// same says whether two entries have the same members with the same values, in the same order.
func same(a, b *config.Entry) bool {
	return a != nil && b != nil && alike(a.Members(), b.Members())
}

func alike(a, b []tree.Member) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Name != b[i].Name || !equal(a[i].Value, b[i].Value) {
			return false
		}
	}
	return true
}

func equal(a, b tree.Node) bool {
	mine, theirs := a.Items(), b.Items()
	if a.Kind != b.Kind || a.Literal() != b.Literal() || len(mine) != len(theirs) {
		return false
	}
	for i := range mine {
		if !equal(mine[i], theirs[i]) {
			return false
		}
	}
	return alike(a.Members(), b.Members())
}

// verify reads the file as it would be: the entry is there, and every other one as it was. An edit that would do anything
// else is not made.
func (p *placer) verify() *msg.Error {
	out, ok := msg.ApplyEdits(p.source.Text, p.edits)
	file, e := config.Read(p.to, p.source.Path, out)
	if ok = ok && e == nil && (len(p.edits) > 0 || p.replaces); ok {
		got := p.old(file)
		ok = same(got, p.written()) || p.replaces && len(p.edits) == 0
		for i := len(p.from.Headers); got != nil && i < len(got.Headers); i++ {
			p.loss(&field{"", p.from.Where}, p.source.Path+" adds the header "+got.Headers[i].Name+" to every server")
		}
		kept := 0
		if p.before != nil {
			for _, was := range p.before.Entries {
				if was.Name != p.name || was.Project != "" {
					kept++
					ok = ok && p.kept(file, was)
				}
			}
		}
		ok = ok && len(file.Entries) == kept+1
	}
	if ok {
		return nil
	}
	problem := problem.New(problem.BadField, `"`+p.name+`" cannot be put into `+p.source.Path+" without changing something else in it", "",
		"Print the entry without --write, and put it there by hand.")
	problem.Where = msg.Position{File: p.source.Path}
	return problem
}

// kept says that an entry is in the file as it was.
func (p *placer) kept(file *config.File, was *config.Entry) bool {
	for _, e := range file.Entries {
		if e.Name == was.Name && e.Project == was.Project {
			return same(e, was)
		}
	}
	return false
}

// top is where the servers stand: the first of the client's tops that the file has, else the one that belongs to its path.
func (p *placer) top(root tree.Node) []string {
	want := p.to.Tops[0]
	for _, top := range p.to.Tops {
		if !strings.Contains(top, "*") && found(root, strings.Split(top, ".")) != nil {
			return strings.Split(top, ".")
		}
	}
	path := strings.ReplaceAll(p.source.Path, `\`, "/")
	for _, place := range p.to.Places {
		if tail := place.Path[strings.LastIndexAny(place.Path, "*}~")+1:]; place.Top != "" && strings.HasSuffix(path, tail) {
			want = place.Top
		}
	}
	return strings.Split(want, ".")
}

// found is the member that a path leads to, or nil.
func found(n tree.Node, path []string) (m *tree.Member) {
	for _, name := range path {
		if m, _ = n.Last(name); m == nil {
			return nil
		}
		n = m.Value
	}
	return m
}

// insert puts a member at the end of a map.
func (p *placer) insert(x edit.Syntax, in tree.Node, name, value string) {
	edits := x.Insert(p.source, in, name, value)
	if len(edits) == 1 && x == edit.JSON && strings.HasPrefix(edits[0].Text, p.eol) {
		// A comment behind the last member's comma stays with that member.
		at := int(edits[0].At.Start)
		if end := p.lineEnd(at); strings.HasPrefix(strings.TrimLeft(string(p.source.Text[at:end]), " \t"), "//") {
			edits[0].At = p.source.Span(end, end)
		}
	}
	p.edits = append(p.edits, edits...)
}

// replace puts a text of lines in the place of a stretch of the file.
func (p *placer) replace(start, end int, text string) {
	p.edits = append(p.edits, edit.Replace(p.source, start, end, strings.ReplaceAll(text, "\n", p.eol)))
}

// lead is what a line begins with: its white space.
func (p *placer) lead(offset int) string {
	line := string(p.source.Text[strings.LastIndexByte(string(p.source.Text[:offset]), '\n')+1 : offset])
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}
