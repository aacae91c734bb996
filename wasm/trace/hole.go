package trace

import "strings"

// Hole stands in a text for a secret, by the name of the variable of a shell that is to have it. known says that the
// person has that variable; else it has to be set. No text in which there are holes has a control character besides.
func Hole(name string, known bool) string {
	if known {
		return holeKnown + name + holeKnown
	}
	return holeUnset + name + holeUnset
}

const (
	holeKnown = "\x00"
	holeUnset = "\x01"
)

// Holes cuts a text at its holes: literal is what stands before a hole, name the hole's, empty at the end of the text.
func Holes(text string, yield func(literal, name string, known bool)) {
	for {
		at := strings.IndexAny(text, holeKnown+holeUnset)
		if at < 0 {
			yield(text, "", false)
			return
		}
		name, rest, _ := strings.Cut(text[at+1:], text[at:at+1])
		yield(text[:at], name, text[at] == holeKnown[0])
		text = rest
	}
}

// IsVariable says that a shell takes a text for the name of a variable (POSIX.1-2024 XBD 3.216).
func IsVariable(name string) bool {
	return name != "" && (name[0] < '0' || name[0] > '9') && Variable(name) == strings.ToUpper(name)
}

// Variable makes the name of a variable of another name: X_API_KEY of X-API-Key.
func Variable(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z':
			return c - 'a' + 'A'
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			return c
		}
		return '_'
	}, name)
}

// HoleQuery puts holes in the place of a query's values, whose names stay, and cuts a fragment off. The name of a hole
// tells that it is one of a query: who writes a URL must not choose which of the person's variables is sent.
func HoleQuery(tail string) string {
	tail, _, _ = strings.Cut(tail, "#")
	path, query, ok := strings.Cut(tail, "?")
	if !ok {
		return path
	}
	parts := strings.Split(query, "&")
	for i, pair := range parts {
		name, value, named := strings.Cut(pair, "=")
		switch {
		case pair == "", named && (value == "" || isHole(value)) && strings.IndexAny(name, holeKnown+holeUnset) < 0:
		case named && strings.IndexAny(name, holeKnown+holeUnset) < 0:
			parts[i] = name + "=" + Hole("QUERY_"+Variable(name), false)
		default:
			parts[i] = Hole("QUERY", false)
		}
	}
	return path + "?" + strings.Join(parts, "&")
}

// isHole says that a text is one hole and nothing else.
func isHole(text string) bool {
	return len(text) > 2 && strings.IndexAny(text[:1], holeKnown+holeUnset) == 0 && strings.IndexByte(text[1:], text[0]) == len(text)-2
}
