package cli

import (
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/exit"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// errorScreen is title, facts, place, and what to do.
func (a *app) errorScreen(f *fault) string {
	s := a.talk
	lines := []string{s.Red("x") + " " + s.Bold(f.Title) + "  " + s.Dim(f.Code)}
	if f.Body != "" {
		lines = append(lines, a.wrapped(f.Body, "  "))
	}
	if at := place(f.Where); at != "" && !strings.Contains(f.Title+f.Body, problem.At(f.Where)) {
		lines = append(lines, s.Dim("  at ")+term.Line(at))
	}
	if a.readAs != "" && f.Where.File != "" {
		lines = append(lines, s.Dim("  in "+term.Line(f.Where.File)+", read as "+term.Line(a.readAs)+" reads it"))
	}
	if f.Hint != "" {
		lines = append(lines, a.field("Fix", f.Hint))
	}
	if a.doc != nil && f.Server != "" && onTheWire(f.Code) && !a.flags.trace {
		lines = append(lines, a.field("Wire", "add --trace to see every request, or: "+a.commandLine([]string{"explain", f.Server}, "explain NAME")))
	}
	return strings.Join(lines, "\n") + "\n"
}

func onTheWire(code string) bool {
	switch exit.Of(code) {
	case exit.Connect, exit.Refused, exit.AuthNeeded, exit.ServerError:
		return true
	}
	return false
}

// field is a labelled text; what follows its first line is an example and stays as it is.
func (a *app) field(label, text string) string {
	const margin = 6
	first, rest, more := strings.Cut(text, "\n")
	out := a.wrapped(first, strings.Repeat(" ", margin))
	out = a.talk.Bold(label) + strings.Repeat(" ", margin-len(label)) + strings.TrimLeft(out, " ")
	if more {
		out += "\n" + term.Text("      "+strings.ReplaceAll(rest, "\n", "\n      "))
	}
	return out
}

// wrapped breaks a text where a person looks; a pipe gets it in one line.
func (a *app) wrapped(text, indent string) string {
	width := 0
	if a.talk.TTY() {
		width = a.talk.Width()
	}
	return term.Wrap(term.Line(text), indent, width)
}

// warningLine is one line for what stops nothing.
func (a *app) warningLine(e *msg.Error) string {
	s := a.talk
	line := s.Yellow("!") + " " + s.Bold(e.Title) + "  " + s.Dim(e.Code)
	if at := place(e.Where); at != "" {
		line += s.Dim("  at " + at)
	}
	for _, part := range []string{e.Body, e.Hint} {
		if part != "" {
			line += "\n" + a.wrapped(part, "  ")
		}
	}
	return line + "\n"
}
