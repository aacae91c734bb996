package lint

import (
	"strings"

	"github.com/headfast/headfast/wasm/config"
)

// extent is the token that begins at an offset: a string with its quotation marks, a bracket, or a word. Where none begins
// there, as where a value is missing, it is the one before; at the end of the text it is empty.
func (t *Text) extent(at int) (start, end int) {
	text := t.Source.Text
	if at = min(at, len(text)); at < len(text) && space(text[at]) {
		for at > 0 && space(text[at]) {
			at--
		}
		if space(text[at]) {
			return len(text), len(text)
		}
		if text[at] == ':' && at > 0 && t.Dialect.Format == config.YAML {
			at-- // a name without a value
		}
		return tokenStart(text, at), at + 1
	}
	if at == len(text) {
		return at, at
	}
	return at, t.tokenEnd(text, at)
}

func (t *Text) tokenEnd(text []byte, at int) int {
	yaml := t.Dialect.Format == config.YAML
	switch c := text[at]; {
	case c == '"' || c == '\'':
		return stringEnd(text, at, t.Dialect.Format)
	case strings.IndexByte("{}[],:=", c) >= 0:
		return at + 1
	case yaml && c == '-' && at+1 < len(text) && space(text[at+1]):
		return at + 1
	case yaml:
		return plainEnd(text, at)
	}
	end := at
	for end < len(text) && !space(text[end]) && strings.IndexByte("{}[],:=.\"'#", text[end]) < 0 {
		end++
	}
	return max(end, characterEnd(text, at))
}

// characterEnd is behind the character at an offset.
func characterEnd(text []byte, at int) int {
	for at++; at < len(text) && text[at]&0xC0 == 0x80; at++ {
	}
	return at
}

// tokenStart is where the token begins that ends with the character at an offset, as far as a line tells.
func tokenStart(text []byte, at int) int {
	if strings.IndexByte("{}[],:=", text[at]) >= 0 {
		return at
	}
	quote := byte(0)
	if at > 0 && (text[at] == '"' || text[at] == '\'') {
		quote = text[at]
		at--
	}
	for at > 0 && text[at-1] != '\n' {
		if quote == 0 && (space(text[at-1]) || strings.IndexByte("{}[],:=", text[at-1]) >= 0) || quote != 0 && text[at] == quote {
			break
		}
		at--
	}
	return at
}

// stringEnd is behind the closing quotation mark of the string that begins at an offset, or the end of its line where it
// has none.
func stringEnd(text []byte, at int, format config.Format) int {
	quote := string(text[at])
	if format == config.TOML && strings.HasPrefix(string(text[at:min(len(text), at+3)]), quote+quote+quote) {
		if end := strings.Index(string(text[at+3:]), quote+quote+quote); end >= 0 {
			return at + 3 + end + 3
		}
		return len(text)
	}
	for i := at + 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && quote == `"`:
			i++
		case text[i] == quote[0] && quote == "'" && format == config.YAML && i+1 < len(text) && text[i+1] == '\'':
			i++
		case text[i] == quote[0]:
			return i + 1
		case text[i] == '\n' && format != config.YAML:
			return len(strings.TrimRight(string(text[:i]), " \t\r"))
		}
	}
	return len(text)
}

// plainEnd is where a scalar of YAML without quotation marks ends (1.2, section 7.3.3).
func plainEnd(text []byte, at int) int {
	end := at
	flow := false // inside brackets of its line
	for i := strings.LastIndexByte(string(text[:at]), '\n') + 1; i < at; i++ {
		flow = flow || (text[i] == '{' || text[i] == '[') && (i == 0 || text[i-1] != '$')
	}
	for i := at; i < len(text) && text[i] != '\n'; i++ {
		c, last := text[i], i+1 == len(text) || space(text[i+1])
		if c == ':' && last || c == '#' && i > at && space(text[i-1]) || flow && (c == ',' || c == ']' || c == '}' && !opened(text[at:i])) {
			break
		}
		if !space(c) {
			end = i + 1
		}
	}
	return max(end, characterEnd(text, at))
}

// opened says that a brace of a variable is not closed yet.
func opened(text []byte) bool {
	return strings.Count(string(text), "{") > strings.Count(string(text), "}")
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
