// Package edit changes a configuration's text at few places and leaves every other byte of it as it is: comments, line
// ends, a byte order mark and the way it is indented.
package edit

import (
	"strings"

	"github.com/headfast/headfast/jsbridge/msg"
	"github.com/headfast/headfast/wasm/jsontext"
	"github.com/headfast/headfast/wasm/tree"
)

// Syntax is how names and values are written.
type Syntax uint8

// The syntaxes. JSON is JSONC too.
const (
	JSON Syntax = iota
	TOML
	YAML
)

// Replace puts text in the place of the bytes from start to end, which is exclusive.
func Replace(s *tree.Source, start, end int, text string) msg.Edit {
	return msg.Edit{At: s.Span(start, end), Text: text}
}

// Quote is a string in quotation marks, which is the same in JSON, TOML and YAML.
func Quote(text string) string {
	return strings.ReplaceAll(string(jsontext.AppendString(nil, text)), "\x7f", `\u007f`)
}

// Name is a member's name as the syntax has it: bare where that may be.
func (x Syntax) Name(name string) string {
	if x == JSON || !bare(name) || x == YAML && !letter(name[0]) {
		return Quote(name)
	}
	return name
}

// Value is a string as the syntax has it: in YAML without quotation marks where it cannot be taken for anything else.
func (x Syntax) Value(text string) string {
	if x == YAML && bare(text) && letter(text[0]) && !word(text) {
		return text
	}
	return Quote(text)
}

// bare says whether a text needs no quotation marks as a name of TOML (1.0, "Keys").
func bare(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// word says whether YAML, of whatever version, may take a bare text for a boolean or for nothing.
func word(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return true
	}
	return false
}

// pair is a member.
func (x Syntax) pair(name, value string) string {
	return x.Name(name) + [...]string{": ", " = ", ": "}[x] + value
}

// EOL is how the text ends its lines.
func EOL(text []byte) string {
	if i := strings.IndexByte(string(text), '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Unit is by how much the text indents one level: by what its first indented line has.
func Unit(text []byte) string {
	for start := 0; start < len(text); {
		end := lineEnd(text, start)
		line := string(text[start:end])
		inner := strings.TrimLeft(line, " \t")
		if indent := line[:len(line)-len(inner)]; indent != "" && inner != "" && inner[0] != '*' {
			return indent
		}
		for start = end; start < len(text) && (text[start] == '\r' || text[start] == '\n'); start++ {
		}
	}
	return "  "
}

// Append adds a block of lines to the end of the text, with an empty line before it.
func Append(s *tree.Source, block string) msg.Edit {
	eol, end := EOL(s.Text), len(s.Text)
	block = strings.ReplaceAll(strings.TrimSuffix(block, "\n"), "\n", eol) + eol
	switch text := string(s.Text); {
	case strings.TrimSpace(text) == "":
	case strings.HasSuffix(text, "\n\n"), strings.HasSuffix(text, "\n\r\n"):
	case strings.HasSuffix(text, "\n"):
		block = eol + block
	default:
		block = eol + eol + block
	}
	return Replace(s, end, end, block)
}

// Safe are the edits of all findings of one text that may be made without asking, of each the first that is safe. Those that
// touch others wait for the next time.
func Safe(findings []msg.Finding) (edits []msg.Edit) {
	for _, f := range findings {
		for _, fix := range f.Fixes {
			if fix.Safe {
				edits, _ = msg.MergeEdits(edits, fix.Edits)
				break
			}
		}
	}
	return edits
}
