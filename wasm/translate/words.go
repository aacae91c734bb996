package translate

import (
	"slices"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/tree"
)

// field is what a loss is about: what people call it, and where it stands in the source.
type field struct {
	name  string
	where msg.Position
}

// loss tells of something that is left out or changed, once, in the order of the source. A field without a name means the same all the same.
func (j *job) loss(f *field, text string) {
	if f.name != "" {
		j.lossy[f.name] = true
	}
	if f.where.Line == 0 {
		f.where = j.from.Where
	}
	at := 0
	for i, l := range j.losses {
		if l.Text == text && l.Where == f.where {
			return
		}
		if l.Where.Line < f.where.Line || l.Where.Line == f.where.Line && l.Where.Column <= f.where.Column {
			at = i + 1
		}
	}
	j.losses = slices.Insert(j.losses, at, msg.Loss{Text: text, Where: f.where})
}

// write is pieces in the client's words.
func (j *job) write(f *field, pieces []config.Piece, in config.In) string {
	var b strings.Builder
	variables := 0
	for _, p := range pieces {
		if p.Name == "" || p.Foreign {
			b.WriteString(p.Literal + p.Written)
			if p.Foreign && j.to == j.from.Dialect {
				variables++
			}
			continue
		}
		written, known := j.variable(f, p, in)
		if b.WriteString(written); known {
			variables++
		}
	}
	if j.to.Variables(b.String(), in) > variables && j.to.Member(config.NeededVariables) == "" && j.to != j.from.Dialect {
		j.loss(f, j.to.Name+" may take a part of "+f.name+" for a variable, which is none here")
	}
	return b.String()
}

// variable is one in the client's words; known is false where they are none for the client.
func (j *job) variable(f *field, p config.Piece, in config.In) (written string, known bool) {
	forms, doubt := j.to.Expands(in)
	if p.HasDefault && len(inText(p.Default)) > 0 {
		p.HasDefault = false
		j.loss(&field{"", f.where}, "the default of "+p.Name+" is not copied, since it may be a key")
	}
	kind, id, prefixed := strings.Cut(p.Name, ":")
	if written = forms.Spell(p); written != "" {
		if doubt {
			j.loss(f, "whether "+j.to.Name+" expands "+strings.Replace(written, ":-"+p.Default, ":-…", 1)+" in "+f.name+" is not known")
		}
		j.used = append(j.used, p.Name)
		if prefixed && kind == "input" {
			j.input(id, p)
		} else if p.HasDefault && !strings.Contains(written, ":-") {
			j.noDefault(f, p)
		}
		return written, true
	}
	switch other, is := j.other(f, p); {
	case p.OfClient:
		j.loss(f, j.to.Name+" does not know "+p.Written+" in "+f.name+": write in its place what it stands for")
		return p.Written, false
	case is:
		return j.variable(f, other, in)
	case forms == 0:
		j.loss(f, j.to.Name+" expands no variables in "+f.name+": write the value of "+p.Name+" in its place")
	default:
		j.loss(f, j.to.Name+" has no way to write the variable "+p.Name+" in "+f.name)
	}
	return "${" + p.Name + "}", false
}

// other is the variable in the place of what is asked for, or of a file's content; is says that it is one of them.
func (j *job) other(f *field, p config.Piece) (_ config.Piece, is bool) {
	kind, id, _ := strings.Cut(p.Name, ":")
	name, text := variable(id), j.to.Name+" asks nobody for "+id+", which "+f.name+" has: set "
	if kind == "file" {
		path := strings.Trim(strings.ReplaceAll(id, "\\", "/"), "~/.")
		name, text = variable(j.from.Name, path[strings.LastIndexByte(path, '/')+1:]), j.to.Name+" puts no file's content into "+f.name+": set "
	}
	if p.OfClient || kind != "file" && kind != "input" || kind == p.Name {
		return p, false
	}
	p.Name, p.Written = j.stands(name, p.Name), ""
	j.loss(f, text+p.Name+" to it")
	return p, true
}

// noDefault tells that a variable has to be set.
func (j *job) noDefault(f *field, p config.Piece) {
	j.loss(&field{"", f.where}, j.to.Name+" has no defaults of variables: "+p.Name+" must be set")
}

// input defines what is asked for.
func (j *job) input(id string, p config.Piece) {
	for _, known := range j.inputs {
		if known.at("id").text == id {
			return
		}
	}
	in := object("", text("type", "promptString"), text("id", id), text("description", id))
	if p.HasDefault {
		in.list = append(in.list, text("default", p.Default))
	} else {
		in.list = append(in.list, raw("password", "true"))
	}
	j.inputs = append(j.inputs, in)
}

// value is a value in the client's words; keys are where a key stands in it.
func (j *job) value(f *field, v config.Value, in config.In, keys []stretch) string {
	return j.write(f, j.pieces(f, v, keys), in)
}

// pieces are those of a value, without keys.
func (j *job) pieces(f *field, v config.Value, keys []stretch) []config.Piece {
	f.where = v.Where
	return j.hide(f, v.Pieces(), keys, func(of string) string { return variable(j.from.Name, of) })
}

// asLine is a program with its arguments as one line, the words with blanks in quotation marks.
func asLine(words []string) string {
	for i, w := range words {
		if w == "" || strings.ContainsAny(w, " \t'") {
			words[i] = `"` + w + `"`
		}
	}
	return strings.Join(words, " ")
}

// scalar is a value of the source's own as it stands there; ok is false for one with others within.
func scalar(name string, n tree.Node) (out node, ok bool) {
	switch n.Kind {
	case tree.Bool, tree.Number:
		return raw(name, n.Literal()), true
	case tree.String:
		return text(name, n.Literal()), len(inText(n.Literal())) == 0
	case tree.List:
		out = node{name: name, kind: tree.List}
		for _, item := range n.Items() {
			inner, fine := scalar("", item)
			if !fine || inner.kind == tree.List {
				return out, false
			}
			out.list = append(out.list, inner)
		}
		return out, true
	}
	return out, false
}
