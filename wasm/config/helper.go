package config

import (
	"strings"

	"github.com/headfast/headfast/wasm/problem"
	"github.com/headfast/headfast/wasm/tree"
)

// readHelper reads headersHelper: a program that prints headers as a JSON object. Claude Code hands the text to a shell;
// here it is cut into words, as no shell is between.
func (e *Entry) readHelper(m tree.Member) {
	var words []string
	if text, ok := m.Value.Text(); ok {
		words = Words(text)
	} else if m.Value.Kind == tree.List {
		for _, el := range m.Value.Items() {
			word, ok := el.Text()
			if !ok {
				e.fail(problem.BadField, "headersHelper holds "+el.Kind.String()+" where a string was expected", "Write it in quotation marks.", el.Where())
				return
			}
			words = append(words, word)
		}
	} else {
		e.fail(problem.BadField, "headersHelper is "+m.Value.Kind.String()+" where a string was expected", `Write "headersHelper": "/path/to/program".`, m.Value.Where())
		return
	}
	switch {
	case len(words) == 0:
		e.fail(problem.BadField, "headersHelper names no program", `Write "headersHelper": "/path/to/program".`, m.Value.Where())
		return
	case len(words) > mostArguments:
		e.fail(problem.BadField, `"`+e.Name+`" has more than 1000 arguments`, "Configure fewer.", m.Value.Where())
		return
	}
	if forShell(words) {
		e.failOwn(problem.BadField, "headersHelper is a line for a shell", "Put the line into a script, and name the script.", m.Value.Where())
		return
	}
	e.Helper = nil
	for _, w := range words {
		e.Helper = append(e.Helper, e.newValue("headersHelper", w, m.Value.Where(), InCommand))
	}
}

// forShell says that words make sense to a shell only.
func forShell(words []string) bool {
	for _, w := range words {
		switch w {
		case "|", "||", "&", "&&", ";", "<", ">", ">>":
			return true
		}
	}
	return strings.ContainsAny(words[0], "|&;<>`")
}

// Words cuts at white space; what stands in double or single quotation marks stays together.
func Words(text string) (words []string) {
	var word strings.Builder
	quote, within := rune(0), false
	for _, c := range text {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, within = c, true
		case quote == 0 && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			if within {
				words = append(words, word.String())
				word.Reset()
			}
			within = false
		default:
			word.WriteRune(c)
			within = true
		}
	}
	if within {
		words = append(words, word.String())
	}
	return words
}
