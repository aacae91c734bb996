package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// Read reads a file as the client of the dialect does, with Headfast's own additions. The second result is set where the
// file cannot be read.
func Read(d *Dialect, path string, text []byte) (*File, *msg.Error) {
	src := tree.NewSource(path, text)
	root, format, err := d.Format.parse(src)
	var doubt *tree.Error
	if d.Format == JSONPerhaps && err != nil {
		root, doubt, err = perhaps(src, root, err)
	}
	if err != nil {
		return nil, unreadable(d, src, format, err)
	}
	if root.Kind != tree.Map {
		return nil, located(problem.New(problem.NotJSON, path+" is "+root.Kind.String()+" where an object was expected", "",
			`Write { "`+d.Tops[0]+`": { … } }.`), root.Where())
	}
	file := &File{Path: path, Dialect: d, Text: src, Root: root}
	file.doubt(src, doubt)
	if d.Servers != nil {
		d.Servers(file, root)
		return file, nil
	}
	found := false
	for _, top := range d.Tops {
		for _, servers := range file.at(root, strings.Split(top, "."), "") {
			found = true
			file.readServers(servers.Member, servers.project)
		}
	}
	if !found && !file.readUnwrapped(root) {
		return nil, wrongTopKey(d, src, root)
	}
	file.share(root)
	if d.AllOrNothing {
		file.LoseAll()
	}
	if d.Finish != nil {
		d.Finish(file, root)
	}
	file.takeInputs(root)
	return file, nil
}

// place is a member that a path led to; project is the name that stood for "*" in it.
type place struct {
	tree.Member
	project string
}

// at are the members that a path of names leads to: several where it has "*".
func (f *File) at(n tree.Node, path []string, project string) []place {
	var found []place
	for _, m := range n.Members() {
		if path[0] != "*" && path[0] != m.Name {
			continue
		}
		if path[0] == "*" {
			project = m.Name
		}
		if len(path) == 1 {
			found = append(found, place{m, project})
		} else {
			found = append(found, f.at(m.Value, path[1:], project)...)
		}
	}
	if path[0] != "*" && len(found) > 1 && len(path) == 1 {
		last := found[len(found)-1]
		f.Problems = append(f.Problems, located(problem.Warn(problem.DuplicateName, path[0]+" is given twice",
			"Only the last one is used.", "Put all servers into one."), last.Where()))
		found = found[len(found)-1:]
	}
	return found
}

// The bounds of a file: it may be a stranger's, and an editor reads it when a folder is opened.
const (
	mostServers   = 1000
	mostFields    = 100 // of one server
	mostHeaders   = 100
	mostVariables = 100
	mostTexts     = 10000 // headers, arguments, variables of processes, and those that are named, of all servers
)

func (f *File) readServers(servers tree.Member, project string) {
	want, example := tree.Map, `{ "name": { "type": "http", "url": "https://…" } }`
	if f.Dialect.Listed {
		want, example = tree.List, `[{ "name": "…", "url": "https://…" }]`
	}
	if servers.Value.Kind != want {
		f.Problems = append(f.Problems, located(problem.New(problem.BadField,
			servers.Name+" is "+servers.Value.Kind.String()+" where "+want.String()+" was expected", "",
			`Write "`+servers.Name+`": `+example+"."), servers.Value.Where()))
		return
	}
	if f.Dialect.Listed {
		f.readList(servers.Value.Items())
		return
	}
	f.readMap(servers.Value.Members(), project)
}

// readMap reads servers by their names. Of those of one name only the last is read, which wins: a file may have very many.
func (f *File) readMap(members []tree.Member, project string) {
	all := map[string][]int{}
	for i, m := range members {
		all[m.Name] = append(all[m.Name], i)
	}
	for i, m := range members {
		same := all[m.Name]
		if same[0] != i {
			continue
		}
		last := members[same[len(same)-1]]
		if !f.add(project, m.Name, last.Where(), last.Value) {
			return
		}
		if e := f.Find(m.Name); len(same) > 1 && e != nil && e.Where == last.Where() {
			e.warnDouble(members[same[len(same)-2]].Where(), "the last one wins")
		}
	}
}

// warnDouble tells of another definition of the name, which is not used.
func (e *Entry) warnDouble(where msg.Position, why string) {
	e.warn(problem.DuplicateName, `"`+e.Name+`" is defined twice`, "The definition at "+problem.At(where)+" is not used: "+why+".", "Remove one of them.", e.Where)
}

