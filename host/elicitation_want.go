package host

import (
	"fmt"
	"strconv"
	"strings"
)

// formats are what a format wants, for people.
var formats = map[string]string{
	"email": "an e-mail address", "uri": "a URI", "date": "a date such as 2026-07-28",
	"date-time": "a date and time such as 2026-07-28T12:00:00Z",
}

// want says what fits.
func (f *ElicitationField) want() string {
	switch f.Type {
	case "boolean":
		return "true or false"
	case "number":
		return "a number" + f.span("")
	case "integer":
		return "a whole number" + f.span("")
	case "array":
		return "a list" + f.span(" entries") + f.choice()
	}
	switch {
	case f.Options != nil:
		return "one" + f.choice()
	case formats[f.Format] != "":
		return formats[f.Format] + f.span(" characters")
	}
	return "a text" + f.span(" characters")
}

// span says the bounds: of a value, or of a count in a unit.
func (f *ElicitationField) span(unit string) string {
	number := func(n *float64) string { return strconv.FormatFloat(*n, 'f', -1, 64) }
	switch {
	case f.Min != nil && f.Max != nil && unit == "":
		return " from " + number(f.Min) + " to " + number(f.Max)
	case f.Min != nil && f.Max != nil:
		return " of " + number(f.Min) + " to " + number(f.Max) + unit
	case f.Min != nil:
		return " of at least " + number(f.Min) + unit
	case f.Max != nil:
		return " of at most " + number(f.Max) + unit
	}
	return ""
}

// choice names the options, as far as there is room.
func (f *ElicitationField) choice() string {
	if len(f.Options) == 0 {
		return ""
	}
	const room = 12
	var names []string
	for _, o := range f.Options[:min(room, len(f.Options))] {
		names = append(names, o.Value)
	}
	text := " of " + strings.Join(names, ", ")
	if more := len(f.Options) - room; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
