package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/headfast/headfast/host/cmd/headfast/internal/term"
	"github.com/headfast/headfast/jsbridge/msg"
)

// report prints what was found, by file, and writes SARIF.
func (c *checkup) report(files []*patient) error {
	if c.sarif != "" {
		if err := c.writeSARIF(files); err != nil || c.sarif == "-" {
			return err
		}
	}
	c.doc.Findings = []findingView{}
	var b strings.Builder
	for i, p := range files {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(c.fileLines(p))
		for _, f := range p.findings {
			c.doc.Findings = append(c.doc.Findings, viewFinding(p, f))
		}
		for _, m := range p.mended {
			c.doc.Fixed = append(c.doc.Fixed, viewChange(p, m))
		}
	}
	if err := c.print(b.String()); err != nil {
		return err
	}
	c.say("\n" + c.summary(files) + "\n")
	return nil
}

// fileLines are a file's part of the screen.
func (c *checkup) fileLines(p *patient) string {
	var b strings.Builder
	whose := p.Client
	if whose == "" {
		whose = p.dialect
	}
	whose = join(", ", whose, p.Scope)
	mark, servers := "", ""
	if len(p.servers) > 0 {
		servers = count(len(p.servers), "server")
	}
	if len(p.findings) == 0 {
		mark = c.out.Green("ok")
	}
	b.WriteString(join("  ", mark, c.out.Bold(term.Line(p.shown)), c.out.Dim(servers), c.out.Dim(whose)) + "\n")
	for _, m := range p.mended {
		b.WriteString(c.changeLines(p, m))
	}
	for _, f := range p.findings {
		b.WriteString(c.findingLines(f))
	}
	return b.String()
}

// findingLines are one finding: what, where, and what to do.
func (c *checkup) findingLines(f msg.Finding) string {
	s, e := c.out, &f.Problem
	text := titled(e.Title)
	if e.Body != "" {
		text += " " + e.Body
	}
	lines := "  " + c.mark(e.Severity) + "  " + join("  ", term.Line(text), s.Dim(e.Code), s.Dim(place(e.Where))) + "\n"
	todo := e.Hint
	if todo == "" && len(f.Fixes) > 0 {
		todo = f.Fixes[0].Title + "."
	}
	if safe(f) {
		todo = strings.TrimSpace(todo + " --fix does it.")
	}
	if todo != "" {
		lines += "     " + s.Dim(term.Line(todo)) + "\n"
	}
	return lines
}

func safe(f msg.Finding) bool {
	return slices.ContainsFunc(f.Fixes, func(fix msg.Fix) bool { return fix.Safe })
}

// mark is the sign of a severity.
func (c *checkup) mark(severity string) string {
	switch severity {
	case "error":
		return c.out.Red("x")
	case "warning":
		return c.out.Yellow("!")
	}
	return c.out.Cyan("i")
}

func count3(files []*patient) (errors, warnings, notes int) {
	for _, p := range files {
		for _, f := range p.findings {
			switch f.Problem.Severity {
			case "error":
				errors++
			case "warning":
				warnings++
			default:
				notes++
			}
		}
	}
	return errors, warnings, notes
}

// summary is the last line.
func (c *checkup) summary(files []*patient) string {
	errors, warnings, notes := count3(files)
	text := fmt.Sprintf("%s, %s and %s in %s. Nothing was sent.", count(errors, "error"), count(warnings, "warning"), count(notes, "note"), count(len(files), "file"))
	mendable := 0
	for _, p := range files {
		for _, f := range p.findings {
			if safe(f) {
				mendable++
			}
		}
	}
	if mendable > 0 && !c.fix {
		text += fmt.Sprintf(" %d can be mended: %s", mendable, c.talk.Bold("headfast doctor --fix"))
	}
	return text
}
