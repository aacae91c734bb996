package cli

import (
	"github.com/headfast/headfast/jsbridge/msg"
)

// findingView is one finding in JSON: offsets in bytes, columns in UTF-16 units, ends exclusive.
type findingView struct {
	Check    string    `json:"check"`
	Severity string    `json:"severity"`
	Code     string    `json:"code,omitempty"`
	Title    string    `json:"title"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint"`
	Client   string    `json:"client"`
	Server   string    `json:"server,omitempty"`
	Where    string    `json:"where"`
	Path     string    `json:"path"`
	At       spanView  `json:"at"`
	Fixes    []fixView `json:"fixes"`
}

type spanView struct {
	Start     uint32 `json:"start"`
	End       uint32 `json:"end"`
	Line      uint32 `json:"line"`
	Column    uint32 `json:"column"`
	EndLine   uint32 `json:"endLine"`
	EndColumn uint32 `json:"endColumn"`
}

type fixView struct {
	Title string     `json:"title"`
	Safe  bool       `json:"safe"`
	Edits []editView `json:"edits"`
}

type editView struct {
	At   spanView `json:"at"`
	Text string   `json:"text"`
}

// fixedView is a change that was made, or would be.
type fixedView struct {
	Path  string     `json:"path"`
	Title string     `json:"title"`
	Where string     `json:"where"`
	Edits []editView `json:"edits"`
}

type checkView struct {
	Name     string `json:"name"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
}

func viewFinding(p *patient, f msg.Finding) findingView {
	v := findingView{Check: f.Check, Severity: f.Problem.Severity, Code: f.Problem.Code, Title: f.Problem.Title, Message: f.Problem.Body, Hint: f.Problem.Hint,
		Client: p.dialect, Server: f.Problem.Server, Where: place(f.Problem.Where), Path: p.Path, At: viewSpan(f.At), Fixes: []fixView{}}
	for _, fix := range f.Fixes {
		v.Fixes = append(v.Fixes, fixView{fix.Title, fix.Safe, viewEdits(fix.Edits)})
	}
	return v
}

func viewSpan(at msg.Span) spanView {
	return spanView{at.Start, at.End, at.From.Line, at.From.Column, at.To.Line, at.To.Column}
}

func viewEdits(edits []msg.Edit) []editView {
	views := []editView{}
	for _, e := range edits {
		views = append(views, editView{viewSpan(e.At), e.Text})
	}
	return views
}

func viewChange(p *patient, m change) fixedView {
	return fixedView{p.Path, m.title, place(m.edits[0].At.From), viewEdits(m.edits)}
}
