// Package yaml reads the YAML that people write into the frontmatter of a SKILL.md: block mappings and sequences,
// flow collections, plain and quoted scalars, block scalars, comments; values by the core schema of YAML 1.2.
// What it does not read is an error, never a guess: anchors, aliases, tags, directives, "? " keys, tabs for
// indentation, merge keys.
package yaml

import (
	"errors"
	"fmt"
	"strings"
)

// Number is a number as it was written, or in decimal where that was hexadecimal or octal.
type Number string

// maxDepth bounds nesting.
const maxDepth = 64

// Parse gives a mapping: its values are nil, bool, Number, string, []any and map[string]any. Lines end in "\n".
// The error says what is not understood.
func Parse(text string) (map[string]any, error) {
	p := &parser{lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
	p.skip()
	if p.done() {
		return map[string]any{}, nil
	}
	value, err := p.block(0)
	if err == nil && !p.done() {
		err = errors.New("its indentation does not fit")
	}
	if err != nil {
		return nil, fmt.Errorf("YAML, line %d: %w", min(p.at+1, len(p.lines)), err)
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("YAML: it is no mapping")
	}
	return fields, nil
}

// parser stands before line at.
type parser struct {
	lines []string
	at    int
	depth int
}

func (p *parser) done() bool { return p.at >= len(p.lines) }

// skip goes to the next line that is neither blank nor a comment.
func (p *parser) skip() {
	for !p.done() && empty(p.lines[p.at]) {
		p.at++
	}
}

func empty(line string) bool {
	text := strings.TrimLeft(line, " \t")
	return text == "" || text[0] == '#'
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// within says whether there is a next line, and it is indented by at least n.
func (p *parser) within(n int) bool {
	p.skip()
	return !p.done() && indent(p.lines[p.at]) >= n
}

// block reads the node that begins on the next line, which is indented by at least n.
func (p *parser) block(n int) (any, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, errors.New("it is nested too deep")
	}
	defer func() { p.depth-- }()
	line := p.lines[p.at]
	n = max(n, indent(line))
	text := line[n:]
	if item(text) {
		return p.sequence(n)
	}
	if _, _, found, err := cutKey(text); err != nil || found {
		if err != nil {
			return nil, err
		}
		return p.mapping(n)
	}
	return p.value(text, n-1)
}

func item(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

func (p *parser) mapping(n int) (any, error) {
	fields := map[string]any{}
	for p.within(n) && indent(p.lines[p.at]) == n {
		key, rest, found, err := cutKey(p.lines[p.at][n:])
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, errors.New("a key is missing")
		}
		if _, twice := fields[key]; twice {
			return nil, fmt.Errorf("the key %q comes twice", key)
		}
		if fields[key], err = p.member(rest, n); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

// member reads the value of a key at n, of which rest stands on the key's line.
func (p *parser) member(rest string, n int) (any, error) {
	if !empty(rest) {
		return p.value(strings.TrimLeft(rest, " \t"), n)
	}
	p.at++
	if p.within(n + 1) {
		return p.block(n + 1)
	}
	if p.within(n) && item(p.lines[p.at][n:]) { // a sequence may stand below its key
		return p.sequence(n)
	}
	return nil, nil
}

func (p *parser) sequence(n int) (any, error) {
	list := []any{}
	for p.within(n) && indent(p.lines[p.at]) == n && item(p.lines[p.at][n:]) {
		element, err := p.element(n)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
	}
	return list, nil
}

// element reads what follows "-" at n: on its line, as if the "-" were a space, or below.
func (p *parser) element(n int) (any, error) {
	rest := p.lines[p.at][n+1:]
	if empty(rest) {
		p.at++
		if p.within(n + 1) {
			return p.block(n + 1)
		}
		return nil, nil
	}
	p.lines[p.at] = strings.Repeat(" ", n+1) + rest
	return p.block(n + 1)
}