// readList reads servers of which each has its name within.
func (f *File) readList(items []tree.Node) {
	for _, item := range items {
		name, where := "", item.Where()
		for _, m := range item.Members() {
			if f.Dialect.Fields[m.Name] == NameField {
				name, _ = m.Value.Text()
				where = m.Value.Where()
			}
		}
		if !f.add("", name, where, item) {
			return
		}
	}
}

// add reads one server; of those with the same name and project one wins. It is false where there are too many.
func (f *File) add(project, name string, where msg.Position, value tree.Node) bool {
	if len(f.Entries) == mostServers {
		f.Problems = append(f.Problems, located(problem.New(problem.BadField, "The file has more than 1000 servers", "", "Name the right file, or split it."), where))
		return false
	}
	if f.byName == nil {
		f.byName = map[[2]string]int{}
	}
	key := [2]string{project, name}
	i, known := f.byName[key]
	if known && f.Dialect.FirstWins {
		f.Entries[i].warnDouble(where, "the first one wins")
		return true
	}
	entry := readEntry(f.Dialect, name, where, value)
	entry.Project = project
	f.count(entry)
	switch {
	case entry.Transport == BuiltIn:
	case known:
		entry.warnDouble(f.Entries[i].Where, "the last one wins")
		f.Entries[i] = entry
	default:
		f.byName[key] = len(f.Entries)
		f.Entries = append(f.Entries, entry)
	}
	return true
}

// count drops the texts of an entry with which the file has too many.
func (f *File) count(e *Entry) {
	n := len(e.Headers) + len(e.Args) + len(e.Env) + len(e.Variables())
	if f.texts+n <= mostTexts {
		f.texts += n
		return
	}
	e.forget()
	e.failOwn(problem.BadField, `with "`+e.Name+`" the file has more than 10000 headers, arguments and variables`, "Name the right file, or split it.", e.Where)
}

// LoseAll loses the file where the client cannot use one of its entries.
func (f *File) LoseAll() {
	for _, bad := range f.Entries {
		if bad.refusal() != nil && !bad.Alone {
			f.LoseTo(bad)
			return
		}
	}
}

// LoseTo says of every other entry that this one keeps the client from using it. Headfast uses it all the same.
func (f *File) LoseTo(bad *Entry) {
	where := bad.Where
	if p := bad.refusal(); p != nil {
		where = p.Where
	}
	if len(f.Entries) > 1 {
		f.Costly = located(problem.Warn(problem.BadField, f.Dialect.Name+` uses no server of this file, since "`+bad.Name+`" cannot be read`,
			"Headfast uses the others.", `Mend "`+bad.Name+`", or remove it.`), where)
		f.Problems = append(f.Problems, f.Costly)
	}
	for _, e := range f.Entries {
		if e != bad {
			e.lost = true
			e.Say(f.Dialect.Name+" uses no server of this file, since \""+bad.Name+"\" cannot be read", where)
		}
	}
}

// otherKeys are the top keys of other clients' files, to say whose a file looks like.
var otherKeys = map[string]string{
	"mcpServers":      "Claude Code's",
	"servers":         "VS Code's",
	"context_servers": "Zed's",
	"mcp_servers":     "Codex CLI's",
	"mcp":             "opencode's",
	"extensions":      "Goose's",
}

func wrongTopKey(d *Dialect, src *tree.Source, root tree.Node) *msg.Error {
	want := d.Tops[0]
	for _, m := range root.Members() {
		if whose, known := otherKeys[m.Name]; known && !strings.HasPrefix(want, m.Name+".") {
			return located(problem.New(problem.WrongTopKey, src.Path+` has "`+m.Name+`", which is `+whose+" top key",
				d.Name+` reads "`+want+`".`, `Rename "`+m.Name+`" to "`+want+`".`), m.Where())
		}
	}
	return located(problem.New(problem.WrongTopKey, src.Path+` has no "`+want+`"`, "",
		`Put the servers under { "`+want+`": { … } }.`), root.Where())
}

func unreadable(d *Dialect, src *tree.Source, format string, err *tree.Error) *msg.Error {
	hint := "Correct the file there."
	rest := strings.TrimLeft(string(src.Text[min(err.Offset, len(src.Text)):]), " \t")
	switch {
	case d.Format == JSON && (strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*")):
		hint = d.Name + "'s file is strict JSON: remove the comment."
	case format == "JSON" && (strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]")):
		hint = "Remove the comma before it, or add what is missing."
	}
	return located(problem.New(problem.NotJSON, src.Path+" is not "+format+": "+err.Reason, "", hint), src.At(err.Offset))
}

func located(e *msg.Error, where msg.Position) *msg.Error {
	e.Where = where
	return e
}
