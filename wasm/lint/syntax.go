package lint

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/config"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/tree"
)

// fault is what is wrong with how a JSON text is written. safe says that its cure can only be meant.
type fault struct {
	at                 span
	check, title, hint string
	cure               string
	safe               bool
	// put is what goes into the place of each cut, in order; nothing that the text holds, which may be a secret.
	cuts []span
	put  string
}

// mostFaults bounds what is told of how a text is written.
const mostFaults = 50

// syntax tells what is wrong with how a text is written. clean is the text with that blanked, where that could be, so that
// what it holds can be looked at all the same; else nil.
func syntax(text []byte, format config.Format) (all []fault, clean []byte) {
	clean = append([]byte(nil), text...)
	if format == config.JSONC || format == config.JSONComments {
		clean = tree.WithoutComments(clean, format == config.JSONC)
	}
	for len(all) < mostFaults {
		err := jsontext.Valid(clean)
		if err == nil {
			return all, clean
		}
		s := scan(clean, err.Offset)
		f, blanked := s.fault(err)
		all = append(all, f)
		if !blanked {
			break
		}
	}
	return all, nil
}

// scanner is a text up to a fault.
type scanner struct {
	text []byte
	at   int
	// last and before are the tokens before the fault, open the brackets that are not closed.
	last, before span
	open         []int
	// key says that the last token is a member's name.
	key bool
}

func scan(text []byte, upTo int) *scanner {
	s := &scanner{text: text, at: upTo}
	for i := 0; i < upTo; {
		if space(text[i]) {
			i++
			continue
		}
		end := i + 1
		switch text[i] {
		case '{', '[':
			s.open = append(s.open, i)
		case '}', ']':
			s.open = s.open[:max(len(s.open)-1, 0)]
		case '"':
			end = stringEnd(text, i, config.JSON)
		case ',', ':':
		default:
			for end < upTo && !space(text[end]) && strings.IndexByte("{}[],:\"", text[end]) < 0 {
				end++
			}
		}
		s.key = text[i] == '"' && s.object() && strings.IndexByte("{,", text[s.last.start]) >= 0
		s.before, s.last = s.last, span{i, min(end, len(text))}
		i = end
	}
	return s
}

// object says that the innermost bracket is that of an object.
func (s *scanner) object() bool {
	return len(s.open) > 0 && s.text[s.open[len(s.open)-1]] == '{'
}

// fault tells the fault; blanked says that it is out of the text, and the next can be looked for.
func (s *scanner) fault(err *jsontext.Error) (f fault, blanked bool) {
	at := err.Offset
	c := byte(0)
	if at < len(s.text) {
		c = s.text[at]
	}
	rest := string(s.text[at:])
	switch {
	case err.Reason == jsontext.ByteOrderMark:
		return s.blank("byte-order-mark", span{0, 3}, "the file begins with a byte order mark, which is no JSON", "Save it as UTF-8 without one", true)
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*"):
		return s.blank("comment", span{at, commentEnd(s.text, at)}, "a comment stands in a file that is strict JSON", "Remove the comment", false)
	case err.Reason == jsontext.TrailingComma:
		return s.blank("trailing-comma", s.last, "a comma stands before a closing bracket", "Remove the comma", true)
	case c == ',' && s.last.end > 0 && strings.IndexByte("{[,", s.text[s.last.start]) >= 0:
		return s.blank("trailing-comma", span{at, at + 1}, "a comma stands where no value is before it", "Remove the comma", true)
	case err.Reason == jsontext.UnexpectedEnd:
		return s.unclosed(), false
	case err.Reason == jsontext.UnexpectedCharacter && s.last.end > 0:
		return s.unexpected(c)
	}
	return s.text1(err, c), false
}

// blank tells of what is taken out.
func (s *scanner) blank(check string, at span, title, cure string, safe bool) (fault, bool) {
	for i := at.start; i < at.end; i++ {
		if s.text[i] != '\n' {
			s.text[i] = ' '
		}
	}
	return fault{at: at, check: check, title: title, hint: cure + ".", cure: cure, safe: safe, cuts: []span{at}}, true
}

func commentEnd(text []byte, at int) int {
	if text[at+1] == '*' {
		if end := strings.Index(string(text[at+2:]), "*/"); end >= 0 {
			return at + 2 + end + 2
		}
		return len(text)
	}
	end := strings.IndexByte(string(text[at:]), '\n')
	if end < 0 {
		return len(text)
	}
	return at + len(strings.TrimRight(string(text[at:at+end]), " \t\r"))
}

// unclosed is where the text ends too early.
func (s *scanner) unclosed() fault {
	end := span{len(s.text), len(s.text)}
	if len(s.open) == 0 {
		return fault{at: end, check: "bad-syntax", title: "the file is empty", hint: `Write { "mcpServers": { … } }.`}
	}
	open := s.open[len(s.open)-1]
	line, _ := jsontext.Position(s.text, open)
	closing := string("}]"[strings.IndexByte("{[", s.text[open])])
	return fault{at: end, check: "bad-syntax", title: "the file ends, and the bracket of line " + number(line) + " is not closed",
		hint: "Add the " + closing + " that is missing."}
}

