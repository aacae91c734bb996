package config

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// Question is a value that a person is asked for: an input of the file.
type Question struct {
	ID string
	// Description is the file's own words, Default what it proposes; each empty where it has none.
	Description, Default string
	// Options are the only answers; empty where any will do.
	Options []string
	// Secret says that what is typed is not to be seen.
	Secret bool
	// Where is the place that defines it.
	Where msg.Position
}

// inputPrefix begins the names under which answers are looked up.
const inputPrefix = "input:"

// mostOptions bounds the answers that one input offers.
const mostOptions = 1000

// Name is what stands in a variable's place: "input:" and the id.
func (q *Question) Name() string { return inputPrefix + q.ID }

// Variable is the one of the environment that gives the answer in a script.
func (q *Question) Variable() string {
	b := []byte("HEADFAST_INPUT_" + strings.ToUpper(q.ID))
	for i, c := range b {
		if !nameByte(c) {
			b[i] = '_'
		}
	}
	return string(b)
}

// Fits says whether a text is one of the answers.
func (q *Question) Fits(answer string) bool {
	return len(q.Options) == 0 || contains(q.Options, answer)
}

// Question is the input of that name ("input:id"), or nil where the entry asks for none.
func (e *Entry) Question(name string) *Question {
	if id, is := strings.CutPrefix(name, inputPrefix); is && e != nil {
		for _, q := range e.questions {
			if q.ID == id {
				return q
			}
		}
	}
	return nil
}

// Ask says that the value of a variable of this name is asked of a person.
func (e *Entry) Ask(q *Question) {
	if e.Question(q.Name()) == nil {
		e.questions = append(e.questions, q)
	}
}

// Uses is what a variable is for, in words: the header, the variable of the process, or the text that names it first; and
// where that stands.
func (e *Entry) Uses(name string) (what string, where msg.Position) {
	for _, list := range [][]Header{e.Headers, e.Env} {
		for _, h := range list {
			if contains(h.Value.Variables(), name) {
				return h.Name, h.Value.Where
			}
		}
	}
	for _, v := range e.Values() {
		if contains(v.Variables(), name) {
			return `"` + e.Name + `"`, v.Where
		}
	}
	return `"` + e.Name + `"`, e.Where
}

// The bounds of inputs: all that name one are told of it.
const (
	mostInputs     = 1000     // of a file
	mostDefinition = 64 << 10 // bytes of one
)

// inputs are the definitions in these lists; over is the first that is too many.
func inputs(lists []tree.Node) (items []tree.Node, over *tree.Node) {
	for _, list := range lists {
		items = append(items, list.Items()...)
	}
	if len(items) > mostInputs {
		return items[:mostInputs], &items[mostInputs]
	}
	return items, nil
}

// Define has the entries ask for the inputs that they name, by what the file defines (VS Code). Of two definitions of one
// id the last counts. An id that is not defined costs the entries that name it.
func (f *File) Define(lists []tree.Node) {
	items, over := inputs(lists)
	if over != nil {
		f.Problems = append(f.Problems, located(problem.New(problem.BadField, "The file defines more than 1000 inputs", "Only the first 1000 are read.",
			"Define fewer."), over.Where()))
	}
	defined := map[string]tree.Node{}
	for _, item := range items {
		id, ok := member(item, "id")
		if !ok {
			continue
		}
		if before, twice := defined[id]; twice && len(f.Problems) < mostNotes {
			f.Problems = append(f.Problems, located(problem.Warn(problem.DuplicateName, `The input "`+id+`" is defined twice`,
				"The definition at "+problem.At(before.Where())+" is not used: the last one wins.", "Remove one of them."), item.Where()))
		}
		defined[id] = item
	}
	read := map[string]input{} // each once: every entry may name it
	for _, e := range f.Entries {
		for _, name := range e.Variables() {
			id, is := strings.CutPrefix(name, inputPrefix)
			if !is {
				continue
			}
			in, known := read[id]
			if !known {
				in = f.Dialect.input(id, defined[id])
				read[id] = in
			}
			e.take(id, in)
		}
	}
}

// input is one input as it is defined: what a person is asked, and what is wrong with it; each may be nil.
type input struct {
	question *Question
	fault    *msg.Error
	// own says that the fault keeps Headfast from using it and not its client.
	own bool
	// long says that the definition is longer than is read.
	long bool
}

// take has the entry ask for an input that it names.
func (e *Entry) take(id string, in input) {
	switch p := in.fault; {
	case in.long:
		_, where := e.Uses(inputPrefix + id) // and not the definition, which would be looked at for each entry
		e.failOwn(problem.BadField, "the definition of the input "+id+" has more than 64 KiB", "Shorten it.", where)
	case in == input{}:
		_, where := e.Uses(inputPrefix + id)
		e.fail(problem.BadField, "the input "+id+" is not defined", "Define it under inputs.", where)
	case in.own:
		e.failOwn(p.Code, p.Title, p.Hint, p.Where)
	case p != nil:
		e.fail(p.Code, p.Title, p.Hint, p.Where)
	}
	if in.question != nil {
		e.Ask(in.question)
	}
}

// input reads the definition of one input; it is empty where there is none.
func (d *Dialect) input(id string, n tree.Node) (in input) {
	if n.End-n.Start > mostDefinition {
		return input{long: true}
	}
	kind, _ := member(n, "type")
	at := n
	if m, _ := n.Last("type"); m != nil {
		at = m.Value
	}
	fault := func(code, title, hint string, where tree.Node) *msg.Error {
		return located(problem.New(code, title, "", hint), where.Where())
	}
	switch {
	case n.Kind == tree.None:
		return input{}
	case kind == "command":
		in.own = true
		in.fault = fault(problem.Unsupported, "The input "+id+" is answered by a command of the editor, which nothing else can run",
			"Make it a promptString, or name an environment variable in its place.", at)
		return in
	case kind != "promptString" && kind != "pickString":
		in.fault = fault(problem.BadField, "the type of the input "+id+" is none of promptString, pickString and command", `Write "type": "promptString".`, at)
		return in
	}
	q := &Question{ID: id, Where: n.Where()}
	in.question = q
	var told bool
	q.Description, told = member(n, "description")
	q.Default, _ = member(n, "default")
	if m, _ := n.Last("password"); m != nil {
		q.Secret = m.Value.Is(true)
	}
	if kind == "pickString" {
		q.Options = options(n)
	}
	switch {
	case kind == "pickString" && q.Options == nil:
		in.fault = fault(problem.BadField, "the input "+id+" has no options", `Write "options": ["…"].`, n)
	case !told:
		in.fault = fault(problem.BadField, "the input "+id+" has no description, which "+d.Name+" needs", `Write "description": "…".`, n)
	}
	return in
}

// options are those of a pickString: texts, or objects with a value.
func options(n tree.Node) (all []string) {
	list, _ := n.Last("options")
	if list == nil {
		return nil
	}
	for i, item := range list.Value.Items() {
		text, ok := item.Text()
		if !ok {
			text, ok = member(item, "value")
		}
		if !ok || i == mostOptions {
			return nil
		}
		all = append(all, text)
	}
	return all
}

// member is the text of a member of that name.
func member(n tree.Node, name string) (text string, ok bool) {
	if m, _ := n.Last(name); m != nil {
		return m.Value.Text()
	}
	return "", false
}
