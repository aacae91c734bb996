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
