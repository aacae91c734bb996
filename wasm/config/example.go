package config

// Variable is how the client writes a variable in a header; empty where it has none there.
func (d *Dialect) Variable(name string) string {
	switch forms := d.Expansion.in(InHeaders); {
	case forms&Braces != 0:
		return "${" + name + "}"
	case forms&EnvColon != 0:
		return "${env:" + name + "}"
	case forms&EnvBraces != 0:
		return "{env:" + name + "}"
	case forms&Secrets != 0:
		return "${{ secrets." + name + " }}"
	}
	return ""
}

// Example is a header with a key, as the client writes it.
func (d *Dialect) Example() string {
	if name := d.named(BearerVariable); name != "" {
		return name + ` = "MY_KEY"`
	}
	headers := d.named(HeadersField)
	if headers == "" {
		headers = "headers"
	}
	value := d.Variable("MY_KEY")
	if value == "" {
		value = "…"
	}
	if d.Format == YAML {
		return headers + ": { Authorization: \"Bearer " + value + "\" }"
	}
	return `"` + headers + `": { "Authorization": "Bearer ` + value + `" }`
}

// named is the first of the client's names, in alphabetical order, for a field of this meaning; empty where it has none.
func (d *Dialect) named(meaning Field) (name string) {
	for candidate, f := range d.Fields {
		if f == meaning && (name == "" || candidate < name) {
			name = candidate
		}
	}
	return name
}

// nameOf is the client's name for a field of this meaning, or another.
func (d *Dialect) nameOf(meaning Field, otherwise string) string {
	if name := d.named(meaning); name != "" {
		return name
	}
	return otherwise
}

// written is a field with a text, as the client's file has it.
func (d *Dialect) written(meaning Field, otherwise, text string) string {
	name := d.nameOf(meaning, otherwise)
	switch d.Format {
	case TOML:
		return name + ` = "` + text + `"`
	case YAML:
		return name + ": " + text
	}
	return `"` + name + `": "` + text + `"`
}

// typeOf is the client's name for a transport, the first in alphabetical order; empty where it has none.
func (d *Dialect) typeOf(transport string) (name string) {
	for candidate, t := range d.Types {
		if t == transport && (name == "" || candidate < name) {
			name = candidate
		}
	}
	return name
}

// orSSE is for a client that has a type for HTTP+SSE too.
func (d *Dialect) orSSE() string {
	if name := d.typeOf(SSE); name != "" {
		return ` (or "` + name + `")`
	}
	return ""
}

// remote is what an entry of a server with a URL needs, for a hint: a type only where the client has one.
func (d *Dialect) remote() string {
	url := d.written(URLField, "url", "https://…/mcp")
	if d.named(TypeField) == "" || d.Untyped == ByURL || d.typeOf(HTTP) == "" {
		return url
	}
	return d.written(TypeField, "type", d.typeOf(HTTP)) + " and " + url
}

// OAuthExample is one of Headfast's fields of an oauth block with a text, as the client writes it.
func (d *Dialect) OAuthExample(ours, text string) string {
	name := ours
	for theirs, means := range d.OAuthNames {
		if means == ours && (name == ours || theirs < name) {
			name = theirs
		}
	}
	inner, block := `"`+name+`": "`+text+`"`, d.nameOf(OAuthField, "oauth")
	switch d.Format {
	case TOML:
		inner, block = name+` = "`+text+`"`, block+" = "
	case YAML:
		inner, block = name+": "+text, block+": "
	default:
		block = `"` + block + `": `
	}
	if d.Fields[name] == OAuthMember {
		return inner
	}
	return block + "{ " + inner + " }"
}
