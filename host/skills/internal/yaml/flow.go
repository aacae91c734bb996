package yaml

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errOpen says that a quote or a bracket is not closed: more lines may do so.
var errOpen = errors.New("a quote or a bracket is not closed")

// scanner reads one value that may go over lines.
type scanner struct {
	text string
	at   int
}

func (s *scanner) rest() string { return s.text[s.at:] }

// space goes over white space and comments.
func (s *scanner) space() {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\t' || c == '\n':
			s.at++
		case c == '#' && s.at > 0 && strings.IndexByte(" \t\n", s.text[s.at-1]) >= 0:
			end := strings.IndexByte(s.rest(), '\n')
			if end < 0 {
				end = len(s.rest())
			}
			s.at += end
		default:
			return
		}
	}
}

// peek is the next byte after white space; errOpen where there is none.
func (s *scanner) peek() (byte, error) {
	if s.space(); s.at >= len(s.text) {
		return 0, errOpen
	}
	return s.text[s.at], nil
}

func (s *scanner) node(depth int) (any, error) {
	if depth > maxDepth {
		return nil, errors.New("it is nested too deep")
	}
	c, err := s.peek()
	if err != nil {
		return nil, err
	}
	switch c {
	case '"':
		return s.double()
	case '\'':
		return s.single()
	case '[':
		return s.list(depth)
	case '{':
		return s.fields(depth)
	case '&', '*', '!', '%', '@', '`', '|', '>':
		return nil, errors.New("a value begins with a sign that is not read")
	}
	return s.plain()
}

func (s *scanner) list(depth int) (any, error) {
	list := []any{}
	s.at++
	for {
		if c, err := s.peek(); err != nil || c == ']' {
			s.at++
			return list, err
		}
		element, err := s.node(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
		if err := s.comma(']'); err != nil {
			return nil, err
		}
	}
}

func (s *scanner) fields(depth int) (any, error) {
	fields := map[string]any{}
	s.at++
	for {
		if c, err := s.peek(); err != nil || c == '}' {
			s.at++
			return fields, err
		}
		key, err := s.key()
		if err != nil {
			return nil, err
		}
		if _, twice := fields[key]; twice {
			return nil, fmt.Errorf("the key %q comes twice", key)
		}
		if fields[key], err = s.node(depth + 1); err != nil {
			return nil, err
		}
		if err := s.comma('}'); err != nil {
			return nil, err
		}
	}
}

// comma goes over what must stand between two elements; the closing bracket is left.
func (s *scanner) comma(closing byte) error {
	c, err := s.peek()
	switch {
	case err != nil:
		return err
	case c == ',':
		s.at++
	case c != closing:
		return errors.New("a comma is missing")
	}
	return nil
}

// key reads a key of a flow mapping and its colon.
func (s *scanner) key() (string, error) {
	var key string
	var err error
	quote := s.text[s.at] == '"' || s.text[s.at] == '\''
	switch s.text[s.at] {
	case '"':
		key, err = s.double()
	case '\'':
		key, err = s.single()
	default:
		end := strings.IndexAny(s.rest(), ":,[]{}\n\"'&*!#%@`")
		if end < 0 {
			return "", errOpen
		}
		key = strings.TrimSpace(s.rest()[:end])
		s.at += end
		err = keyText(key)
	}
	if err != nil {
		return "", err
	}
	c, err := s.peek()
	if err == nil && (c != ':' || !quote && !strings.ContainsAny(s.text[s.at+1:min(s.at+2, len(s.text))], " \t\n")) {
		err = errors.New("a colon is missing, or the space after it")
	}
	s.at++
	return key, err
}

// plain reads a plain scalar of one line inside of brackets.
func (s *scanner) plain() (any, error) {
	end := strings.IndexAny(s.rest(), ",[]{}\n")
	if end < 0 {
		return nil, errOpen
	}
	text := s.rest()[:end]
	if text == "" || text[0] == '#' || comment(text) >= 0 {
		return nil, errors.New("a value is missing, or a comment follows it")
	}
	s.at += end
	if c, err := s.peek(); err != nil || strings.IndexByte(",]}", c) < 0 {
		return nil, errors.Join(err, errors.New("a comma is missing"))
	}
	line, _, err := plainLine(strings.TrimSpace(text))
	return resolve(line), err
}

func (s *scanner) single() (string, error) {
	var b strings.Builder
	for i := s.at + 1; i < len(s.text); i++ {
		if s.text[i] != '\'' {
			b.WriteByte(s.text[i])
			continue
		}
		if i+1 < len(s.text) && s.text[i+1] == '\'' {
			b.WriteByte('\'')
			i++
			continue
		}
		s.at = i + 1
		return foldQuoted(b.String()), nil
	}
	return "", errOpen
}

// double reads a scalar in double quotes: its breaks are folded before its escapes are read.
func (s *scanner) double() (string, error) {
	for i := s.at + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\\':
			if i++; i < len(s.text) && s.text[i] == '\n' {
				return "", errors.New("a break is escaped")
			}
		case '"':
			text := foldQuoted(s.text[s.at+1 : i])
			s.at = i + 1
			return unescape(text)
		}
	}
	return "", errOpen
}

// foldQuoted folds the breaks of a quoted scalar; white space around them goes.
func foldQuoted(text string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	lines := strings.Split(text, "\n")
	last := len(lines) - 1
	var b strings.Builder
	breaks := 0
	for i, line := range lines {
		if i > 0 {
			line = strings.TrimLeft(line, " \t")
			breaks++
		}
		if i < last {
			line = strings.TrimRight(line, " \t")
		}
		if line == "" && i > 0 && i < last {
			continue
		}
		if i > 0 {
			b.WriteString(fold(breaks))
			breaks = 0
		}
		b.WriteString(line)
	}
	return b.String()
}

var escapes = map[byte]string{
	'0': "\x00", 'a': "\a", 'b': "\b", 't': "\t", '\t': "\t", 'n': "\n", 'v': "\v", 'f': "\f", 'r': "\r", 'e': "\x1b",
	' ': " ", '"': `"`, '/': "/", '\\': `\`, 'N': "\u0085", '_': "\u00a0", 'L': "\u2028", 'P': "\u2029",
}

func unescape(text string) (string, error) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			b.WriteByte(text[i])
			continue
		}
		i++ // a backslash is never the last
		if plain, found := escapes[text[i]]; found {
			b.WriteString(plain)
			continue
		}
		digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[i]]
		if digits == 0 || i+digits >= len(text) {
			return "", errors.New("an escape is not understood")
		}
		code, err := strconv.ParseUint(text[i+1:i+1+digits], 16, 32)
		if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
			return "", errors.New("an escape is no character")
		}
		b.WriteRune(rune(code))
		i += digits
	}
	return b.String(), nil
}
