package tree

import (
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/tidwall/jsonc"
)

// JSON reads strict JSON (RFC 8259).
func JSON(s *Source) (Node, *Error) { return parseJSON(s, s.Text) }

// JSONC reads JSON with comments and trailing commas.
func JSONC(s *Source) (Node, *Error) { return parseJSON(s, jsonc.ToJSON(s.Text)) }

// JSONComments reads JSON with comments, but no trailing commas.
func JSONComments(s *Source) (Node, *Error) { return parseJSON(s, WithoutComments(s.Text, false)) }

// WithoutComments is a text with blanks for its comments, and for its trailing commas where commas says so.
func WithoutComments(text []byte, commas bool) []byte {
	clean := jsonc.ToJSON(text)
	clean = clean[:min(len(clean), len(text))] // it may be longer where a comment does not end
	if !commas {
		restoreCommas(text, clean)
	}
	return clean
}

// parseJSON reads clean, which is the source's text with blanks for what is no JSON.
func parseJSON(s *Source, clean []byte) (Node, *Error) {
	if err := jsontext.Valid(clean); err != nil {
		return Node{}, &Error{err.Offset, string(err.Reason)}
	}
	if err := crowded(clean); err != nil {
		return Node{}, err
	}
	start, end := 0, len(clean)
	for start < end && space(clean[start]) {
		start++
	}
	for end > start && space(clean[end-1]) {
		end--
	}
	return jsonNode(s, clean[start:end], start), nil
}

// restoreCommas puts back the commas that clean has blanks for, but for those within comments.
func restoreCommas(text, clean []byte) {
	for i := 0; i < len(text); i++ {
		if !space(clean[i]) {
			continue
		}
		switch {
		case text[i] == ',':
			clean[i] = ','
		case text[i] == '/' && i+1 < len(text) && text[i+1] == '/':
			for i < len(text) && text[i] != '\n' {
				i++
			}
		case text[i] == '/' && i+1 < len(text) && text[i+1] == '*':
			for i += 2; i < len(text) && !(text[i] == '/' && text[i-1] == '*'); i++ {
			}
		}
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func jsonNode(s *Source, raw []byte, offset int) Node {
	n := Node{source: s, raw: raw, Start: offset, End: offset + len(raw)}
	if len(raw) == 0 {
		return n
	}
	switch raw[0] {
	case '{':
		n.Kind = Map
	case '[':
		n.Kind = List
	case '"':
		n.Kind = String
		n.text, _ = jsontext.Unquote(raw)
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind, n.text = Bool, string(raw)
	default:
		n.Kind, n.text = Number, string(raw)
	}
	return n
}

func jsonMembers(n Node) []Member {
	var all []Member
	jsontext.Members(n.raw, func(key string, keyOffset int, value []byte, valueOffset int) bool {
		start := n.Start + keyOffset
		all = append(all, Member{Name: key, Start: start, End: keyEnd(n.source.Text, start), source: n.source,
			Value: jsonNode(n.source, value, n.Start+valueOffset)})
		return true
	})
	return all
}

func jsonItems(n Node) []Node {
	var all []Node
	jsontext.Elements(n.raw, func(value []byte, offset int) bool {
		all = append(all, jsonNode(n.source, value, n.Start+offset))
		return true
	})
	return all
}

// keyEnd is the offset behind the string that begins at start.
func keyEnd(text []byte, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}
