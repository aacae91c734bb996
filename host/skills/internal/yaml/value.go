package yaml

import (
	"errors"
	"strings"
)

// value reads a node that begins with text on the next line, inside of what is indented by n: what goes on below
// is indented more.
func (p *parser) value(text string, n int) (any, error) {
	switch text[0] {
	case '|', '>':
		return p.literal(text, n)
	case '"', '\'', '[', '{':
		return p.closed(text, n)
	case '&', '*', '!', '%', '@', '`', ',', ']', '}':
		return nil, errors.New("a value begins with a sign that is not read")
	}
	return p.plain(text, n)
}

// closed reads what has an end of its own: a quoted scalar or a flow collection, over lines if need be.
func (p *parser) closed(text string, n int) (any, error) {
	p.at++
	for {
		s := &scanner{text: text}
		value, err := s.node(0)
		if err == nil {
			if !empty(s.rest()) || s.rest() != "" && s.rest()[0] == '#' {
				return nil, errors.New("more follows the value")
			}
			return value, nil
		}
		if !errors.Is(err, errOpen) || p.done() || strings.Trim(p.lines[p.at], " \t") != "" && indent(p.lines[p.at]) <= n {
			return nil, err
		}
		text += "\n" + p.lines[p.at]
		p.at++
	}
}

// plain reads a plain scalar. Its lines are folded: one break is a space, further ones stay.
func (p *parser) plain(text string, n int) (any, error) {
	folded, ended, err := plainLine(text)
	p.at++
	for breaks := 1; err == nil && !ended && !p.done(); p.at++ {
		line := p.lines[p.at]
		trimmed := strings.Trim(line, " \t")
		if trimmed == "" {
			breaks++
			continue
		}
		if indent(line) <= n || trimmed[0] == '#' {
			break
		}
		var more string
		if more, ended, err = plainLine(trimmed); err != nil {
			break
		}
		folded += fold(breaks) + more
		breaks = 1
	}
	if err != nil {
		return nil, err
	}
	return resolve(folded), nil
}

func fold(breaks int) string {
	if breaks == 1 {
		return " "
	}
	return strings.Repeat("\n", breaks-1)
}

// plainLine is a line of a plain scalar without its comment, which ends the scalar.
func plainLine(text string) (line string, ended bool, err error) {
	if i := comment(text); i >= 0 {
		text, ended = text[:i], true
	}
	text = strings.TrimRight(text, " \t")
	if strings.Contains(text, ": ") || strings.Contains(text, ":\t") || strings.HasSuffix(text, ":") {
		return "", ended, errors.New("a plain value has a colon as a key has")
	}
	if text == "-" || text == "?" || strings.HasPrefix(text, "- ") || strings.HasPrefix(text, "? ") {
		return "", ended, errors.New("a plain value begins as an element or a key does")
	}
	return text, ended, nil
}

// comment is where a comment begins: at a # after a space.
func comment(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] == '#' && (text[i-1] == ' ' || text[i-1] == '\t') {
			return i
		}
	}
	return -1
}

// literal reads a block scalar: | keeps its lines, > folds them.
func (p *parser) literal(header string, n int) (any, error) {
	style := header[0]
	if i := comment(header); i >= 0 {
		header = header[:i]
	}
	chomp := strings.TrimRight(header[1:], " \t")
	if chomp != "" && chomp != "-" && chomp != "+" {
		return nil, errors.New("a block scalar's header is not understood")
	}
	p.at++
	lines, err := p.body(n)
	if err != nil {
		return nil, err
	}
	kept := len(lines)
	for kept > 0 && lines[kept-1] == "" {
		kept--
	}
	text, blank := strings.Join(lines[:kept], "\n"), len(lines)-kept
	if style == '>' {
		text = foldBody(lines[:kept])
	}
	switch {
	case chomp == "+":
		return text + strings.Repeat("\n", blank+min(kept, 1)), nil
	case chomp == "-" || kept == 0:
		return text, nil
	}
	return text + "\n", nil
}

// body takes the lines of a block scalar, without their indentation, which the first with a text has.
func (p *parser) body(n int) ([]string, error) {
	var lines []string
	depth, lead := -1, 0
	for ; !p.done(); p.at++ {
		line := p.lines[p.at]
		blank := strings.Trim(line, " ") == ""
		if depth < 0 && blank {
			lead = max(lead, len(line))
			lines = append(lines, "")
			continue
		}
		if depth < 0 {
			depth = indent(line)
		}
		if !blank && (depth <= n || indent(line) < depth) {
			break
		}
		if lead > depth {
			return nil, errors.New("a blank line is indented more than the text after it")
		}
		lines = append(lines, line[min(len(line), depth):])
	}
	return lines, nil
}

// foldBody joins lines: a break between two texts is a space; one beside an indented line or a blank one stays.
func foldBody(lines []string) string {
	var b strings.Builder
	texts, blanks := false, 0
	for i, line := range lines {
		if line == "" {
			blanks++
			continue
		}
		text := line[0] != ' ' && line[0] != '\t'
		switch {
		case i == blanks: // the first
			b.WriteString(strings.Repeat("\n", blanks))
		case texts && text:
			b.WriteString(fold(blanks + 1))
		default:
			b.WriteString(strings.Repeat("\n", blanks+1))
		}
		b.WriteString(line)
		texts, blanks = text, 0
	}
	return b.String()
}
