// Package vectors runs the behaviour vectors of wasm/testdata/vectors against the core, wherever it
// runs: natively, under wazero's compiler and interpreter, in Node and in Chromium.
//
// A vector is a txtar file. Its comment says what it shows, with a line "Proves: ID …" that names lines of
// wasm/testdata/requirements.txt. The file "script" holds what happens: lines with ">" are inputs, and
// adjacent ones are one batch; lines with "<" are the effects that must follow, all of them. A value
// "@name" in an input is the content of another file of the vector.
package vectors

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"golang.org/x/tools/txtar"
)

// Vector is one file.
type Vector struct {
	Name    string
	Proves  []string
	Steps   []Step
	archive *txtar.Archive
	path    string
}

// Step is one batch and what must come of it.
type Step struct {
	Batch msg.Batch
	// input are the lines as written, for -update.
	input []string
	Want  string
}

// Load reads all vectors of a folder, by name.
func Load(dir string) ([]*Vector, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return nil, err
	}
	sort.Strings(paths)
	var all []*Vector
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		v, err := parse(path, data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, v)
	}
	return all, nil
}

func parse(path string, data []byte) (*Vector, error) {
	v := &Vector{Name: strings.TrimSuffix(filepath.Base(path), ".txtar"), archive: txtar.Parse(data), path: path}
	for line := range strings.Lines(string(v.archive.Comment)) {
		if ids, ok := strings.CutPrefix(line, "Proves:"); ok {
			v.Proves = append(v.Proves, strings.Fields(ids)...)
		}
	}
	script, ok := v.file("script")
	if !ok {
		return nil, fmt.Errorf("it has no file named script")
	}
	return v, v.parseScript(string(script))
}

func (v *Vector) file(name string) ([]byte, bool) {
	for _, f := range v.archive.Files {
		if f.Name == name {
			return f.Data, true
		}
	}
	return nil, false
}

// parseScript cuts the script into steps. "> at" moves the monotonic clock and "> wall" the wall's, each from 0.
func (v *Vector) parseScript(script string) error {
	var now, wall int64
	var step *Step
	n := 0
	for line := range strings.Lines(script) {
		n++
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "> "):
			if step == nil || step.Want != "" {
				v.Steps = append(v.Steps, Step{Batch: msg.Batch{Now: now + 1, Wall: wall}})
				step = &v.Steps[len(v.Steps)-1]
			}
			step.input = append(step.input, line)
			if err := v.addInput(step, line[2:], &now, &wall); err != nil {
				return fmt.Errorf("script line %d: %w", n, err)
			}
		case strings.HasPrefix(line, "<") && step != nil:
			step.Want += line + "\n"
		default:
			return fmt.Errorf("script line %d is neither input nor effect: %s", n, line)
		}
	}
	return nil
}

// Encoded are the vector's batches, as bytes.
func (v *Vector) Encoded() ([][]byte, error) {
	out := make([][]byte, len(v.Steps))
	for i := range v.Steps {
		b, err := v.Steps[i].Batch.MarshalMsg(nil)
		if err != nil {
			return nil, err
		}
		out[i] = b
	}
	return out, nil
}

// Update writes the vector anew with these effects.
func (v *Vector) Update(got []string) error {
	var b bytes.Buffer
	for i, s := range v.Steps {
		for _, line := range s.input {
			fmt.Fprintln(&b, line)
		}
		b.WriteString(got[i])
	}
	for i := range v.archive.Files {
		if v.archive.Files[i].Name == "script" {
			v.archive.Files[i].Data = b.Bytes()
		}
	}
	return os.WriteFile(v.path, txtar.Format(v.archive), 0o644)
}
