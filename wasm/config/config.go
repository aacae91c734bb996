// Package config reads clients' configuration files: which servers, how reached, with which headers, and
// where in the file each value stands. It expands nothing by itself and opens nothing.
package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// The transports that an entry can name.
const (
	HTTP  = "http"  // Streamable HTTP
	SSE   = "sse"   // HTTP+SSE of 2024-11-05
	Stdio = "stdio" // a process
	// WebSocket is Claude Code's alone; Headfast does not speak it.
	WebSocket = "ws"
)

// File is one configuration file.
type File struct {
	Path    string
	Dialect *Dialect
	Entries []*Entry
	// Scope and Source are whose the file is (msg.Load) and which file it is, whole.
	Scope, Source string
	// texts counts the headers, arguments and variables of its entries.
	texts int
	// byName is where each name stands in Entries, the project before it.
	byName map[[2]string]int
	// Problems of the file as a whole.
	Problems []*msg.Error
	// Costly is that of Problems which tells of the entry that costs the client all of the file; nil for most.
	Costly *msg.Error
	// Text and Root are the text and what it was read as.
	Text *tree.Source
	Root tree.Node
}

// Entry is one server of a file.
type Entry struct {
	Dialect   *Dialect
	Name      string
	Where     msg.Position
	Transport string
	URL       Value
	Headers   []Header
	// Command, Args and Env start a process, where Transport is Stdio.
	Command Value
	Args    []Value
	Env     []Header
	// Helper is the program that prints headers, and its arguments; HelperDir is the folder to run it in, that of the
	// file, or empty.
	Helper    []Value
	HelperDir string
	// Folder is that of the project, for an entry of a project's file, whose process is started there; else empty.
	Folder string
	// Auth is the mode that the entry asks for: "auto" where it says nothing.
	Auth Value
	// Credentials names the headers that are credentials, where the entry says which (Declared).
	Credentials []string
	Declared    bool
	// Disabled says that the client is told not to use it.
	Disabled bool
	// Elsewhere says why the entry is none by itself, but changes or names one of another file; else it is empty.
	Elsewhere string
	// Alone says that what is wrong with the entry costs no other entry of the file.
	Alone bool
	// kind is the type's field; byURL says that the URL's field told the transport.
	kind  *tree.Node
	notes []Note
	// node is the entry as it stands in the file.
	node  tree.Node
	byURL bool
	// beside is what else of the file belongs to the entry: hashes of the definitions of inputs that it names, as
	// AppendCanon has them.
	beside []byte
	// OAuth is the entry's oauth block, nil where it has none; NoOAuth says that it is false.
	OAuth   *OAuth
	NoOAuth bool
	// Problems of this entry; one of severity "error" makes it unusable.
	Problems []*msg.Error
	// TwoWays is that of Problems which tells of a command beside a URL; nil for most.
	TwoWays *msg.Error
	// own are those of Problems that keep Headfast from using the entry and not its client.
	own []*msg.Error
	// Project is the folder that the entry is for, in a file that has servers for several (Claude Code); else empty.
	Project string
	// questions are what a person is asked for.
	questions []*Question
	// lost says that the client does not use the entry because of another one.
	lost bool
}

// Header is one configured header, or one variable of a process's environment.
type Header struct {
	Name  string
	Value Value
}

// Find is the entry of that name, or nil: one for all projects before one for a single project.
func (f *File) Find(name string) (found *Entry) {
	for _, e := range f.Entries {
		if e.Name == name && (found == nil || e.Project == "" && found.Project != "") {
			found = e
		}
	}
	return found
}

// Names are the entries' names, in the file's order.
func (f *File) Names() []string {
	names := make([]string, len(f.Entries))
	for i, e := range f.Entries {
		names[i] = e.Name
	}
	return names
}

// Broken is the first problem that makes the entry unusable, or nil.
func (e *Entry) Broken() *msg.Error {
	for _, p := range e.Problems {
		if p.Severity == "error" {
			return p
		}
	}
	return nil
}

// refusal is the first problem for which the client does not use the entry, or nil.
func (e *Entry) refusal() *msg.Error {
	for _, p := range e.Problems {
		if p.Severity == "error" && !e.isOwn(p) {
			return p
		}
	}
	return nil
}

func (e *Entry) isOwn(p *msg.Error) bool {
	for _, own := range e.own {
		if own == p {
			return true
		}
	}
	return false
}

// File is the file that the entry stands in: whole, where its folder is known.
func (e *Entry) File() string {
	path := e.Where.File
	if e.HelperDir == "" {
		return path
	}
	return strings.TrimRight(e.HelperDir, `/\`) + "/" + path[strings.LastIndexAny(path, `/\`)+1:]
}

// Values are all texts of the entry that are expanded, in order.
func (e *Entry) Values() []Value {
	values := []Value{e.URL}
	for _, h := range e.Headers {
		values = append(values, h.Value)
	}
	values = append(append(values, e.Command), e.Args...)
	for _, v := range e.Env {
		values = append(values, v.Value)
	}
	return append(append(values, e.Helper...), e.OAuth.texts()...)
}

// Variables are the names that the entry is made from, each once, in order.
func (e *Entry) Variables() []string {
	seen := map[string]bool{}
	var names []string
	for _, v := range e.Values() {
		for _, name := range v.Variables() {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// Incomplete says that the entry lacks something that it needs and has nothing that is wrong.
func (e *Entry) Incomplete() bool {
	for _, p := range e.Problems {
		if p.Severity == "error" && p.Code != problem.TransportMissing {
			return false
		}
	}
	if e.kind == nil {
		return true
	}
	name, _ := e.kind.Text()
	_, known := e.Dialect.Types[name]
	return known
}
