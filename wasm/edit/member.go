package edit

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/tree"
)

// Before puts a member in front of another one of the same map, on a line of its own where that one has it. value is
// written as the syntax has it.
func (x Syntax) Before(s *tree.Source, next tree.Member, name, value string) msg.Edit {
	lead, own := lineLead(s.Text, next.Start)
	between := ", "
	switch {
	case own && x == JSON:
		between = "," + EOL(s.Text) + lead
	case own:
		between = EOL(s.Text) + lead
	}
	return Replace(s, next.Start, next.Start, x.pair(name, value)+between)
}

// Insert puts a member at the end of a map. value is written as the syntax has it, of several lines with "\n" and without
// the indentation of the first; each is indented as the map's members are.
func (x Syntax) Insert(s *tree.Source, in tree.Node, name, value string) []msg.Edit {
	members := in.Members()
	switch {
	case in.Start < len(s.Text) && s.Text[in.Start] == '{' && len(members) == 0:
		return []msg.Edit{x.first(s, in, x.pair(name, value))}
	case in.Start < len(s.Text) && s.Text[in.Start] == '{':
		return x.last(s, members, x.pair(name, value))
	case x == TOML:
		return []msg.Edit{x.pairLine(s, in, x.pair(name, value))}
	case len(members) > 0:
		return []msg.Edit{x.line(s, members, x.pair(name, value))}
	}
	return nil
}

// pairLine goes behind the last pair of a TOML table, before the tables within it.
func (x Syntax) pairLine(s *tree.Source, in tree.Node, pair string) msg.Edit {
	at := lineEnd(s.Text, in.Start)
	for _, m := range in.Members() {
		if m.Value.Kind < tree.List || m.Value.Start < len(s.Text) && strings.IndexByte("[{", s.Text[m.Value.Start]) >= 0 {
			at = lineEnd(s.Text, m.Value.End)
		}
	}
	return Replace(s, at, at, EOL(s.Text)+pair)
}

// first is the only member of a map in braces.
func (x Syntax) first(s *tree.Source, in tree.Node, pair string) msg.Edit {
	end := in.Start + 1
	for end < len(s.Text) && strings.IndexByte(" \t\r\n", s.Text[end]) >= 0 {
		end++
	}
	eol, indent := EOL(s.Text), indentOf(s.Text, in.Start)
	inner := indent + Unit(s.Text)
	text := eol + inner + indented(pair, eol, inner) + eol + indent
	if end < len(s.Text) && s.Text[end] != '}' { // a comment, which stays
		return Replace(s, in.Start+1, in.Start+1, eol+inner+indented(pair, eol, inner))
	}
	return Replace(s, in.Start+1, end, text)
}

// last goes behind the last of the members of a map in braces, before or behind whose comma, if it has one.
func (x Syntax) last(s *tree.Source, members []tree.Member, pair string) []msg.Edit {
	m := members[len(members)-1]
	lead, own := lineLead(s.Text, m.Start)
	eol := EOL(s.Text)
	end := x.end(s.Text, m.Value)
	at, comma := behind(s.Text, end)
	text := eol + lead + indented(pair, eol, lead)
	if pair = indented(pair, eol, indentOf(s.Text, m.Start)); !own {
		text = " " + pair
	}
	if !own && len(members) > 1 && m.Start > 0 && s.Text[m.Start-1] == ',' {
		text = pair
	}
	if comma {
		return []msg.Edit{Replace(s, at, at, text+",")}
	}
	if own { // a comment on the member's line stays with it
		at = lineEnd(s.Text, end)
	}
	if !own || at == end || strings.Contains(string(s.Text[end:at]), "}") {
		return []msg.Edit{Replace(s, end, end, ","+text)}
	}
	return []msg.Edit{Replace(s, end, end, ","), Replace(s, at, at, text)}
}

// end is where a value ends: of a list or map in brackets YAML's reader tells only where it begins.
func (x Syntax) end(text []byte, v tree.Node) int {
	if x != YAML || v.Kind < tree.List || v.Start >= len(text) || strings.IndexByte("[{", text[v.Start]) < 0 {
		return v.End
	}
	depth, quote := 0, byte(0)
	for i := v.Start; i < len(text); i++ {
		switch c := text[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case (c == '"' || c == '\'') && strings.IndexByte(" [{,:\n", text[i-1]) >= 0:
			quote = c
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// line goes behind the last line of a map that is written by lines.
func (x Syntax) line(s *tree.Source, members []tree.Member, pair string) msg.Edit {
	column := len(leadOf(s.Text, members[0].Start))
	eol, at := EOL(s.Text), lineEnd(s.Text, members[len(members)-1].Start)
	for end := at; end < len(s.Text); {
		start := end + 1
		if s.Text[end] == '\r' {
			start++
		}
		next := lineEnd(s.Text, start)
		line := strings.TrimRight(string(s.Text[min(start, len(s.Text)):next]), "\r")
		inner := strings.TrimLeft(line, " ")
		switch depth := len(line) - len(inner); {
		case next <= end:
			next = len(s.Text)
		case inner == "" || inner[0] == '#':
		case depth > column || depth == column && strings.HasPrefix(inner, "- "):
			at = next
		default:
			next = len(s.Text)
		}
		end = next
	}
	indent := strings.Repeat(" ", column)
	return Replace(s, at, at, eol+indent+indented(pair, eol, indent))
}

// indented is a text of several lines with all but the first indented.
func indented(text, eol, indent string) string {
	return strings.ReplaceAll(text, "\n", eol+indent)
}

func lineStart(text []byte, offset int) int {
	return strings.LastIndexByte(string(text[:offset]), '\n') + 1
}

// lineEnd is where the line of an offset ends, before its line end.
func lineEnd(text []byte, offset int) int {
	if offset >= len(text) {
		return len(text)
	}
	end := offset + strings.IndexByte(string(text[offset:]), '\n')
	if end < offset {
		return len(text)
	}
	if end > offset && text[end-1] == '\r' {
		end--
	}
	return end
}

// lineLead is what a new line begins with that is to stand below what is at an offset; own says that nothing but the lead
// stands before it on its line.
func lineLead(text []byte, offset int) (lead string, own bool) {
	lead = leadOf(text, offset)
	before := strings.TrimPrefix(string(text[lineStart(text, offset):offset]), "\uFEFF")
	return lead, strings.Trim(before, " \t-") == ""
}

// leadOf is what stands before an offset on its line, with blanks for what is no white space.
func leadOf(text []byte, offset int) string {
	before := strings.TrimPrefix(string(text[lineStart(text, offset):offset]), "\uFEFF")
	return strings.Map(func(c rune) rune {
		if c == '\t' {
			return c
		}
		return ' '
	}, before)
}

// indentOf is how the line of an offset is indented.
func indentOf(text []byte, offset int) string {
	line := strings.TrimPrefix(string(text[lineStart(text, offset):offset]), "\uFEFF")
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// behind is the place behind the comma that follows, if one does but for white space and comments.
func behind(text []byte, at int) (after int, comma bool) {
	for i := at; i < len(text); i++ {
		switch c := text[i]; {
		case c == ',':
			return i + 1, true
		case c == '/' && i+1 < len(text) && text[i+1] == '/', c == '#':
			i = lineEnd(text, i)
		case c == '/' && i+1 < len(text) && text[i+1] == '*':
			end := strings.Index(string(text[i+2:]), "*/")
			if end < 0 {
				return at, false
			}
			i += end + 3
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			return at, false
		}
	}
	return at, false
}
