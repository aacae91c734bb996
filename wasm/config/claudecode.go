package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/problem"
)

// ClaudeCode is the dialect of Claude Code's .mcp.json: strict JSON, entries under mcpServers, with
// Headfast's own additions auth and credentials. The second result is set where the file cannot be read.
func ClaudeCode(path string, text []byte) (*File, *msg.Error) {
	src := newSource(path, text)
	if err := jsontext.Valid(text); err != nil {
		return nil, notJSON(src, err)
	}
	start := len(text) - len(strings.TrimLeft(string(text), " \t\r\n"))
	root := node{src, text[start:], start}
	if !root.isObject() {
		return nil, located(problem.New(problem.NotJSON, path+" is "+root.kind()+" where an object was expected", "",
			`Write { "mcpServers": { … } }.`), root.where())
	}
	file := &File{Path: path}
	servers, twice := lastNamed(root, "mcpServers")
	if servers == nil {
		return nil, wrongTopKey(src, root)
	}
	if twice {
		file.Problems = append(file.Problems, located(problem.Warn(problem.DuplicateName, "mcpServers is given twice",
			"Only the last one is used.", "Put all servers into one."), servers.where))
	}
	file.readServers(*servers)
	return file, nil
}

// lastNamed is the member of this name; the last one where there are more, as for JSON.parse.
func lastNamed(n node, name string) (found *member, twice bool) {
	for _, m := range n.members() {
		if m.name == name {
			found, twice = &m, found != nil
		}
	}
	return found, twice
}

// The bounds of a file: it may be a stranger's, and an editor reads it when a folder is opened.
const (
	mostServers   = 1000
	mostHeaders   = 100
	mostVariables = 100
)

func (f *File) readServers(servers member) {
	if !servers.value.isObject() {
		f.Problems = append(f.Problems, located(problem.New(problem.BadField,
			"mcpServers is "+servers.value.kind()+" where an object was expected", "",
			`Write "mcpServers": { "name": { "type": "http", "url": "https://…" } }.`), servers.value.where()))
		return
	}
	last := map[string]*Entry{}
	var all []*Entry
	for i, m := range servers.value.members() {
		if i == mostServers {
			f.Problems = append(f.Problems, located(problem.New(problem.BadField, "The file has more than 1000 servers", "", "Name the right file, or split it."), m.where))
			return
		}
		entry := readEntry(m)
		if lost := last[m.name]; lost != nil {
			entry.warn(problem.DuplicateName, `"`+m.name+`" is defined twice`, "The definition at "+
				problem.At(lost.Where)+" is not used: the last one wins.", "Remove one of them.", m.where)
		}
		last[m.name] = entry
		all = append(all, entry)
	}
	for _, e := range all {
		if last[e.Name] == e {
			f.Entries = append(f.Entries, e)
		}
	}
}

// otherKeys are the top keys of other clients' files, to say whose a file looks like.
var otherKeys = map[string]string{
	"servers":         "VS Code's",
	"context_servers": "Zed's",
	"mcp_servers":     "Codex CLI's",
	"mcp":             "opencode's",
	"extensions":      "Goose's",
}

func wrongTopKey(src *source, root node) *msg.Error {
	for _, m := range root.members() {
		if whose, known := otherKeys[m.name]; known {
			return located(problem.New(problem.WrongTopKey, src.path+` has "`+m.name+`", which is `+whose+" top key",
				`Claude Code reads "mcpServers".`, `Rename "`+m.name+`" to "mcpServers".`), m.where)
		}
	}
	return located(problem.New(problem.WrongTopKey, src.path+` has no "mcpServers"`, "",
		`Put the servers under { "mcpServers": { … } }.`), root.where())
}

func notJSON(src *source, err *jsontext.Error) *msg.Error {
	where := src.at(err.Offset)
	hint := "Correct the file there."
	rest := strings.TrimLeft(string(src.text[min(err.Offset, len(src.text)):]), " \t")
	switch {
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*"):
		hint = "Claude Code's file is strict JSON: remove the comment."
	case strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]"):
		hint = "Remove the comma before it, or add what is missing."
	}
	return located(problem.New(problem.NotJSON, src.path+" is not JSON: "+string(err.Reason),
		"", hint), where)
}

func located(e *msg.Error, where msg.Position) *msg.Error {
	e.Where = where
	return e
}
