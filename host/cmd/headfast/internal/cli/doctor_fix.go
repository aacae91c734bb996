package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/headfast/headfast/host"
	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/host/internal/textfile"
	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// change is one that was made: what it does, and its edits, whose places are those of the text before.
type change struct {
	title  string
	before []byte
	edits  []msg.Edit
}

// mostRounds bounds how often what was mended is looked at anew: one fault may hide another.
const mostRounds = 20

// mend makes all safe changes: in memory, until there is none left, and then in the files. What is left to find is what is
// found then; of a file that is not written, what was found before.
func (c *checkup) mend(ctx context.Context, client *host.Client, files []*patient) error {
	old := make([]patient, len(files))
	for i, p := range files {
		old[i] = *p
	}
	for range mostRounds {
		changed := false
		for _, p := range files {
			changed = p.change(c.names) || changed
		}
		if !changed {
			break
		}
		if err := c.look(ctx, client, files); err != nil {
			return err
		}
	}
	for i, p := range files {
		if !bytes.Equal(p.text, old[i].text) && !c.write(p, old[i].text) {
			p.text, p.findings = old[i].text, old[i].findings
		}
	}
	return nil
}

// write puts what was changed into the file; false where it is left as it is.
func (c *checkup) write(p *patient, old []byte) bool {
	if c.dryRun {
		return false
	}
	refused := outside(p.Scope, p.Path)
	if refused == nil {
		err := textfile.Replace(p.Path, old, p.text)
		if err == nil {
			return true
		}
		hint := "Make the file writable."
		if errors.Is(err, textfile.ErrChanged) {
			hint = "Run headfast doctor --fix again."
		}
		refused = located(newFault(problem.NoConfig, p.shown+" is left as it is", pathError(err)+".", hint), p.shown)
	}
	p.mended = nil
	c.warn(&refused.reason)
	return false
}

// change makes the safe changes of one round. It is false where there is none.
func (p *patient) change(names []string) bool {
	var edits []msg.Edit
	for _, f := range p.findings {
		for _, fix := range f.Fixes {
			if !fix.Safe || !concerns(f, names) {
				continue
			}
			if merged, ok := msg.MergeEdits(edits, fix.Edits); ok {
				edits = merged
				p.mended = append(p.mended, change{fix.Title, p.text, fix.Edits})
			}
			break
		}
	}
	text, ok := msg.ApplyEdits(p.text, edits)
	if !ok || len(edits) == 0 {
		return false
	}
	p.text = text
	return true
}

// concerns says that a finding is one of these servers, or of a file as a whole.
func concerns(f msg.Finding, names []string) bool {
	if len(names) == 0 || f.Problem.Server == "" {
		return true
	}
	for _, name := range names {
		if name == f.Problem.Server {
			return true
		}
	}
	return false
}

// changeLines show a change by what goes and what comes. The rest of a line is not shown: it may have a secret in it.
func (c *checkup) changeLines(p *patient, m change) string {
	s := c.out
	done := s.Green("fixed")
	if c.dryRun {
		done = s.Cyan("would fix")
	}
	var b strings.Builder
	b.WriteString("  " + join("  ", done, term.Line(m.title), s.Dim(place(m.edits[0].At.From))) + "\n")
	for _, e := range m.edits {
		if gone := string(m.before[e.At.Start:e.At.End]); gone != "" {
			b.WriteString("     " + s.Red("- "+blanks(gone)) + "\n")
		}
		if e.Text != "" {
			b.WriteString("     " + s.Green("+ "+blanks(e.Text)) + "\n")
		}
	}
	return b.String()
}

// blanks is a text in one line, of which white space can be seen.
func blanks(text string) string {
	if strings.Trim(text, " \t\r\n\uFEFF") == "" {
		return strings.NewReplacer(" ", "·", "\t", "\\t", "\r", "\\r", "\n", "\\n", "\uFEFF", "(byte order mark)").Replace(text)
	}
	return term.Line(strings.TrimSpace(text))
}

// pathError is the reason of an error without the path.
func pathError(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
