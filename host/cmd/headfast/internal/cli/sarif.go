package cli

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/problem"
)

// What follows is SARIF 2.1.0 (OASIS), as far as findings need it.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Text    sarifText   `json:"shortDescription"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   uint32 `json:"startLine"`
		StartColumn uint32 `json:"startColumn"`
		EndLine     uint32 `json:"endLine"`
		EndColumn   uint32 `json:"endColumn"`
	}
	sarifFix struct {
		Text    sarifText     `json:"description"`
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted *sarifText  `json:"insertedContent,omitempty"`
	}
)

// writeSARIF writes the findings for code scanning.
func (c *checkup) writeSARIF(files []*patient) error {
	text, err := json.MarshalIndent(sarifOf(files), "", "  ")
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if c.sarif == "-" {
		c.printed = true
		return c.print(string(text))
	}
	if err := os.WriteFile(c.sarif, text, 0o666); err != nil {
		return newFault(problem.Usage, "--sarif cannot be written", pathError(err)+".", "Name a file that can be written.")
	}
	return nil
}

func sarifOf(files []*patient) sarifLog {
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "headfast doctor"}}, ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	index := map[string]int{}
	for i, check := range problem.Checks {
		index[check.Name] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{check.Name, sarifText{check.Text}, sarifConfig{sarifLevel(check.Severity)}})
	}
	for _, p := range files {
		for _, f := range p.findings {
			run.Results = append(run.Results, sarifOne(p, f, index[f.Check]))
		}
	}
	return sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
}

func sarifOne(p *patient, f msg.Finding, rule int) sarifResult {
	e := &f.Problem
	file := sarifArtifact{sarifURI(p)}
	physical := sarifPhysical{Artifact: file}
	if e.Where.Line > 0 {
		region := sarifPlace(f.At)
		physical.Region = &region
	}
	r := sarifResult{RuleID: f.Check, RuleIndex: rule, Level: sarifLevel(e.Severity), Locations: []sarifLocation{{physical}},
		Message: sarifText{strings.TrimSpace(titled(e.Title) + " " + strings.TrimSpace(e.Body+" "+e.Hint))}}
	for _, fix := range f.Fixes {
		change := sarifChange{Artifact: file}
		for _, edit := range fix.Edits {
			one := sarifReplacement{Deleted: sarifPlace(edit.At)}
			if edit.Text != "" {
				one.Inserted = &sarifText{edit.Text}
			}
			change.Replacements = append(change.Replacements, one)
		}
		r.Fixes = append(r.Fixes, sarifFix{sarifText{fix.Title}, []sarifChange{change}})
	}
	return r
}

func sarifPlace(at msg.Span) sarifRegion {
	return sarifRegion{at.From.Line, at.From.Column, at.To.Line, at.To.Column}
}

func sarifLevel(severity string) string {
	if severity == "info" {
		return "note"
	}
	return severity
}

// sarifURI is the file's: relative to the working folder where it is below it, as code scanning wants it.
func sarifURI(p *patient) string {
	if here, err := os.Getwd(); err == nil {
		if rel, ok := below(here, p.Path); ok {
			return (&url.URL{Path: filepath.ToSlash(rel)}).String()
		}
	}
	path := filepath.ToSlash(p.Path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
