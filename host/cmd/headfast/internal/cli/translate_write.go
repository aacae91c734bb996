package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// translateInto puts the entry into a file of the client.
func (a *app) translateInto(ctx context.Context, client *host.Client, config *host.Config, name string, x translating) error {
	file, err := a.targetFile(ctx, client, name, x)
	if err != nil {
		return err
	}
	shown := shownPath(file.Path)
	was, err := textfile.Read(file.Path, mostText)
	if errors.Is(err, fs.ErrNotExist) {
		was, err = nil, nil
	} else if was == nil {
		was = []byte{}
	}
	if err != nil {
		return located(newFault(problem.NoConfig, shown+" cannot be read", err.Error()+".", "Make it readable, or name another file."), shown)
	}
	t, err := config.Translate(ctx, name, x.to, shown, was)
	if err != nil {
		return err
	}
	view := viewTranslation(x.to, t)
	view.File, view.Scope = file.Path, file.Scope
	a.doc.Translations = []translationView{view}
	whose := join(", ", file.Client, file.Scope)
	switch {
	case len(t.Edits) == 0:
		a.say(a.lossLines(t))
		return a.print(fmt.Sprintf("%s has %q already, just so.\n", term.Line(shown), name))
	case x.dryRun:
		a.say(a.lossLines(t))
		return a.print(a.editLines(shown, was, t.Edits))
	case t.Replaces && !x.replace:
		f := newFault(problem.DuplicateName, fmt.Sprintf("%s has another entry %q", shown, name), "It is left as it is.",
			"Show what would change with --dry-run, and replace it with --replace.")
		return located(f, shown)
	}
	text, ok := host.ApplyEdits(was, t.Edits)
	if !ok {
		return newFault(problem.Internal, "The edits of "+shown+" do not fit", "", "")
	}
	if f := outside(file.Scope, file.Path); f != nil {
		return f
	}
	if err := textfile.Replace(file.Path, was, text); err != nil {
		return located(newFault(problem.NoConfig, shown+" is not written", err.Error()+".", "Run it once more, or print the entry without --write."), shown)
	}
	a.doc.Translations[0].Written = true
	did := "Put %q into %s"
	if t.Replaces {
		did = "Replaced %q in %s"
	} else if was == nil {
		did = "Made a file for %q: %s"
	}
	a.say(a.lossLines(t))
	return a.print(join("  ", fmt.Sprintf(did, name, term.Line(shown)), a.out.Dim(whose)) + "\n")
}

// targetFile is the file that is named, or the client's own.
func (a *app) targetFile(ctx context.Context, client *host.Client, name string, x translating) (host.OwnFile, error) {
	if x.file != "" {
		return host.OwnFile{Path: x.file}, nil
	}
	here, err := os.Getwd()
	if err != nil {
		return host.OwnFile{}, newFault(problem.NoConfig, "The working folder is not known", err.Error()+".", "Name a file: --write FILE.")
	}
	file, err := client.OwnFile(ctx, x.to, here, name)
	if err == nil && file.Path == "" {
		err = newFault(problem.NoConfig, "Where "+x.to+" has its file on this system is not known", "", "Name one: --write FILE.")
	}
	return file, err
}

// editLines show edits: where, how many lines go, and what comes. What goes is not shown, since it may hold keys.
func (a *app) editLines(shown string, was []byte, edits []msg.Edit) string {
	s := a.out
	var b strings.Builder
	for _, e := range edits {
		at := e.At.From
		at.File = shown
		fmt.Fprintf(&b, "%s\n", s.Cyan("@@ "+term.Line(place(at))+" @@"))
		if e.At.End > e.At.Start {
			gone := strings.Count(strings.TrimSuffix(string(was[e.At.Start:e.At.End]), "\n"), "\n") + 1
			b.WriteString(s.Red(fmt.Sprintf("- %s, not shown: there may be keys", count(gone, "line"))) + "\n")
		}
		for line := range strings.Lines(strings.TrimPrefix(strings.ReplaceAll(e.Text, "\r\n", "\n"), "\n")) {
			b.WriteString(s.Green("+ "+a.shownText(strings.TrimSuffix(line, "\n"))) + "\n")
		}
	}
	return b.String()
}