// unexpected is a character that cannot stand where it does.
func (s *scanner) unexpected(c byte) (fault, bool) {
	last := s.text[s.last.start]
	value := strings.IndexByte("{[,:", last) < 0
	starts := c == '"' || c == '{' || c == '[' || c == '-' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z'
	here := span{s.at, characterEnd(s.text, s.at)}
	switch {
	case s.key && c != ':':
		return fault{at: s.last, check: "bad-syntax", title: "a colon is missing behind this name", hint: `Write "name": value.`,
			cure: "Insert the colon", cuts: []span{{s.last.end, s.last.end}}, put: ":"}, false
	case value && starts:
		f := fault{at: s.last, check: "missing-comma", title: "a comma is missing behind this", hint: "Add the comma.",
			cure: "Insert the comma", safe: true, cuts: []span{{s.last.end, s.last.end}}, put: ","}
		if s.last.end < s.at {
			s.text[s.last.end] = ','
			return f, true
		}
		return f, false
	case c == '}' || c == ']':
		return s.mismatched(here, last), false
	case c == '\'' || strings.HasPrefix(string(s.text[s.at:]), "\u201c"):
		return s.quoted(here), false
	case s.object() && !value && last != ':':
		return s.unquoted("a name without quotation marks", `Write it in quotation marks: "name".`), false
	case last == ':' || last == '[' || last == ',':
		return s.unquoted("a value that is neither a text in quotation marks nor a number, true, false or null", "Write it in quotation marks."), false
	case c == '#':
		return fault{at: here, check: "comment", title: "# begins no comment in JSON", hint: "Remove the comment."}, false
	}
	return fault{at: here, check: "bad-syntax", title: "this character cannot stand here", hint: "Remove it, or add what is missing."}, false
}

func (s *scanner) mismatched(here span, last byte) fault {
	switch {
	case last == ':':
		return fault{at: s.before, check: "bad-syntax", title: "this name has no value", hint: "Add the value, or remove the name."}
	case len(s.open) > 0:
		line, _ := jsontext.Position(s.text, s.open[len(s.open)-1])
		return fault{at: here, check: "bad-syntax", title: "this bracket is not the one that closes the bracket of line " + number(line),
			hint: "Write the other one, or add what is missing."}
	}
	return fault{at: here, check: "bad-syntax", title: "this bracket closes nothing", hint: "Remove it."}
}

// quoted is a text in quotation marks that are not JSON's.
func (s *scanner) quoted(open span) fault {
	mark := "'"
	if s.text[s.at] != '\'' {
		mark = "\u201d"
	}
	f := fault{at: open, check: "bad-syntax", title: `quotation marks in JSON are "`, hint: `Write " in the place of these.`}
	line, _, _ := strings.Cut(string(s.text[open.end:]), "\n")
	if end := strings.Index(line, mark); end >= 0 {
		inner := line[:end]
		f.at.end = open.end + end + len(mark)
		if !strings.ContainsAny(inner, `"\`) {
			f.cure, f.cuts, f.put = `Write " in their place`, []span{open, {f.at.end - len(mark), f.at.end}}, `"`
		}
	}
	return f
}

// unquoted is a word that stands there bare.
func (s *scanner) unquoted(title, hint string) fault {
	end := s.at
	for end < len(s.text) && !space(s.text[end]) && strings.IndexByte("{}[],:\"", s.text[end]) < 0 {
		end++
	}
	at := span{s.at, max(end, characterEnd(s.text, s.at))}
	f := fault{at: at, check: "bad-syntax", title: title, hint: hint}
	if word := string(s.text[at.start:at.end]); config.IsToken(word) {
		f.cure, f.cuts, f.put = "Put it in quotation marks", []span{{at.start, at.start}, {at.end, at.end}}, `"`
	}
	return f
}

// text1 is a fault within a token, or behind the last one.
func (s *scanner) text1(err *jsontext.Error, c byte) fault {
	at := span{err.Offset, min(characterEnd(s.text, err.Offset), len(s.text))}
	f := fault{at: at, check: "bad-syntax", title: string(err.Reason), hint: "Correct the file there."}
	switch {
	case err.Reason == jsontext.ControlCharacter && (c == '\n' || c == '\r'):
		f.at = span{s.last.start, max(len(strings.TrimRight(string(s.text[:err.Offset]), " \t")), s.last.start+1)}
		f.title, f.hint = "this text has no closing quotation mark on its line", `Add the " that is missing.`
	case err.Reason == jsontext.ControlCharacter:
		f.title, f.hint = "a control character stands in a text", `Write a tab as \t.`
	case err.Reason == jsontext.InvalidEscape:
		f.at.end = min(characterEnd(s.text, err.Offset+1), len(s.text))
		f.title, f.hint = "a backslash in JSON is written twice", `Write \\.`
		f.cure, f.cuts, f.put = "Write it twice", []span{{err.Offset, err.Offset}}, `\`
	case err.Offset == 0 && c >= 0xFE:
		f.title, f.hint = "this is UTF-16, which no client reads", "Save the file as UTF-8."
	case err.Reason == jsontext.InvalidUTF8:
		f.title, f.hint = "this is not UTF-8", "Save the file as UTF-8."
	case err.Reason == jsontext.TrailingData && (c == '}' || c == ']'):
		f.title, f.hint = "this bracket closes nothing", "Remove it, or the one too many before it."
	case err.Reason == jsontext.TrailingData:
		f.title, f.hint = "something stands behind the end of the object", "Put all of it into one object."
	}
	return f
}

// faultsOf tells of how the text is written.
func (x *look) written() {
	for _, f := range x.faults {
		out := x.add(f.check, f.at, f.title, f.hint)
		if f.cure != "" {
			var edits []msg.Edit
			for _, cut := range f.cuts {
				edits = append(edits, x.replace(cut, f.put))
			}
			out.Fixes = fix(f.cure, f.safe, edits...)
		}
	}
}
