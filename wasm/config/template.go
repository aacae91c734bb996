package config

import "strings"

// Template is the value as the file writes it, without the defaults of its variables: one may be a key.
func (v Value) Template() string { return hideDefaults(v.Text) }

// hideDefaults puts "…" for what stands behind ":-" in a variable.
func hideDefaults(text string) string {
	var b strings.Builder
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			return b.String() + text
		}
		end := strings.IndexByte(text[start:], '}')
		name, _, has := strings.Cut(text[start:], ":-")
		if end < 0 || !has || len(name) > end {
			b.WriteString(text[:start+2])
			text = text[start+2:]
			continue
		}
		b.WriteString(text[:start] + name + ":-…}")
		text = text[start+end+1:]
	}
}

// Plain says that the value is what stands in the file, with no variable in it.
func (v Value) Plain() bool {
	return v.Text == "" || len(v.parts) == 1 && v.parts[0].name == "" && v.parts[0].literal == v.Text
}
